"""What a phone remembers of an itinerary that it follows: halts, ways, and words beside stops."""

from typing import Any

from flask_babel import gettext as _

from tourapp.stops.distance import way_between
from tourapp.visit.figures import direction, distance, page_locale
from tourapp.visit.touring.presenting import ShownHalt, ShownItinerary


def followed_document(tour: ShownItinerary, *, url: str, lang: str) -> dict[str, Any]:
    """Return an itinerary as `js/following/` keeps it, from the page at an address."""
    told = tour.itinerary
    before = (None, *tour.halts[:-1])
    return {
        "slug": told.slug,
        "page": url,
        "lang": lang,
        "title": told.title,
        "title_lang": told.lang,
        "is_loop": tour.is_loop,
        "words": _words(),
        "halts": [
            _halt(halt, since, url=url) for halt, since in zip(tour.halts, before, strict=True)
        ],
    }


def _halt(halt: ShownHalt, before: ShownHalt | None, *, url: str) -> dict[str, Any]:
    measure = halt.stage.way
    return {
        "key": halt.anchor,
        "stop": halt.slug,
        "number": halt.number,
        "title": halt.title,
        "lang": halt.lang,
        "url": halt.url or f"{url}#{halt.anchor}",
        "way": before and measure and _way(before, halt, measure.distance_m),
    }


def _way(before: ShownHalt, halt: ShownHalt, length_m: int) -> dict[str, Any]:
    degrees = way_between(before.point.place, halt.point.place).direction_deg
    back = (degrees + 180) % 360
    return {
        "degrees": degrees,
        "told": _told(halt, length_m, degrees),
        "back_degrees": back,
        "back_told": _told(halt, length_m, back),
    }


def _told(halt: ShownHalt, length_m: int, degrees: int) -> str:
    means = {"walk": _("à pied"), "bicycle": _("à vélo"), "bus": _("en car")}
    return str(
        _(
            "environ %(distance)s %(means)s, %(direction)s",
            distance=distance(length_m, locale=page_locale()),
            means=means[halt.transport],
            direction=direction(degrees),
        )
    )


def _words() -> dict[str, str]:
    return {
        "followed": str(_("Itinéraire suivi")),
        "progress": str(_("Haltes atteintes\u202f: {reached} sur {count}")),
        "next": str(_("Halte suivante")),
        "previous": str(_("Halte précédente")),
        "on": str(_("Suivante\u202f: {title}")),
        "over": str(_("Toutes les haltes sont atteintes.")),
        "part": str(_("Arrêter de suivre")),
    }
