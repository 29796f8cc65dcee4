"""The live fields of a stop: changed by a token, seen at once, and closures in time."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.changing import STOP, Staff, hired
from tests.publishing.edges import Sides
from tests.visit.reading import words
from tourapp.accounts.models import AuditEvent
from tourapp.app import create_keeper
from tourapp.publishing.placing import turn_next
from tourapp.publishing.seeding import export_stops
from tourapp.stops.models import Stop
from tourapp.stops.source.reading import read_stop
from tourapp.stops.source.writing import write_stop

PLACE = f"{STOP}/place"
PAGE = "/fr/arrets/terril"
TODAY = datetime.now(UTC).date()
BOOK = {"title": "Un livre", "url": "https://example.fr/livre"}
REASON = {"fr": "Sentier emporté.", "en": "The path was washed away."}


@pytest.fixture
def staff(fresh: Sides) -> Staff:
    return hired(fresh.resources, fresh.app.test_client(), "publication")


def change(staff: Staff, **parts: Any) -> TestResponse:  # noqa: ANN401 -- any live field
    answer = staff.send("PATCH", PLACE, tag=staff.tag(PLACE), json=parts)
    assert answer.status_code == 200, answer.text
    return answer


def closed(first: int, last: int | None = None) -> list[dict[str, Any]]:
    """Return the closure of a stop, in days from today."""
    until = None if last is None else (TODAY + timedelta(last)).isoformat()
    return [{"from": (TODAY + timedelta(first)).isoformat(), "until": until, "reason": REASON}]


def pass_day(sides: Sides, today: date) -> int:
    """Turn what is due on that day, and return how many stops that were."""
    count = 0
    while True:
        with sides.resources.database.transaction() as session:
            if not turn_next(session, today=today):
                return count
        count += 1


def test_the_live_fields_are_told_as_the_file_names_them(staff: Staff) -> None:
    assert staff.send("GET", PLACE).get_json() == {
        "archived_at": None,
        "slug": "terril",
        "number": 1,
        "position": {
            "latitude": 50.443,
            "longitude": 2.778,
            "accuracy_m": 80,
            "source": "carte",
            "altitude_m": 186,
            "altitude_source": "carte",
        },
        "sources": [{"title": "Un livre", "url": "https://example.fr/livre"}],
        "closures": [],
        "rescue_post": None,
    }


def test_a_closure_is_seen_by_the_very_next_visitor(fresh: Sides, staff: Staff) -> None:
    change(staff, closures=closed(-1, 3), rescue_post="Borne 12")
    page = fresh.edge.get(PAGE).text
    assert "Fermé aujourd’hui" in page
    assert "Sentier emporté." in page
    assert "Borne 12" in page
    assert "Fermé aujourd’hui" in fresh.edge.get("/").text
    told = fresh.edge.get("/api/v1/stops/terril").get_json()
    assert (told["closed_today"], told["rescue_post"]) == (True, "Borne 12")
    assert [(each["reason"], each["lang"]) for each in told["closures"]] == [(REASON["fr"], "fr")]
    [listed, *_] = fresh.edge.get("/api/v1/stops").get_json()
    assert listed["closed_today"] is True


def test_sources_are_read_by_the_very_next_visitor_and_leave_as_files_say_them(
    fresh: Sides, staff: Staff, tmp_path: Path
) -> None:
    named = [BOOK, {"title": "Archives « de la mine »", "url": None}]
    assert change(staff, sources=named).get_json()["sources"] == named
    page = words(fresh.edge.get(PAGE))
    assert "D’où viennent les faits Un livre Archives « de la mine »" in page
    assert fresh.edge.get("/api/v1/stops/terril").get_json()["sources"] == named
    with fresh.resources.database.reading() as session:
        [terril, *_] = export_stops(session, fresh.resources.media)
        write_stop(tmp_path, terril)
    assert read_stop(tmp_path / "terril").place == terril.place


@pytest.mark.parametrize("parts", [{"closures": []}, {"rescue_post": None}])
def test_what_was_said_can_be_taken_back(staff: Staff, parts: dict[str, Any]) -> None:
    before = staff.send("GET", PLACE).get_json()
    change(staff, closures=closed(0), rescue_post="Borne 12")
    after = change(staff, **parts).get_json()
    assert {key: after[key] for key in parts} == {key: before[key] for key in parts}


def test_a_closure_begins_and_ends_by_its_days(fresh: Sides, staff: Staff) -> None:
    change(staff, closures=closed(2, 4))
    assert pass_day(fresh, TODAY) == 0
    fresh.restore()
    assert pass_day(fresh, TODAY + timedelta(1)) == 0
    assert pass_day(fresh, TODAY + timedelta(2)) == 1
    assert fresh.restore() == 5
    assert pass_day(fresh, TODAY + timedelta(4)) == 0
    assert pass_day(fresh, TODAY + timedelta(5)) == 1
    assert pass_day(fresh, TODAY + timedelta(500)) == 0


def test_the_worker_turns_what_is_due(fresh: Sides, staff: Staff) -> None:
    keeper = create_keeper(fresh.app, fresh.resources)
    change(staff, closures=closed(-1, 7))
    fresh.restore()
    assert [keeper.turn_due(), keeper.turn_due()] == [True, False]
    assert fresh.restore() == 5


def test_a_renamed_stop_is_found_under_both_names(fresh: Sides, staff: Staff) -> None:
    answer = change(staff, slug="montee")
    assert answer.get_json()["slug"] == "montee"
    for restored in (False, True):
        if restored:
            fresh.restore()
        moved = fresh.assert_alike("/fr/arrets/terril")
        assert (moved.status_code, moved.headers["Location"]) == (301, "/fr/arrets/montee")
        assert moved.headers["Cache-Control"] == "no-store"
        document = fresh.assert_alike("/api/v1/stops/terril?lang=en")
        assert document.headers["Location"] == "/api/v1/stops/montee?lang=en"
        assert fresh.assert_alike("/fr/arrets/montee").status_code == 200
    assert "/fr/arrets/montee" in fresh.edge.get("/sitemap.xml").text


def test_a_change_under_a_former_name_is_led_on_as_it_is(staff: Staff) -> None:
    change(staff, slug="montee")
    answer = staff.send("PATCH", f"{STOP}/place", tag='"1"', json={"number": 9})
    assert answer.status_code == 308
    assert answer.headers["Location"] == "/api/v1/stops/montee/place"
    assert answer.content_type == "application/problem+json"
    assert answer.get_json(force=True)["detail"] == "'terril' is called 'montee' now"


def test_a_former_name_is_never_given_to_another_stop(fresh: Sides, staff: Staff) -> None:
    change(staff, slug="montee")
    other = "/api/v1/stops/arret-2/place"
    for taken in ("terril", "montee"):
        answer = staff.send("PATCH", other, tag=staff.tag(other), json={"slug": taken})
        assert answer.status_code == 409
    assert fresh.edge.get("/fr/arrets/arret-2").status_code == 200


def test_a_stop_may_take_its_former_name_back(fresh: Sides, staff: Staff) -> None:
    change(staff, slug="montee")
    new = "/api/v1/stops/montee/place"
    back = staff.send("PATCH", new, tag=staff.tag(new), json={"slug": "terril"})
    assert back.status_code == 200
    assert fresh.edge.get("/fr/arrets/terril").status_code == 200
    assert fresh.edge.get("/fr/arrets/montee").headers["Location"] == "/fr/arrets/terril"


def test_a_number_belongs_to_one_stop(staff: Staff) -> None:
    answer = staff.send("PATCH", PLACE, tag=staff.tag(PLACE), json={"number": 2})
    assert answer.status_code == 409
    assert "arret-2" in answer.get_json()["detail"]
    assert change(staff, number=1).status_code == 200


@pytest.mark.parametrize(
    ("parts", "where"),
    [
        ({"slug": "Terril"}, "json.slug"),
        ({"slug": "a" * 101}, "json.slug"),
        ({"number": 0}, "json.number"),
        ({"position": {"latitude": 50}}, "json.position.longitude"),
        ({"position": {"latitude": 99}}, "json.position.latitude"),
        ({"closures": [{"from": "2026-12-02", "until": "2026-12-01", "reason": REASON}]}, "until"),
        ({"closures": [{"from": "demain", "reason": REASON}]}, "from"),
        ({"closures": [{"from": "2026-12-02", "reason": {"en": "Ice."}}]}, "reason.fr"),
        ({"closures": closed(0) * 21}, "json.closures"),
        ({"rescue_post": " "}, "json.rescue_post"),
        ({"sources": []}, "json.sources"),
        ({"sources": [BOOK] * 21}, "json.sources"),
        ({"sources": [BOOK, {"url": "https://example.fr"}]}, "json.sources.1.title"),
        ({"sources": [BOOK, {"title": "Livre", "url": "ftp://a.fr"}]}, "json.sources.1.url"),
        ({"sources": [BOOK | {"url": "https://a.fr/\u202egnp.exe"}]}, "json.sources.0.url"),
        ({"sources": [BOOK | {"url": f"https://a.fr/{'a' * 2000}"}]}, "json.sources.0.url"),
        ({"sources": [BOOK | {"title": "Livre\0"}]}, "json.sources.0.title"),
        ({"sources": [BOOK | {"author": "Zoé"}]}, "json.sources.0.author"),
        ({"code": "ZZZZZZ"}, "json.code"),
    ],
)
def test_a_field_that_breaks_a_rule_is_named(
    staff: Staff, parts: dict[str, Any], where: str
) -> None:
    answer = staff.send("PATCH", PLACE, tag=staff.tag(PLACE), json=parts)
    assert answer.status_code == 422
    assert any(each["where"].endswith(where) for each in answer.get_json()["errors"])


def test_a_change_names_the_state_it_is_made_on(staff: Staff) -> None:
    tag = staff.tag(PLACE)
    assert staff.send("PATCH", PLACE, json={"number": 9}).status_code == 428
    assert staff.send("PATCH", PLACE, tag=tag, json={"number": 9}).status_code == 200
    assert staff.send("PATCH", PLACE, tag=tag, json={"number": 8}).status_code == 412


def test_writers_read_the_live_fields_and_do_not_change_them(fresh: Sides) -> None:
    writer = hired(fresh.resources, fresh.app.test_client(), "redaction")
    tag = writer.tag(PLACE)
    assert writer.send("PATCH", PLACE, tag=tag, json={"number": 9}).status_code == 403


def test_what_was_changed_is_logged_as_it_was_and_as_it_is(fresh: Sides, staff: Staff) -> None:
    change(staff, number=9, rescue_post=None, sources=[BOOK])
    with fresh.resources.database.reading() as session:
        events = session.scalars(select(AuditEvent).where(AuditEvent.action == "stop.place")).all()
        [event] = events
        assert (event.who, event.subject) == ("publication@example.fr", "terril")
        assert event.detail == {"number": [1, 9]}
        assert session.scalar(select(Stop.closures_due_on).where(Stop.number == 9)) is None


def test_closures_to_come_are_announced_with_their_days(fresh: Sides, staff: Staff) -> None:
    change(staff, closures=[*closed(5, 5), *closed(7, 9), *closed(20)])
    told = words(fresh.edge.get(PAGE))
    for announced in ("Fermé le ", "Fermé du ", "Fermé à partir du "):
        assert announced in told
    assert "Fermé aujourd’hui" not in told


def test_a_reader_of_another_language_is_told_why_in_it(fresh: Sides, staff: Staff) -> None:
    change(staff, closures=closed(0))
    assert f"Closed today. Until further notice. {REASON['en']}" in words(
        fresh.edge.get("/en/arrets/terril")
    )
    assert f"Vandaag gesloten. Tot nader order. {REASON['fr']}" in words(
        fresh.edge.get("/nl/arrets/terril")
    )
