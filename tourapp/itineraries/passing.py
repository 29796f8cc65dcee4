"""By which stops itineraries pass: their pages tell so, and are stale when that changes."""

from typing import NamedTuple

from sqlalchemy.orm import Session

from tourapp.catalogue.services import mark_stale
from tourapp.itineraries.models import Itinerary
from tourapp.stops.topics import TOURS, topic_of


class Passage(NamedTuple):
    """What a stop's page tells of an itinerary that passes by."""

    stop_id: int
    slug: str
    title: str
    lang: str


def passages_of(itinerary: Itinerary) -> set[Passage]:
    """Return what stops tell visitors of an itinerary: nothing, unless it is published."""
    if itinerary.visibility != "published":
        return set()
    told = (itinerary.slug, itinerary.title, itinerary.lang)
    stop_ids = {halt.stop_id for halt in itinerary.halts if halt.stop_id is not None}
    return {Passage(stop_id, *told) for stop_id in stop_ids}


def mark_passages(session: Session, before: set[Passage], after: set[Passage]) -> None:
    """Let the pages be made anew that told of something else; last in a transaction."""
    if changed := before ^ after:
        mark_stale(session, {TOURS, *(topic_of(passage.stop_id) for passage in changed)})
