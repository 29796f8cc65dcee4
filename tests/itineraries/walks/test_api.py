"""Walks over HTTP: planned, changed, noted late or by mistake, and refused."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar
from sqlalchemy import event

from tests.changing import Staff, hired
from tests.itineraries.test_api import HALTS, ITINERARIES, LOOP, show
from tests.itineraries.walks.conftest import PLAN, WALKS, Tap
from tests.signage.plates.printed import needs_typefaces
from tests.visit.roadbook.printed import page_texts
from tourapp.accounts.services import operator
from tourapp.errors import ForbiddenError
from tourapp.itineraries.walks.content import WalkPlan
from tourapp.itineraries.walks.joining import MOST_PHONES, join
from tourapp.itineraries.walks.models import WalkPhone
from tourapp.itineraries.walks.queries import get_walk_by_code
from tourapp.itineraries.walks.services import create_walk, renew_feed
from tourapp.resources import Resources

Walk = dict[str, Any]


def moments(walk: Walk, name: str = "reached_at") -> list[datetime | None]:
    told = [halt[name] for halt in walk["halts"]]
    return [None if each is None else datetime.fromisoformat(each) for each in told]


def ago(minutes: int) -> str:
    return (datetime.now(UTC) - timedelta(minutes=minutes)).isoformat()


def test_a_walk_copies_the_order_that_the_itinerary_has_then(guide: Staff, walk: Walk) -> None:
    assert (walk["title"], walk["state"], walk["joined"]) == ("La boucle", "planned", 0)
    assert len(walk["code"]) == 8
    assert walk["join_url"] == f"https://visite.example.fr/m/{walk['code']}"
    first, second, third = walk["halts"]
    assert (first["note"], first["question"]) == ("Compter le groupe.", "Et vous ?")
    assert (second["stop"], second["transport"]) == ("arret-2", "bicycle")
    assert (third["stop"], third["title"]) == (None, "Une table")
    guide.send("PATCH", LOOP, tag=guide.tag(LOOP), json={"title": "Autre", "halts": []})
    guide.send("DELETE", LOOP, tag=guide.tag(LOOP))
    assert guide.send("GET", f"{WALKS}/{walk['id']}").json["halts"] == walk["halts"]


def test_who_may_not_read_the_notes_leads_without_them(
    seeded: Resources, client: FlaskClient, guide: Staff
) -> None:
    other = hired(seeded, client, "guide", email="autre@example.fr")
    assert other.send("POST", WALKS, json=PLAN).status_code == 404
    show(guide)
    made = other.send("POST", WALKS, json=PLAN).json
    assert {halt["note"] + halt["question"] for halt in made["halts"]} == {""}


def test_walks_are_listed_by_pages_the_latest_first(guide: Staff, walk: Walk) -> None:
    later = guide.send("POST", WALKS, json=PLAN | {"starts_at": "2027-01-05T10:00:00Z"}).json
    answer = guide.send("GET", f"{WALKS}?page_size=1")
    assert [each["id"] for each in answer.json] == [later["id"]]
    assert '"total": 2' in answer.headers["X-Pagination"]
    assert [each["id"] for each in guide.send("GET", WALKS).json] == [later["id"], walk["id"]]


def test_a_plan_changes_on_the_state_that_was_seen(guide: Staff, walk: Walk) -> None:
    path = f"{WALKS}/{walk['id']}"
    tag = guide.tag(path)
    assert guide.send("PATCH", path, json={"participants": 20}).status_code == 428
    changed = guide.send("PATCH", path, tag=tag, json={"participants": 20, "lang": "en"})
    assert (changed.json["participants"], changed.json["halts"][1]["title"]) == (
        20,
        "The black hill",
    )
    assert guide.send("PATCH", path, tag=tag, json={"participants": 3}).status_code == 412
    slower = guide.send("PATCH", path, tag=guide.tag(path), json={"pace": "school"}).json
    assert slower["halts"][2]["way_s"] > walk["halts"][2]["way_s"]


def test_a_walk_in_another_language_at_another_pace_keeps_its_own_order(
    guide: Staff, walk: Walk
) -> None:
    path = f"{WALKS}/{walk['id']}"
    guide.send("PATCH", LOOP, tag=guide.tag(LOOP), json={"halts": [HALTS[2], HALTS[0]]})
    guide.send("DELETE", LOOP, tag=guide.tag(LOOP))
    plan = {"lang": "en", "pace": "school"}
    changed = guide.send("PATCH", path, tag=guide.tag(path), json=plan).json
    titles = ["Montée du terril", "The black hill", "Une table"]
    assert [halt["title"] for halt in changed["halts"]] == titles
    assert [halt["note"] for halt in changed["halts"]] == ["Compter le groupe.", "", ""]
    back = guide.send("PATCH", path, tag=guide.tag(path), json={"lang": "fr", "pace": "adult"})
    assert back.json["halts"] == walk["halts"]


def test_walks_are_listed_by_as_many_statements_however_many_they_are(
    seeded: Resources, guide: Staff, walk: Walk
) -> None:
    asked: list[str] = []

    def note(*told: object) -> None:
        asked.append(str(told[2]))

    def listed() -> int:
        asked.clear()
        event.listen(seeded.database.engine, "before_cursor_execute", note)
        assert guide.send("GET", WALKS).status_code == 200
        event.remove(seeded.database.engine, "before_cursor_execute", note)
        return len(asked)

    assert walk
    one = listed()
    for _ in range(4):
        guide.send("POST", WALKS, json=PLAN)
    assert listed() == one


def test_what_has_begun_keeps_its_times_and_what_is_over_its_word(
    guide: Staff, walk: Walk, tap: Tap
) -> None:
    path = f"{WALKS}/{walk['id']}"
    tap("arrivals", position=1)
    late = guide.send("PATCH", path, tag=guide.tag(path), json={"pace": "school"})
    assert late.status_code == 409
    assert (
        guide.send("PATCH", path, tag=guide.tag(path), json={"meeting": "Ici"}).status_code == 200
    )
    tap("end")
    over = guide.send("PATCH", path, tag=guide.tag(path), json={"meeting": "Là"})
    assert over.status_code == 409
    assert guide.send("POST", f"{path}/arrivals", json={"position": 1}).status_code == 409
    assert guide.send("POST", f"{path}/departures", json={}).status_code == 409


@pytest.mark.parametrize(
    "wrong",
    [
        {"participants": 0},
        {"participants": 501},
        {"starts_at": "demain"},
        {"starts_at": "9999-12-31T23:59:59Z"},
        {"lang": "it"},
        {"pace": "hasty"},
        {"group_name": "x" * 121},
        {"meeting": "a\0"},
    ],
)
def test_a_plan_that_breaks_a_rule_is_refused(guide: Staff, wrong: dict[str, object]) -> None:
    assert guide.send("POST", WALKS, json=PLAN | wrong).status_code == 422


def test_an_itinerary_without_halts_is_not_walked(guide: Staff) -> None:
    guide.send("POST", ITINERARIES, json={"title": "Vide", "summary": "Rien."})
    assert guide.send("POST", WALKS, json=PLAN | {"itinerary": "vide"}).status_code == 409
    assert guide.send("POST", WALKS, json=PLAN | {"itinerary": "nowhere"}).status_code == 404


def test_walks_are_for_guides_alone(seeded: Resources, client: FlaskClient, walk: Walk) -> None:
    assert client.get(WALKS).status_code == 401
    writer = hired(seeded, client, "redaction")
    assert writer.send("GET", f"{WALKS}/{walk['id']}").status_code == 403


def test_a_tap_that_comes_twice_changes_nothing(tap: Tap) -> None:
    first = tap("arrivals", position=1)
    assert tap("arrivals", position=1) == first
    left = tap("departures")
    assert tap("departures") == left


def test_taps_that_were_kept_without_signal_are_told_late(tap: Tap) -> None:
    tap("arrivals", position=3)
    led = tap("arrivals", position=2, at=ago(600))
    # Never before the walk was made, and the group stays where it is.
    assert led["state"] == "at"
    reached = moments(led)
    assert reached[1] is not None
    assert reached[2] is not None
    assert reached[1] < reached[2]


def test_a_clock_that_is_ahead_is_not_believed(tap: Tap) -> None:
    led = tap("arrivals", position=1, at=ago(-60))
    assert moments(led)[0] <= datetime.now(UTC)  # type: ignore[operator] # it is one


def test_a_halt_tapped_by_mistake_is_taken_back_by_the_right_one(tap: Tap) -> None:
    tap("arrivals", position=1)
    tap("arrivals", position=3)
    led = tap("arrivals", position=2)
    assert [each is not None for each in moments(led)] == [True, True, False]
    assert [each is not None for each in moments(led, "left_at")] == [True, False, False]
    assert led["state"] == "at"


def test_what_cannot_come_true_is_refused(guide: Staff, walk: Walk) -> None:
    path = f"{WALKS}/{walk['id']}"
    assert guide.send("POST", f"{path}/departures", json={}).status_code == 409
    for position in (0, 4, 10**30):
        refused = guide.send("POST", f"{path}/arrivals", json={"position": position})
        assert (refused.status_code, refused.content_type) == (422, "application/problem+json")
    assert guide.send("PUT", f"{path}/end", json={"at": "soon"}).status_code == 422
    assert guide.send("PUT", f"{WALKS}/999/end", json={}).status_code == 404


def test_a_calendar_tells_a_guide_s_walks_and_nobody_else(
    client: FlaskClient, guide: Staff, walk: Walk
) -> None:
    guide.send("POST", WALKS, json=PLAN | {"meeting": "", "group_name": ""})
    url = guide.send("PUT", f"{WALKS}/calendar").json["url"]
    answer = client.get(url.removeprefix("https://visite.example.fr"))
    assert answer.content_type == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(answer.data)
    first, second = calendar.walk("VEVENT")
    assert str(first["summary"]) == "La boucle – Classe de 4e B"
    assert str(first["location"]) == "Devant la gare."
    start = datetime(2026, 12, 5, 9, tzinfo=UTC)
    planned_s = walk["halts"][-1]["leaves_s"]
    ends_at = start + timedelta(seconds=planned_s)
    assert (first["dtstart"].dt, first["dtend"].dt) == (start, ends_at)
    assert "10\u202fh Montée du terril" in str(first["description"])
    assert str(second["summary"]) == "La boucle"
    assert "location" not in second
    assert first["uid"] != second["uid"]


@needs_typefaces
def test_a_summary_tells_on_one_page_what_came_true(guide: Staff, walk: Walk, tap: Tap) -> None:
    path = f"{WALKS}/{walk['id']}/summary.pdf"
    [before] = page_texts(guide.send("GET", path).data)
    assert "pas encore terminée" in before
    tap("arrivals", position=1)
    tap("arrivals", position=2)
    tap("end")
    answer = guide.send("GET", path)
    assert answer.content_type == "application/pdf"
    [text] = page_texts(answer.data)
    assert "Classe de 4e B" in text
    assert "Haltes atteintes 2 sur 3" in text
    assert "guide@example.fr" in text
    assert "samedi 5 décembre 2026" in text


@needs_typefaces
def test_sixty_halts_still_stand_on_one_page(guide: Staff) -> None:
    halts = [{"stop": "terril"}, {"stop": "arret-2"}] * 30
    guide.send("PATCH", LOOP, tag=guide.tag(LOOP), json={"halts": halts})
    made = guide.send("POST", WALKS, json=PLAN).json
    assert len(page_texts(guide.send("GET", f"{WALKS}/{made['id']}/summary.pdf").data)) == 1


def test_whoever_runs_commands_leads_nothing(seeded: Resources, guide: Staff) -> None:
    assert guide
    by = operator("tests", now=datetime.now(UTC))
    plan = WalkPlan(group_name="", participants=1, lang="fr", meeting="", starts_at=by.at)
    with seeded.database.transaction() as session:
        with pytest.raises(ForbiddenError, match="nobody who could lead"):
            create_walk(session, "la-boucle", plan, by=by)
        with pytest.raises(ForbiddenError, match="has no calendar"):
            renew_feed(session, by=by)


def test_more_phones_than_any_group_has_are_refused(
    seeded: Resources, client: FlaskClient, walk: Walk
) -> None:
    with seeded.database.transaction() as session:
        led = get_walk_by_code(session, walk["code"])
        session.add_all(WalkPhone(walk_id=led.id, phone=str(n)) for n in range(MOST_PHONES - 1))
        join(session, led, "a" * 32)
    refused = client.post(f"/m/{walk['code']}/telephone", data={"phone": "b" * 32})
    assert refused.status_code == 429
    again = client.post(f"/m/{walk['code']}/telephone", data={"phone": "a" * 32})
    assert again.status_code == 204
