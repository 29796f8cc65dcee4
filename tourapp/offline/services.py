"""The stops of a tour, and how each is found without signal."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from tourapp.errors import NotFoundError
from tourapp.itineraries.models import Itinerary
from tourapp.itineraries.queries import get_itinerary
from tourapp.offline.tours import EVERY_STOP, MOST_STOPS
from tourapp.signage.services import list_codes
from tourapp.stops.queries import (
    PublishedStop,
    StopQuery,
    count_published_stops,
    find_published_stops,
    list_languages,
    list_published_stops,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TourStop:
    """A stop of a tour: by its number and the codes of its signs it is found."""

    slug: str
    number: int
    title: str
    codes: Sequence[str]
    is_told_plainly: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TourContent:
    """What is taken along: all stops, or those of an itinerary with its page."""

    title: str | None
    itinerary: str | None
    stops: Sequence[TourStop]


def get_tour_content(session: Session, slug: str, *, lang: str) -> TourContent:
    """Return what a tour is made of, by its slug or that of a published itinerary.

    Raises NotFoundError for a tour that does not exist, has no stops, or too many of them.
    """
    if slug != EVERY_STOP:
        itinerary = get_itinerary(session, slug)
        stops = _stops_of(session, itinerary, lang=lang)
        return TourContent(title=itinerary.title, itinerary=slug, stops=stops)
    if not 1 <= count_published_stops(session) <= MOST_STOPS:
        message = f"no tour {slug!r} of 1 to {MOST_STOPS} stops"
        raise NotFoundError(message)
    chosen = list_published_stops(session, StopQuery(lang=lang))
    return TourContent(title=None, itinerary=None, stops=_told(session, chosen, lang=lang))


def _stops_of(session: Session, itinerary: Itinerary, *, lang: str) -> list[TourStop]:
    """Return the stops that an itinerary passes by, each once, in its order."""
    stop_ids = dict.fromkeys(halt.stop_id for halt in itinerary.halts if halt.stop_id is not None)
    published = find_published_stops(session, list(stop_ids), lang=lang)
    chosen = [published[stop_id] for stop_id in stop_ids if stop_id in published]
    return _told(session, chosen, lang=lang)


def _told(session: Session, chosen: Sequence[PublishedStop], *, lang: str) -> list[TourStop]:
    plain = list_languages(session, [each.stop.id for each in chosen], variant="facile")
    return [
        TourStop(
            slug=each.stop.slug,
            number=each.stop.number,
            title=each.revision.title,
            codes=list_codes(session, each.stop.id),
            is_told_plainly=lang in plain[each.stop.id],
        )
        for each in chosen
    ]
