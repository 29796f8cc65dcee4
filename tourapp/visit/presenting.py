"""From a published stop to what the visitor's templates show of it, addresses included."""

from datetime import date

from markupsafe import Markup

from tourapp.itineraries.models import Itinerary
from tourapp.narration.queries import Heard
from tourapp.narration.schemas import audio_files
from tourapp.narration.transcript import transcript_html
from tourapp.signage.codes import sign_url
from tourapp.stops.content import Closure
from tourapp.stops.services import place_of
from tourapp.visit.noticing.presenting import shown_noticing
from tourapp.visit.photographs import ShownPicture, shown_picture
from tourapp.visit.shown import (
    ListedStop,
    ShownClosure,
    ShownDrawing,
    ShownNarration,
    ShownNeighbour,
    ShownPassage,
    ShownSign,
    ShownStop,
)
from tourapp.visit.visited import MOST_NOTICED, Neighbour, Visited
from tourapp.web.addresses import Addresses

# Pages name addresses without a host, so that they work under whatever name the site is reached.
_HERE = Addresses()


def listed_stop(visited: Visited, *, lang: str, today: date) -> ListedStop:
    """Return a stop as a list shows it; the way to it stays in the language of the list."""
    return ListedStop(
        number=visited.stop.number,
        title=visited.revision.title,
        lede=visited.revision.lede,
        lang=visited.narrative.lang,
        url=_HERE.stop_page(visited.stop.slug, lang=lang),
        duration_s=None if visited.heard is None else visited.heard.narration.duration_s,
        drawing=_drawing(visited),
        photograph=_leading(visited),
        closed_today=visited.is_closed(today),
        way=visited.way,
        passage=visited.passage,
    )


def shown_stop(
    visited: Visited,
    *,
    requested_lang: str,
    public_url: str,
    today: date,
) -> ShownStop:
    """Return a stop as its page shows it."""
    revision, place = visited.revision, place_of(visited.stop)
    return ShownStop(
        number=place.number,
        title=revision.title,
        lede=revision.lede,
        look=revision.look,
        question=revision.question,
        access=revision.access,
        safety=revision.safety,
        lang=visited.narrative.lang,
        requested_lang=requested_lang,
        variant=visited.narrative.variant,
        other_telling_url=_other_telling(visited, lang=requested_lang),
        narrative_html=_narrative(visited),
        drawing=_drawing(visited),
        photograph=_leading(visited),
        pictures=[shown_picture(each, lang=visited.narrative.lang) for each in visited.pictures],
        position=place.position,
        closures=[
            _closure(each, lang=requested_lang, today=today)
            for each in visited.list_closures(today)
        ],
        rescue_post=place.rescue_post,
        sources=place.sources,
        narration=None if visited.heard is None else _narration(visited.heard),
        sign=None
        if visited.code is None
        else _sign(visited.code, public_url=public_url, lang=requested_lang),
        updated_at=visited.updated_at,
        previous=_find_neighbour(visited.previous, lang=requested_lang),
        next=_find_neighbour(visited.next, lang=requested_lang),
        nearby=[_neighbour(each, lang=requested_lang) for each in visited.nearby],
        itineraries=[
            _passage(each, visited.stop.slug, lang=requested_lang) for each in visited.itineraries
        ],
        noticing=shown_noticing(
            visited.stop.slug, visited.noticed, lang=requested_lang, most=MOST_NOTICED
        ),
    )


def _narrative(visited: Visited) -> Markup:
    cues = visited.heard and visited.heard.narration.cues
    html = transcript_html(visited.revision.text, lang=visited.narrative.lang, cues=cues or ())
    return Markup(html)  # noqa: S704 -- sanitised by nh3


def _drawing(visited: Visited) -> ShownDrawing:
    stop = visited.stop
    url = _HERE.media(stop.drawing_media)
    return ShownDrawing(url, visited.revision.drawing_alt, stop.drawing_credit)


def _leading(visited: Visited) -> ShownPicture | None:
    if visited.leading is None:
        return None
    return shown_picture(visited.leading, lang=visited.narrative.lang)


def _closure(closure: Closure, *, lang: str, today: date) -> ShownClosure:
    reason_lang, reason = closure.reason_in(lang)
    return ShownClosure(
        from_day=closure.from_day,
        until_day=closure.until_day,
        reason=reason,
        lang=reason_lang,
        holds_today=closure.holds(today),
    )


def _narration(heard: Heard) -> ShownNarration:
    return ShownNarration(
        duration_s=float(heard.narration.duration_s or 0),
        provisional=heard.provisional,
        older_than_text=heard.older_than_text,
        speaker=heard.recording.speaker if heard.recording else None,
        credit=heard.recording.credit if heard.recording else None,
        files=audio_files(heard.narration, addresses=_HERE),
        vtt_url=_HERE.media(str(heard.narration.vtt_media)),
    )


def _sign(code: str, *, public_url: str, lang: str) -> ShownSign:
    return ShownSign(code, sign_url(public_url, code), _HERE.report(code, lang=lang))


def _other_telling(visited: Visited, *, lang: str) -> str | None:
    """Return the page of the plain words from that of the whole story, and the other way round."""
    slug = visited.stop.slug
    if visited.narrative.variant == "facile":
        return _HERE.stop_page(slug, lang=lang)
    has_easy = visited.narrative.lang in visited.easy_languages
    return _HERE.stop_page(slug, lang=lang, variant="facile") if has_easy else None


def _find_neighbour(neighbour: Neighbour | None, *, lang: str) -> ShownNeighbour | None:
    return None if neighbour is None else _neighbour(neighbour, lang=lang)


def _neighbour(neighbour: Neighbour, *, lang: str) -> ShownNeighbour:
    return ShownNeighbour(
        number=neighbour.stop.number,
        title=neighbour.revision.title,
        lang=neighbour.lang,
        url=_HERE.stop_page(neighbour.stop.slug, lang=lang, variant=neighbour.variant),
        distance_m=neighbour.way.distance_m,
        direction_deg=neighbour.way.direction_deg,
    )


def _passage(itinerary: Itinerary, stop: str, *, lang: str) -> ShownPassage:
    url = _HERE.halt_of_itinerary(itinerary.slug, stop, lang=lang)
    return ShownPassage(itinerary.title, itinerary.lang, url)
