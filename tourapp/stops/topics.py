"""What the catalogue calls the documents that show a stop."""

from sqlalchemy.orm import Session

from tourapp.stops.content import LANGUAGES
from tourapp.stops.models import Stop
from tourapp.stops.nearby import list_ids_around
from tourapp.stops.queries import find_neighbours

LISTS = "stops"
"""The topic of every document that shows all stops."""


TOURS = "tours"
"""The topic of the tours that are taken along: they list every page and every file."""

EVERYTHING = frozenset({LISTS, TOURS})
"""The topics that change with any stop."""

_STOP = "stop:"


def topic_of(stop_id: int) -> str:
    """Return the topic of a stop's own documents."""
    return f"{_STOP}{stop_id}"


def find_stop_of(session: Session, topic: str) -> Stop | None:
    """Return the stop that a topic is about, or None where it is gone."""
    return session.get(Stop, int(topic.removeprefix(_STOP)))


def list_topics_showing(session: Session, stop: Stop) -> set[str]:
    """Return the topics of the documents that show a stop where it is now.

    Its own, those of its neighbours by number, of the stops round it, and the lists. Whoever moves
    or renumbers a stop asks before and after.
    """
    neighbours = find_neighbours(session, stop, lang=LANGUAGES[0])
    by_number = {published.stop.id for published in neighbours if published is not None}
    shown_by = {stop.id, *by_number, *list_ids_around(session, stop)}
    return {*EVERYTHING, *map(topic_of, shown_by)}
