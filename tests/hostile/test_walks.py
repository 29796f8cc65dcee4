"""Led walks and papers: what a guide wrote is text on pages, in calendars and in print too."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import update
from werkzeug.test import TestResponse

from tests.hostile.conftest import NOW, TEXTS, Hostile, database_of, itinerary_of
from tests.hostile.reading import harm, marks
from tests.hostile.test_scripts import forbidden, harmed
from tests.signage.plates.printed import needs_typefaces
from tests.visit.roadbook.printed import squeezed, text_of
from tourapp.accounts.services import Actor
from tourapp.itineraries.services import create_itinerary
from tourapp.itineraries.walks.content import WalkPlan
from tourapp.itineraries.walks.leading import end_walk, note_arrival
from tourapp.itineraries.walks.models import Walk
from tourapp.itineraries.walks.services import create_walk

SHOWN = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def slug(hostile: Hostile) -> str:
    """Return the itinerary that begins with the first text."""
    first = hostile.visitor.get("/api/v1/itineraries").get_json()[-1]["slug"]
    halts = hostile.visitor.get(f"/api/v1/itineraries/{first}").get_json()["halts"]
    assert halts[1]["title"] == SHOWN
    return str(first)


@pytest.fixture(scope="module")
def walk(hostile: Hostile, guide: Actor, slug: str) -> Walk:
    """Plan a walk of the first itinerary, of whose halts each is named by a text."""
    plan = WalkPlan(
        group_name=TEXTS[0],
        participants=12,
        lang="fr",
        meeting=TEXTS[0],
        starts_at=NOW + timedelta(days=1),
    )
    with database_of(hostile).transaction() as session:
        return create_walk(session, slug, plan, by=guide)


PAGES = (
    ("/guide/marches", 3),
    ("/guide/marches/{id}", 12),
    ("/guide/marches/{id}/preparation", 3),
    ("/m/{code}", 3),
)


@pytest.mark.parametrize(("path", "every"), PAGES)
def test_no_page_of_a_walk_runs_anything(
    hostile: Hostile, walk: Walk, path: str, every: int
) -> None:
    ask = hostile.desk.get if path.startswith("/guide") else hostile.visitor.get

    def pages() -> Iterator[TestResponse]:
        for text in TEXTS[::every]:
            with database_of(hostile).transaction() as session:
                session.execute(update(Walk).values(group_name=text, meeting=text))
            yield ask(path.format(id=walk.id, code=walk.code))

    assert harmed(pages()) == []


def test_nor_does_a_form_of_a_walk_that_is_shown_again(hostile: Hostile, slug: str) -> None:
    desk = hostile.desk
    wrong = {"participants": "0", "lang": "fr", "pace": "adult", "day": "", "time": ""}
    path = f"/guide/marches/nouvelle/{slug}"
    shown = (desk.send(path, **wrong, group_name=text, meeting=text) for text in TEXTS[::3])
    assert harmed(shown) == []


@needs_typefaces
def test_nor_does_anything_while_it_is_led_and_after(
    hostile: Hostile, guide: Actor, walk: Walk
) -> None:
    for position in range(1, 50, 6):
        with database_of(hostile).transaction() as session:
            note_arrival(session, walk.id, position, at=NOW, by=guide)
        for page in (
            hostile.visitor.get(f"/m/{walk.code}").text,
            hostile.desk.get(f"/guide/marches/{walk.id}").text,
        ):
            assert list(harm(page, known=marks(page) - forbidden(page))) == []
        told = hostile.visitor.get(f"/m/{walk.code}/etat")
        assert told.mimetype == "application/json"
        assert told.get_json()["title"] == TEXTS[position - 1]
    with database_of(hostile).transaction() as session:
        session.execute(update(Walk).values(group_name=SHOWN))
        end_walk(session, walk.id, at=NOW, by=guide)
    summary = hostile.desk.get(f"/guide/marches/{walk.id}/bilan.pdf")
    assert SHOWN in squeezed(text_of(summary.data))


def test_a_calendar_of_walks_says_them_as_they_are(hostile: Hostile, walk: Walk) -> None:
    desk = hostile.desk
    page = desk.send("/guide/marches/agenda").text
    address = re.findall(r"/api/v1/walks/calendar/[\w-]+\.ics", page)[0]
    text = "Groupe\\n; BEGIN:VEVENT, <script>"
    with database_of(hostile).transaction() as session:
        session.execute(update(Walk).values(group_name=text, meeting=text))
    read = Calendar.from_ical(hostile.visitor.get(address).data)
    [event] = [part for part in read.walk() if part.get("UID") == f"marche-{walk.id}@itineraires"]
    assert walk.title in str(event["SUMMARY"])
    assert text in str(event["SUMMARY"])


@needs_typefaces
@pytest.mark.parametrize("version", ["public", "guide"])
def test_a_road_book_prints_them_as_they_are(hostile: Hostile, guide: Actor, version: str) -> None:
    texts = TEXTS[1:7]
    with database_of(hostile).transaction() as session:
        slug = create_itinerary(session, itinerary_of(texts, begin=2), by=guide).slug
    pdf = hostile.desk.get(f"/guide/itineraires/{slug}/feuille-de-route.pdf?version={version}").data
    printed = squeezed(text_of(pdf))
    assert [text for text in texts if squeezed(text) not in printed] == []
    assert b"/JavaScript" not in pdf
