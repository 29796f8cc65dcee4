from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from tests.samples import CODES
from tests.visit.visits import NOON, make_heard, make_stop, make_visited
from tourapp.db import Database
from tourapp.errors import NotFoundError
from tourapp.resources import Resources
from tourapp.signage.services import UnknownSignError
from tourapp.stops.models import Narrative
from tourapp.stops.queries import StopQuery
from tourapp.visit.services import get_visited, get_visited_by_sign, list_visited

ENGINES = ("espeak",)
LATER = NOON + timedelta(hours=1)


@pytest.fixture
def session(seeded: Resources) -> Iterator[Session]:
    """Read what visitors see of three small stops."""
    with seeded.database.reading() as opened:
        yield opened


@contextmanager
def questions(database: Database) -> Iterator[list[str]]:
    """Note what a database is asked."""
    asked: list[str] = []

    def note(*given: object) -> None:
        asked.append(str(given[2]))

    event.listen(database.engine, "before_cursor_execute", note)
    yield asked
    event.remove(database.engine, "before_cursor_execute", note)


def wishing(*wishes: str) -> Callable[[Sequence[str]], str | None]:
    """Return a phone that wants one of these languages."""
    return lambda languages: next((wish for wish in wishes if wish in languages), None)


def test_a_stop_stands_between_its_neighbours(session: Session) -> None:
    visited = get_visited(session, "arret-2", lang="fr", engines=ENGINES)
    assert visited.previous is not None
    assert visited.next is not None
    assert (visited.previous.stop.slug, visited.next.stop.slug) == ("terril", "arret-3")
    assert visited.next.way.distance_m == pytest.approx(1112, abs=2)
    assert (visited.previous.way.direction_deg, visited.next.way.direction_deg) == (180, 0)


def test_the_way_has_two_ends(session: Session) -> None:
    first = get_visited(session, "terril", lang="fr", engines=ENGINES)
    last = get_visited(session, "arret-3", lang="fr", engines=ENGINES)
    assert (first.previous, last.next) == (None, None)


def test_a_stop_knows_its_languages_and_its_first_sign(session: Session) -> None:
    visited = get_visited(session, "arret-2", lang="en", engines=ENGINES)
    assert visited.languages == ["fr", "en"]
    assert visited.narrative.lang == "en"
    assert visited.code == CODES[1]


def test_an_unknown_stop_is_not_found(session: Session) -> None:
    with pytest.raises(NotFoundError, match="no published stop 'nowhere'"):
        get_visited(session, "nowhere", lang="fr", engines=ENGINES)


@pytest.mark.parametrize(
    ("wishes", "lang"), [((), "fr"), (("en",), "en"), (("nl",), "fr"), (("nl", "en"), "en")]
)
def test_a_sign_leads_to_its_stop_in_the_language_wished_for(
    session: Session, wishes: tuple[str, ...], lang: str
) -> None:
    visited = get_visited_by_sign(session, "x4t8rb", accept=wishing(*wishes), engines=ENGINES)
    assert (visited.stop.slug, visited.narrative.lang) == ("arret-2", lang)


def test_an_unknown_sign_is_an_error_of_its_own(session: Session) -> None:
    with pytest.raises(UnknownSignError, match="no sign 'ZZZZZZ'"):
        get_visited_by_sign(session, "ZZZZZZ", accept=wishing(), engines=ENGINES)


def test_a_list_tells_how_far_each_stop_is_only_where_a_place_is_given(session: Session) -> None:
    [nearest, *_] = list_visited(session, StopQuery(near=(50.463, 2.778)), engines=ENGINES)
    [first, *_] = list_visited(session, StopQuery(), engines=ENGINES)
    assert nearest.stop.slug == "arret-3"
    assert nearest.way is not None
    assert nearest.way.distance_m == 0
    assert first.way is None


def test_a_list_is_cut(session: Session) -> None:
    cut = list_visited(session, StopQuery(), engines=ENGINES, offset=1, limit=1)
    assert [visited.stop.slug for visited in cut] == ["arret-2"]
    assert list_visited(session, StopQuery(), engines=ENGINES, offset=3) == []


def test_a_longer_list_asks_no_more_questions(seeded: Resources, session: Session) -> None:
    listing = partial(list_visited, session, StopQuery(), engines=ENGINES)
    listing()
    with questions(seeded.database) as for_one:
        listing(limit=1)
    with questions(seeded.database) as for_three:
        listing(limit=3)
    assert len(for_one) == len(for_three) <= 5


def test_a_stop_is_as_new_as_the_newest_thing_that_it_shows() -> None:
    moved, spoken = make_stop(), make_heard()
    moved.updated_at = LATER
    spoken.narration.rendered_at = LATER
    published = Narrative(lang="fr", published_at=LATER)
    changes = ({"stop": moved}, {"heard": spoken}, {"narrative": published})
    assert make_visited().updated_at == NOON
    assert [make_visited(**changed).updated_at for changed in changes] == [LATER] * 3
