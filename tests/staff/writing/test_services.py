"""Writing, on either database."""

import pytest

from tests.accounts.signing.callers import NOW
from tests.staff.desk import invited
from tourapp.accounts.services import Actor, actor_of, get_person
from tourapp.narration.voicing import Voicing
from tourapp.resources import Resources
from tourapp.staff.writing.queries import Standing, list_standing
from tourapp.staff.writing.services import get_written, publish, save, submit
from tourapp.stops.content import LONGEST
from tourapp.stops.editing import Telling

DUTCH = Telling(slug="terril", lang="nl")
PARTS = {name: f"Iets over {name}." for name in LONGEST}


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def by(seeded: Resources) -> Actor:
    email = invited(seeded, "publication")
    with seeded.database.reading() as session:
        return actor_of(get_person(session, email), origin="page", now=NOW)


def standing(resources: Resources) -> Standing:
    with resources.database.reading() as session:
        [terril, *_] = list_standing(session)
    return next(each for each in terril.narratives if each.lang == "nl")


def test_a_text_goes_from_a_draft_to_visitors(seeded: Resources, by: Actor) -> None:
    database, voicing = seeded.database, Voicing.of(seeded.settings)
    with database.transaction() as session:
        base = save(session, DUTCH, PARTS, base="0.0", by=by).base
    assert base == "0.1"
    with database.transaction() as session:
        submit(session, DUTCH, PARTS, base=base, by=by)
    waiting = standing(seeded)
    assert (waiting.number, waiting.published_number, waiting.is_waiting) == (1, None, True)
    with database.transaction() as session:
        base = get_written(session, DUTCH, by=by).base
        publish(session, DUTCH, PARTS | {"title": "Anders"}, base=base, by=by, voicing=voicing)
    published = standing(seeded)
    assert (published.title, published.published_number) == ("Anders", 2)
    assert not published.is_waiting
    assert published.drafts == 0
