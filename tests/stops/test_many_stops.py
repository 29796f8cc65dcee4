"""Thousands of stops: asked in as few statements as three, and listed whole."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from sqlalchemy import event, insert, update
from sqlalchemy.orm import Session

from tourapp.resources import Resources
from tourapp.stops.finding import Finder
from tourapp.stops.models import Narrative, Revision, Stop
from tourapp.stops.queries import (
    StopQuery,
    count_published_stops,
    find_neighbours,
    find_published_stops,
    get_published_stop,
    list_languages,
    list_published_stops,
)
from tourapp.stops.services import get_stop

Ask = Callable[[Session], object]
NOW = datetime(2026, 11, 23, tzinfo=UTC)
PARTS = ("title", "lede", "look", "question", "access", "safety", "drawing_alt", "text")


def _published(resources: Resources, *, first: int, last: int) -> None:
    """Publish stops of these numbers in French, straight into the tables."""
    numbers = range(first, last + 1)
    place = {
        "latitude": 50.4,
        "longitude": 2.8,
        "accuracy_m": 1,
        "position_source": "carte",
        "drawing_file": "dessin.svg",
        "drawing_media": "0.svg",
        "drawing_credit": "Une main",
        "sources": [],
        "imported_digest": "",
        "updated_at": NOW,
    }
    stops = [{"id": n, "number": n, "slug": f"arret-{n}", **place} for n in numbers]
    told = [{"id": n, "stop_id": n, "lang": "fr", "variant": "standard"} for n in numbers]
    revised = {"number": 1, "origin": "import", "folded": "un puits", "created_at": NOW}
    texts = dict.fromkeys(PARTS, "Un puits")
    revisions = [{"id": n, "narrative_id": n, **revised, **texts} for n in numbers]
    with resources.database.transaction() as session:
        session.execute(insert(Stop), stops)
        session.execute(insert(Narrative), told)
        session.execute(insert(Revision), revisions)
        session.execute(update(Narrative).values(published_revision_id=Narrative.id))


@contextmanager
def _statements(resources: Resources) -> Iterator[list[str]]:
    sent: list[str] = []

    def note(*call: object) -> None:
        sent.append(str(call[2]))

    event.listen(resources.database.engine, "before_cursor_execute", note)
    yield sent
    event.remove(resources.database.engine, "before_cursor_execute", note)


@pytest.mark.parametrize(
    "ask",
    [
        lambda session: list_published_stops(session, StopQuery()),
        lambda session: find_published_stops(session, range(1, 300), lang="fr"),
        lambda session: list_published_stops(session, StopQuery(near=(50.4, 2.8)), offset=2),
        count_published_stops,
        lambda session: list_languages(session, range(1, 300)),
        lambda session: get_published_stop(session, "arret-2", lang="nl"),
        lambda session: find_neighbours(session, get_stop(session, "arret-2"), lang="fr"),
    ],
)
def test_as_many_statements_for_300_stops_as_for_three(resources: Resources, ask: Ask) -> None:
    counts = []
    for first, last in ((1, 3), (4, 300)):
        _published(resources, first=first, last=last)
        with _statements(resources) as sent, resources.database.reading() as session:
            ask(session)
        counts.append(len(sent))
    assert counts[0] == counts[1]


def test_ten_thousand_stops_are_listed(resources: Resources) -> None:
    _published(resources, first=1, last=10_000)
    with resources.database.reading() as session:
        everything = list_published_stops(session, StopQuery())
        languages = list_languages(session, [each.stop.id for each in everything])
        last_page = list_published_stops(session, StopQuery(), offset=9_990, limit=20)
    assert [each.stop.number for each in everything] == list(range(1, 10_001))
    assert len(languages) == 10_000
    assert [each.stop.number for each in last_page] == list(range(9_991, 10_001))


def test_a_page_beyond_the_last_is_empty(resources: Resources) -> None:
    _published(resources, first=1, last=3)
    with resources.database.reading() as session:
        assert list_published_stops(session, StopQuery(), offset=3, limit=20) == []
        assert list_languages(session, []) == {}


def test_one_among_ten_thousand_stops_is_found_by_a_word_that_was_mistyped(
    resources: Resources,
) -> None:
    _published(resources, first=1, last=10_000)
    with resources.database.transaction() as session:
        session.execute(
            update(Revision).where(Revision.id == 7_777).values(folded="le chevalement")
        )
    finder = Finder()
    with resources.database.reading() as session:
        [found] = finder.find(session, StopQuery(words="chevalemant"))
        assert found.stop_id == 7_777
        assert len(finder.find(session, StopQuery(words="un puits"))) == 9_999
