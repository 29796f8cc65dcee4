"""The stops of a tour, and how each is found without signal."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from tourapp.errors import NotFoundError
from tourapp.offline.tours import EVERY_STOP, MOST_STOPS
from tourapp.signage.services import list_codes
from tourapp.stops.queries import (
    StopQuery,
    count_published_stops,
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


def list_tour_stops(session: Session, slug: str, *, lang: str) -> list[TourStop]:
    """Return the stops of a tour.

    Raises NotFoundError for a tour that does not exist, has no stops, or too many of them.
    """
    count = count_published_stops(session)
    if slug != EVERY_STOP or not 1 <= count <= MOST_STOPS:
        message = f"no tour {slug!r} of 1 to {MOST_STOPS} stops"
        raise NotFoundError(message)
    chosen = list_published_stops(session, StopQuery(lang=lang))
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
