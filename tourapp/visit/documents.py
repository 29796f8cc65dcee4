"""What the API says of a published stop, as values that the schemas describe."""

from datetime import date
from typing import Any

from tourapp.narration.schemas import narration_document
from tourapp.signage.codes import sign_url
from tourapp.stops.content import Closure
from tourapp.stops.markup import narrative_html
from tourapp.visit.photographs import picture_document
from tourapp.visit.visited import Neighbour, Visited
from tourapp.web.addresses import Addresses


def summary_document(visited: Visited, *, addresses: Addresses, today: date) -> dict[str, Any]:
    """Return what `StopSummarySchema` describes."""
    stop, revision, heard = visited.stop, visited.revision, visited.heard
    return {
        "slug": stop.slug,
        "number": stop.number,
        "title": revision.title,
        "lede": revision.lede,
        "lang": visited.narrative.lang,
        "languages": list(visited.told_languages),
        "position": {
            "lat": stop.latitude,
            "lon": stop.longitude,
            "altitude_m": stop.altitude_m,
            "accuracy_m": stop.accuracy_m,
        },
        "closed_today": visited.is_closed(today),
        "distance_m": visited.way and visited.way.distance_m,
        "duration_s": heard and heard.narration.duration_s,
        "passage": "".join(fragment.text for fragment in visited.passage) or None,
        "updated_at": visited.updated_at,
        "links": {
            "self": addresses.stop(stop.slug),
            "page": addresses.stop_page(
                stop.slug, lang=visited.narrative.lang, variant=visited.narrative.variant
            ),
            "previous": _link(visited.previous, addresses=addresses),
            "next": _link(visited.next, addresses=addresses),
            "observations": addresses.observations_of(stop.slug),
        },
    }


def stop_document(visited: Visited, *, addresses: Addresses, today: date) -> dict[str, Any]:
    """Return what `StopSchema` describes."""
    stop, revision, heard = visited.stop, visited.revision, visited.heard
    lang = visited.narrative.lang
    return summary_document(visited, addresses=addresses, today=today) | {
        "variant": visited.narrative.variant,
        "look": revision.look,
        "question": revision.question,
        "access": revision.access,
        "safety": revision.safety,
        "rescue_post": stop.rescue_post,
        "closures": [_closure(each, lang) for each in visited.list_closures(today)],
        "narrative": {"text": revision.text, "html": narrative_html(revision.text)},
        "drawing": {
            "url": addresses.media(stop.drawing_media),
            "alt": revision.drawing_alt,
            "credit": stop.drawing_credit,
        },
        "pictures": [
            picture_document(each, lang=lang, addresses=addresses) for each in visited.pictures
        ],
        "sources": stop.sources,
        "narration": heard and narration_document(heard, lang=lang, addresses=addresses),
        "sign": _sign(visited, addresses=addresses),
        "neighbours": {
            "previous": _neighbour(visited.previous, addresses=addresses),
            "next": _neighbour(visited.next, addresses=addresses),
            "nearby": [_neighbour(each, addresses=addresses) for each in visited.nearby],
        },
    }


def geojson_document(
    visited: list[Visited], *, addresses: Addresses, today: date
) -> dict[str, Any]:
    """Return a FeatureCollection after RFC 7946: longitude first, then latitude."""
    return {
        "type": "FeatureCollection",
        "features": [_feature(each, addresses=addresses, today=today) for each in visited],
    }


def _feature(visited: Visited, *, addresses: Addresses, today: date) -> dict[str, Any]:
    summary = summary_document(visited, addresses=addresses, today=today)
    stop = visited.stop
    told = ("number", "title", "lede", "lang", "languages", "closed_today")
    return {
        "type": "Feature",
        "id": stop.slug,
        "geometry": {"type": "Point", "coordinates": [stop.longitude, stop.latitude]},
        "properties": {key: summary[key] for key in told}
        | {"accuracy_m": stop.accuracy_m, "url": summary["links"]["page"]},
    }


def _closure(closure: Closure, lang: str) -> dict[str, Any]:
    reason_lang, reason = closure.reason_in(lang)
    return {
        "from": closure.from_day,
        "until": closure.until_day,
        "reason": reason,
        "lang": reason_lang,
    }


def _sign(visited: Visited, *, addresses: Addresses) -> dict[str, Any] | None:
    if visited.code is None:
        return None
    return {
        "code": visited.code,
        "url": sign_url(addresses.base, visited.code),
        "svg": addresses.qr(visited.stop.slug, form="svg"),
        "png": addresses.qr(visited.stop.slug, form="png"),
    }


def _neighbour(neighbour: Neighbour | None, *, addresses: Addresses) -> dict[str, Any] | None:
    if neighbour is None:
        return None
    return {
        "slug": neighbour.stop.slug,
        "number": neighbour.stop.number,
        "title": neighbour.revision.title,
        "lang": neighbour.lang,
        "distance_m": neighbour.way.distance_m,
        "direction_deg": neighbour.way.direction_deg,
        "url": addresses.stop(neighbour.stop.slug),
    }


def _link(neighbour: Neighbour | None, *, addresses: Addresses) -> str | None:
    return None if neighbour is None else addresses.stop(neighbour.stop.slug)
