"""Itineraries as a guide finds them, and the stops that may be added to one."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourapp.accounts.services import Actor
from tourapp.itineraries.models import Itinerary
from tourapp.itineraries.queries import list_itineraries
from tourapp.stops.finding import Finder
from tourapp.stops.models import Stop
from tourapp.stops.queries import (
    PublishedStop,
    StopQuery,
    find_published_stops,
    list_published_stops,
)
from tourapp.stops.titles import find_last_titles

MOST_CANDIDATES = 24
"""How many stops are offered at once: the nearest ones, or those that say what was searched."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """Itineraries by what they are to a guide."""

    own: Sequence[Itinerary]
    shared: Sequence[Itinerary]
    others: Sequence[Itinerary]


def list_shelf(session: Session, *, viewer: Actor) -> Shelf:
    """Return every itinerary that somebody may see, by title."""
    seen = list_itineraries(session, viewer=viewer)
    own = [each for each in seen if each.owner_id == viewer.person_id]
    shared = [each for each in seen if _is_shared(each, viewer)]
    return Shelf(own, shared, [each for each in seen if each not in own and each not in shared])


def list_candidates(
    session: Session,
    finder: Finder,
    *,
    lang: str,
    words: str,
    near: tuple[float, float] | None,
) -> list[PublishedStop]:
    """Return the published stops that say some words, else those nearest to a place."""
    if not words:
        query = StopQuery(lang=lang, near=near)
        return list_published_stops(session, query, limit=MOST_CANDIDATES)
    found = finder.find(session, StopQuery(lang=lang, words=words))[:MOST_CANDIDATES]
    published = find_published_stops(session, [each.stop_id for each in found], lang=lang)
    return [published[each.stop_id] for each in found if each.stop_id in published]


def list_titles(session: Session, slugs: Sequence[str], *, lang: str) -> dict[str, tuple[int, str]]:
    """Return the number and the title of stops, by slug; one that has none has its slug."""
    stops = session.scalars(select(Stop).where(Stop.slug.in_(slugs))).all()
    stop_ids = [stop.id for stop in stops]
    published = find_published_stops(session, stop_ids, lang=lang)
    titles = find_last_titles(session, stop_ids, lang=lang)
    titles |= {stop_id: each.revision.title for stop_id, each in published.items()}
    return {stop.slug: (stop.number, titles.get(stop.id, stop.slug)) for stop in stops}


def _is_shared(itinerary: Itinerary, viewer: Actor) -> bool:
    return any(editor.person_id == viewer.person_id for editor in itinerary.editors)
