"""Publishing at a date, over HTTP and by the worker."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from tests.changing import STOP, Staff, hired
from tests.publishing.edges import Sides
from tourapp.accounts.models import AuditEvent
from tourapp.app import create_keeper
from tourapp.narration.voicing import Voicing
from tourapp.publishing.scheduling import act_on_next_due
from tourapp.stops.models import Narrative

PAGE = "/fr/arrets/terril"
TOMORROW = datetime.now(UTC).replace(microsecond=0) + timedelta(days=1)


@pytest.fixture
def staff(fresh: Sides) -> Staff:
    return hired(fresh.resources, fresh.app.test_client(), "publication")


@pytest.fixture
def planned(staff: Staff) -> str:
    """Have a second revision wait for tomorrow, and return the stop's tag."""
    drafted = staff.send("PATCH", STOP, tag=staff.tag(f"{STOP}/draft"), json={"title": "Demain"})
    written = staff.send("POST", f"{STOP}/revisions", tag=drafted.headers["ETag"])
    body = {"revision": 2, "at": TOMORROW.isoformat()}
    answer = staff.send("PUT", f"{STOP}/schedule", tag=written.headers["ETag"], json=body)
    assert answer.status_code == 200, answer.text
    return answer.headers["ETag"]


def pass_until(sides: Sides, now: datetime) -> int:
    """Publish what is due by then, and return how many stops that were."""
    voicing = Voicing.of(sides.resources.settings)
    count = 0
    while True:
        with sides.resources.database.transaction() as session:
            if not act_on_next_due(session, voicing=voicing, now=now):
                return count
        count += 1


def waiting(staff: Staff) -> list[str | None]:
    return [each["scheduled_at"] for each in staff.send("GET", f"{STOP}/revisions").get_json()]


@pytest.mark.usefixtures("planned")
def test_a_revision_waits_for_its_time(fresh: Sides, staff: Staff) -> None:
    assert pass_until(fresh, TOMORROW - timedelta(seconds=1)) == 0
    assert "Demain" not in fresh.edge.get(PAGE).text
    assert waiting(staff) == [TOMORROW.isoformat(), None]
    assert pass_until(fresh, TOMORROW) == 1
    assert "Demain" in fresh.edge.get(PAGE).text
    assert waiting(staff) == [None, None]
    assert pass_until(fresh, TOMORROW) == 0


@pytest.mark.usefixtures("planned")
def test_what_was_planned_and_what_came_of_it_is_logged(fresh: Sides) -> None:
    pass_until(fresh, TOMORROW)
    with fresh.resources.database.reading() as session:
        events = session.scalars(select(AuditEvent).order_by(AuditEvent.id)).all()
    told = [(event.who, event.action) for event in events][-2:]
    assert told == [
        ("publication@example.fr", "narrative.schedule"),
        ("schedule", "narrative.publish"),
    ]


def test_the_worker_publishes_what_is_due(
    fresh: Sides, staff: Staff, planned: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    nudged: list[bool] = []
    keeper = create_keeper(fresh.app, fresh.resources)
    monkeypatch.setattr(keeper, "_nudge", lambda: nudged.append(True))
    assert not keeper.act_on_due()
    with fresh.resources.database.transaction() as session:
        session.execute(
            update(Narrative)
            .where(Narrative.scheduled_at.is_not(None))
            .values(scheduled_at=datetime.now(UTC)),
        )
    assert keeper.act_on_due()
    assert nudged == [True]
    assert staff.tag(f"{STOP}/revisions") != planned


def test_a_plan_can_be_given_up(fresh: Sides, staff: Staff, planned: str) -> None:
    assert staff.send("DELETE", f"{STOP}/schedule", tag=planned).status_code == 204
    assert pass_until(fresh, TOMORROW) == 0
    again = staff.send("DELETE", f"{STOP}/schedule", tag=staff.tag(f"{STOP}/revisions"))
    assert again.status_code == 404


@pytest.mark.parametrize("withdrawn", [False, True])
def test_publishing_or_withdrawing_by_hand_ends_a_plan(
    fresh: Sides, staff: Staff, planned: str, *, withdrawn: bool
) -> None:
    if withdrawn:
        done = staff.send("DELETE", f"{STOP}/publication", tag=planned)
    else:
        done = staff.send("POST", f"{STOP}/publish", tag=planned, json={"revision": 1})
    assert done.status_code in {200, 204}
    assert pass_until(fresh, TOMORROW) == 0


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"revision": 2, "at": "2020-01-01T00:00:00+00:00"}, 422),
        ({"revision": 2, "at": "2030-01-01T00:00:00"}, 422),
        ({"revision": 2, "at": "tomorrow"}, 422),
        ({"revision": 2}, 422),
        ({"revision": 99, "at": "2100-01-01T00:00:00Z"}, 404),
    ],
)
def test_a_plan_that_cannot_be_is_refused(
    staff: Staff, planned: str, body: dict[str, object], status: int
) -> None:
    answer = staff.send("PUT", f"{STOP}/schedule", tag=planned, json=body)
    assert answer.status_code == status
    assert waiting(staff) == [TOMORROW.isoformat(), None]


@pytest.mark.usefixtures("planned")
def test_a_plan_names_the_state_that_it_is_made_on(staff: Staff) -> None:
    body = {"revision": 2, "at": TOMORROW.isoformat()}
    assert staff.send("PUT", f"{STOP}/schedule", json=body).status_code == 428
    assert staff.send("PUT", f"{STOP}/schedule", tag='"1"', json=body).status_code == 412


def test_writers_do_not_plan(fresh: Sides) -> None:
    writer = hired(fresh.resources, fresh.app.test_client(), "redaction")
    body = {"revision": 1, "at": TOMORROW.isoformat()}
    tag = writer.tag(f"{STOP}/revisions")
    assert writer.send("PUT", f"{STOP}/schedule", tag=tag, json=body).status_code == 403
    assert writer.send("DELETE", f"{STOP}/schedule", tag=tag).status_code == 403


def end(staff: Staff, at: datetime, tag: str | None = None) -> str:
    """Have the text withdrawn at a time, and return the stop's tag."""
    body = {"at": at.isoformat()}
    answer = staff.send("PUT", f"{STOP}/end", tag=tag or staff.tag(f"{STOP}/revisions"), json=body)
    assert answer.status_code == 200, answer.text
    assert answer.get_json()["ends_at"] == at.isoformat()
    return answer.headers["ETag"]


def test_a_text_is_withdrawn_when_its_time_has_come(fresh: Sides, staff: Staff) -> None:
    end(staff, TOMORROW)
    assert pass_until(fresh, TOMORROW - timedelta(seconds=1)) == 0
    assert fresh.edge.get(PAGE).status_code == 200
    assert pass_until(fresh, TOMORROW) == 1
    assert fresh.edge.get(PAGE).status_code == 404
    assert pass_until(fresh, TOMORROW) == 0
    with fresh.resources.database.reading() as session:
        events = session.scalars(select(AuditEvent).order_by(AuditEvent.id)).all()
    assert [(event.who, event.action) for event in events][-2:] == [
        ("publication@example.fr", "narrative.end"),
        ("schedule", "narrative.withdraw"),
    ]


def test_a_text_that_is_corrected_ends_all_the_same(
    fresh: Sides, staff: Staff, planned: str
) -> None:
    tag = end(staff, TOMORROW, planned)
    corrected = staff.send("POST", f"{STOP}/publish", tag=tag, json={"revision": 2})
    assert corrected.get_json()["ends_at"] == TOMORROW.isoformat()
    pass_until(fresh, TOMORROW)
    assert fresh.edge.get(PAGE).status_code == 404


@pytest.mark.parametrize(("after_s", "status"), [(-60, 200), (0, 404), (60, 404)])
def test_what_ends_and_begins_does_so_in_order_however_late(
    fresh: Sides, staff: Staff, planned: str, after_s: int, status: int
) -> None:
    end(staff, TOMORROW + timedelta(seconds=after_s), planned)
    assert pass_until(fresh, TOMORROW + timedelta(hours=1)) == 1
    assert fresh.edge.get(PAGE).status_code == status


def test_what_begins_after_an_end_waits_on(fresh: Sides, staff: Staff, planned: str) -> None:
    end(staff, TOMORROW - timedelta(hours=1), planned)
    pass_until(fresh, TOMORROW - timedelta(minutes=1))
    assert fresh.edge.get(PAGE).status_code == 404
    pass_until(fresh, TOMORROW)
    assert "Demain" in fresh.edge.get(PAGE).text


def test_an_end_can_be_given_up(fresh: Sides, staff: Staff) -> None:
    tag = end(staff, TOMORROW)
    assert staff.send("DELETE", f"{STOP}/end").status_code == 428
    assert staff.send("DELETE", f"{STOP}/end", tag=tag).status_code == 204
    assert pass_until(fresh, TOMORROW) == 0
    again = staff.send("DELETE", f"{STOP}/end", tag=staff.tag(f"{STOP}/revisions"))
    assert again.status_code == 404


def test_an_end_that_cannot_be_is_refused(staff: Staff) -> None:
    tag = staff.tag(f"{STOP}/revisions")
    past = {"at": "2020-01-01T00:00:00Z"}
    assert staff.send("PUT", f"{STOP}/end", tag=tag, json=past).status_code == 422
    staff.send("DELETE", f"{STOP}/publication", tag=tag)
    tag, coming = staff.tag(f"{STOP}/revisions"), {"at": TOMORROW.isoformat()}
    assert staff.send("PUT", f"{STOP}/end", tag=tag, json=coming).status_code == 404
