"""Which itineraries others can follow: from one halt to another, past stops that they see."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourapp.errors import ConflictError
from tourapp.itineraries.content import ItineraryContent
from tourapp.itineraries.models import Itinerary
from tourapp.stops.models import Narrative

_FEWEST_HALTS = 2


class UnfollowableError(ConflictError):
    """Others could not follow an itinerary."""


class TooFewHaltsError(UnfollowableError):
    """An itinerary that others follow leads from one halt to another, at least."""

    def __init__(self, slug: str) -> None:
        super().__init__(f"itinerary {slug!r} has fewer than {_FEWEST_HALTS} halts")


class HiddenStopsError(UnfollowableError):
    """An itinerary leads to stops that visitors do not see yet."""

    def __init__(self, slugs: Sequence[str]) -> None:
        super().__init__(f"visitors do not see these stops yet: {', '.join(slugs)}")
        self.slugs = slugs


def check_can_be_followed(
    session: Session, itinerary: Itinerary, *, known: ItineraryContent | None = None
) -> None:
    """Raise UnfollowableError; a stop that it was `known` to lead to may have been hidden since."""
    check_leads_somewhere(itinerary)
    told = select(Narrative.stop_id).where(Narrative.published_revision_id.is_not(None))
    published = set(session.scalars(told.distinct()))
    stops = [halt.stop for halt in itinerary.halts if halt.stop is not None]
    spared = set() if known is None else {halt.stop for halt in known.halts}
    hidden = {stop.slug for stop in stops if stop.id not in published}
    if added := sorted(hidden - spared):
        raise HiddenStopsError(added)


def check_leads_somewhere(itinerary: Itinerary) -> None:
    """Raise TooFewHaltsError for an itinerary that has no way."""
    if len(itinerary.halts) < _FEWEST_HALTS:
        raise TooFewHaltsError(itinerary.slug)
