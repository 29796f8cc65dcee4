"""Who else works at a text: seen a moment ago, or with a draft; and forgotten soon."""

from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests.changing import STOP, Staff, hired
from tourapp.accounts.services import Actor, actor_of, get_person
from tourapp.presence.models import Presence
from tourapp.presence.services import LASTS, is_noted, note
from tourapp.resources import Resources
from tourapp.stops.editing import Telling

FRENCH = Telling(slug="terril", lang="fr")
WRITER = "redaction@example.fr"
COMPANY = f"{STOP}/company"
NOW = timedelta()


@pytest.fixture
def writer(seeded: Resources, client: FlaskClient) -> Staff:
    return hired(seeded, client, "redaction")


@pytest.fixture
def other(seeded: Resources, client: FlaskClient) -> Staff:
    return hired(seeded, client, "publication")


def seen(resources: Resources, *, ago: timedelta = NOW, telling: Telling = FRENCH) -> Actor:
    """Let the writer have a text open, some time ago."""
    with resources.database.transaction() as session:
        person = get_person(session, WRITER)
        by = actor_of(person, origin="page", now=datetime.now(UTC) - ago)
        note(session, telling, by=by)
    return by


@pytest.mark.usefixtures("writer")
def test_who_has_a_text_open_is_told_to_the_others(seeded: Resources, other: Staff) -> None:
    assert other.send("GET", COMPANY).get_json() == []
    seen(seeded)
    found = other.send("GET", COMPANY).get_json()
    assert found == [{"person": WRITER, "is_here": True, "drafted_at": None}]
    assert other.send("GET", f"{COMPANY}?variant=facile").get_json() == []


def test_nobody_is_told_of_themselves(seeded: Resources, writer: Staff) -> None:
    seen(seeded)
    assert writer.send("GET", COMPANY).get_json() == []


def test_a_draft_is_told_of_when_nobody_is_there(
    seeded: Resources, writer: Staff, other: Staff
) -> None:
    writer.send("PATCH", STOP, tag=writer.tag(f"{STOP}/draft"), json={"title": "Le mien"})
    seen(seeded, ago=LASTS)
    [companion] = other.send("GET", COMPANY).get_json()
    assert (companion["person"], companion["is_here"]) == (WRITER, False)
    assert companion["drafted_at"] is not None


@pytest.mark.usefixtures("writer")
def test_what_is_known_is_not_written_again_and_what_is_over_is_deleted(seeded: Resources) -> None:
    by = seen(seeded, telling=Telling(slug="arret-2", lang="fr"), ago=LASTS)
    with seeded.database.reading() as session:
        assert not is_noted(session, FRENCH, by=by)
    by = seen(seeded)
    with seeded.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Presence)) == 1
        assert is_noted(session, FRENCH, by=by)
        a_minute_on = by.at + timedelta(minutes=1)
        later = actor_of(get_person(session, WRITER), origin="page", now=a_minute_on)
        assert not is_noted(session, FRENCH, by=later)


def test_of_a_stop_that_is_none_there_is_nothing_to_tell(writer: Staff) -> None:
    assert writer.send("GET", "/api/v1/stops/nowhere/company").status_code == 404
