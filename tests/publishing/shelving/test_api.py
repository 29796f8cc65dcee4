"""Copying a stop, putting it away and bringing it back, over HTTP."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from tests.changing import STOP, Staff, hired
from tests.publishing.edges import Sides
from tests.samples import small_stops, write_samples
from tourapp.accounts.models import AuditEvent
from tourapp.publishing.commands import seed
from tourapp.publishing.seeding import export_stops

PAGE = "/fr/arrets/terril"
SIGN = "/Q/7K2M9Q"
PLACE = f"{STOP}/place"


@pytest.fixture
def staff(fresh: Sides) -> Staff:
    return hired(fresh.resources, fresh.app.test_client(), "publication")


def archive(staff: Staff, path: str = STOP) -> Any:  # noqa: ANN401 -- JSON
    answer = staff.send("PUT", f"{path}/archive", tag=staff.tag(f"{path}/place"))
    assert answer.status_code == 200, answer.text
    return answer.get_json()


def test_a_copy_is_another_stop_of_which_nothing_is_seen(fresh: Sides, staff: Staff) -> None:
    made = staff.send("POST", f"{STOP}/copies", json={})
    assert made.status_code == 201
    copy = made.get_json()
    assert (copy["slug"], copy["number"], len(copy["code"])) == ("terril-2", 4, 6)
    assert fresh.edge.get("/fr/arrets/terril-2").status_code == 404
    assert fresh.edge.get(f"/Q/{copy['code']}").status_code == 404
    path = "/api/v1/stops/terril-2"
    [revision] = staff.send("GET", f"{path}/revisions").get_json()
    [*_, first] = staff.send("GET", f"{STOP}/revisions").get_json()
    assert revision["content"] == first["content"]
    assert not revision["is_published"]
    tag = staff.tag(f"{path}/revisions")
    assert tag == made.headers["ETag"]
    assert staff.send("POST", f"{path}/publish", tag=tag, json={"revision": 1}).status_code == 200
    assert fresh.edge.get(f"/Q/{copy['code']}").status_code == 200


def test_a_copy_takes_every_language_and_no_closure(staff: Staff) -> None:
    path = "/api/v1/stops/arret-2"
    closure = {"from": "2026-12-01", "reason": {"fr": "Chantier."}}
    tag = staff.tag(f"{path}/place")
    assert staff.send("PATCH", f"{path}/place", tag=tag, json={"closures": [closure]}).status_code
    wanted = {"slug": "ailleurs", "number": 40}
    assert staff.send("POST", f"{path}/copies", json=wanted).get_json()["number"] == 40
    copied = "/api/v1/stops/ailleurs"
    place = staff.send("GET", f"{copied}/place").get_json()
    assert (place["closures"], place["archived_at"]) == ([], None)
    assert place["sources"] == staff.send("GET", f"{path}/place").get_json()["sources"]
    for lang in ("fr", "en"):
        assert len(staff.send("GET", f"{copied}/revisions?lang={lang}").get_json()) == 1
    again = staff.send("POST", f"{path}/copies", json={})
    assert (again.get_json()["slug"], again.get_json()["number"]) == ("arret-2-2", 41)


@pytest.mark.parametrize(
    ("wanted", "status"),
    [
        ({"slug": "arret-3"}, 409),
        ({"number": 2}, 409),
        ({"slug": "Terril"}, 422),
        ({"number": 0}, 422),
        ({"position": {}}, 422),
    ],
)
def test_a_copy_that_cannot_be_is_refused(
    staff: Staff, wanted: dict[str, object], status: int
) -> None:
    assert staff.send("POST", f"{STOP}/copies", json=wanted).status_code == status
    assert staff.send("GET", "/api/v1/stops/terril-2/place").status_code == 404


def test_a_name_that_a_stop_had_is_not_proposed(staff: Staff) -> None:
    tag = staff.tag(PLACE)
    tag = staff.send("PATCH", PLACE, tag=tag, json={"slug": "terril-2"}).headers["ETag"]
    staff.send("PATCH", "/api/v1/stops/terril-2/place", tag=tag, json={"slug": "terril"})
    assert staff.send("POST", f"{STOP}/copies", json={}).get_json()["slug"] == "terril-3"


def test_what_is_put_away_is_seen_nowhere_and_its_sign_says_so(fresh: Sides, staff: Staff) -> None:
    assert archive(staff)["archived_at"] is not None
    fresh.restore()
    assert fresh.edge.get(PAGE).status_code == 404
    assert "terril" not in fresh.edge.get("/api/v1/stops").text
    told = fresh.edge.get(SIGN)
    assert told.status_code == 410
    assert "Ce panneau n’est plus en service" in told.text
    assert "arret-2" in told.text


def test_its_number_stays_its_own(staff: Staff) -> None:
    archive(staff)
    path = "/api/v1/stops/arret-2/place"
    taken = staff.send("PATCH", path, tag=staff.tag(path), json={"number": 1})
    assert taken.status_code == 409


def test_what_is_put_away_is_not_published_planned_or_put_away_twice(staff: Staff) -> None:
    archive(staff)
    tag = staff.tag(PLACE)
    planned = {"revision": 1, "at": "2099-01-01T00:00:00Z"}
    for method, way, body in (
        ("POST", "publish", {"revision": 1}),
        ("PUT", "schedule", planned),
        ("PUT", "archive", None),
    ):
        assert staff.send(method, f"{STOP}/{way}", tag=tag, json=body).status_code == 409


def test_what_is_brought_back_waits_to_be_published(fresh: Sides, staff: Staff) -> None:
    archive(staff)
    back = staff.send("DELETE", f"{STOP}/archive", tag=staff.tag(PLACE))
    assert back.get_json()["archived_at"] is None
    assert fresh.edge.get(PAGE).status_code == 404
    assert staff.send("DELETE", f"{STOP}/archive", tag=back.headers["ETag"]).status_code == 409
    tag = staff.tag(f"{STOP}/revisions")
    staff.send("POST", f"{STOP}/publish", tag=tag, json={"revision": 1})
    assert fresh.edge.get(SIGN).status_code == 200


def test_a_plan_ends_where_a_stop_is_put_away(staff: Staff) -> None:
    planned = {"revision": 1, "at": "2099-01-01T00:00:00Z"}
    staff.send("PUT", f"{STOP}/schedule", tag=staff.tag(PLACE), json=planned)
    staff.send("DELETE", f"{STOP}/publication", tag=staff.tag(PLACE))
    staff.send("PUT", f"{STOP}/schedule", tag=staff.tag(PLACE), json=planned)
    archive(staff)
    [revision] = staff.send("GET", f"{STOP}/revisions").get_json()
    assert revision["scheduled_at"] is None


def test_a_change_names_the_state_that_it_is_made_on(staff: Staff) -> None:
    for method in ("PUT", "DELETE"):
        assert staff.send(method, f"{STOP}/archive").status_code == 428
        assert staff.send(method, f"{STOP}/archive", tag='"99"').status_code == 412


def test_files_neither_bring_it_back_nor_tell_of_it(
    fresh: Sides, staff: Staff, tmp_path: Path
) -> None:
    archive(staff)
    terril, *_ = small_stops()
    text = terril.narratives["fr", "standard"]
    terril.narratives["nl", "standard"] = text
    seed(fresh.resources, write_samples(tmp_path / "again", terril))
    assert fresh.edge.get("/nl/arrets/terril").status_code == 404
    with fresh.resources.database.reading() as session:
        exported = export_stops(session, fresh.resources.media)
    assert [content.slug for content in exported] == ["arret-2", "arret-3"]


def test_each_is_logged(fresh: Sides, staff: Staff) -> None:
    staff.send("POST", f"{STOP}/copies", json={})
    archive(staff)
    with fresh.resources.database.reading() as session:
        events = session.scalars(select(AuditEvent).order_by(AuditEvent.id)).all()
    assert [event.action for event in events][-5:] == [
        "stop.copy",
        "revision.create",
        "sign.create",
        "narrative.withdraw",
        "stop.archive",
    ]
