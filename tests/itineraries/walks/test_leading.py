"""A walk from its first halt to its end, on databases of both kinds."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.changing import Staff, hired
from tests.itineraries.walks.conftest import WALKS, Tap
from tourapp.app import create_keeper
from tourapp.itineraries.walks.leading import end_forgotten
from tourapp.itineraries.walks.queries import LONGEST_LATE
from tourapp.resources import Resources


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


def test_a_walk_is_led_joined_and_ended(
    client: FlaskClient, walk: dict[str, Any], tap: Tap
) -> None:
    code = walk["code"]
    assert tap("arrivals", position=1)["state"] == "at"
    for phone in ("a" * 32, "b" * 32, "a" * 32):
        assert client.post(f"/m/{code}/telephone", data={"phone": phone}).status_code == 204
    assert client.get(f"/m/{code}/etat").json["title"] == "Montée du terril"
    assert tap("departures")["state"] == "between"
    led = tap("arrivals", position=2)
    assert [halt["left_at"] is not None for halt in led["halts"]] == [True, False, False]
    assert led["joined"] == 2
    over = tap("end")
    assert (over["state"], over["code"], over["join_url"], over["joined"]) == (
        "over",
        None,
        None,
        2,
    )
    assert client.get(f"/m/{code}/etat").status_code == 404
    assert tap("end") == over


def test_a_walk_is_deleted_whole(client: FlaskClient, guide: Staff, walk: dict[str, Any]) -> None:
    client.post(f"/m/{walk['code']}/telephone", data={"phone": "a" * 32})
    path = f"{WALKS}/{walk['id']}"
    assert guide.send("DELETE", path, tag=guide.tag(path)).status_code == 204
    assert guide.send("GET", path).status_code == 404


def test_a_walk_that_nobody_ended_ends_by_itself(
    seeded: Resources, guide: Staff, walk: dict[str, Any]
) -> None:
    planned_s = walk["halts"][-1]["leaves_s"]
    planned_end = datetime(2026, 12, 5, 9, tzinfo=UTC) + timedelta(seconds=planned_s)
    for late, ended in ((timedelta(hours=-1), 0), (timedelta(hours=1), 1), (timedelta(hours=2), 0)):
        with seeded.database.transaction() as session:
            assert end_forgotten(session, now=planned_end + LONGEST_LATE + late) == ended
    over = guide.send("GET", f"{WALKS}/{walk['id']}").json
    assert (over["state"], over["code"]) == ("over", None)
    assert datetime.fromisoformat(over["ended_at"]) == planned_end


def test_a_worker_ends_what_nobody_ended(
    app: Flask, seeded: Resources, guide: Staff, walk: dict[str, Any]
) -> None:
    keeper = create_keeper(app, seeded)
    assert keeper.end_forgotten_walks() is False
    path = f"{WALKS}/{walk['id']}"
    past = {"starts_at": "2025-12-05T10:00:00Z"}
    assert guide.send("PATCH", path, tag=guide.tag(path), json=past).status_code == 200
    assert keeper.end_forgotten_walks() is True
    assert guide.send("GET", path).json["state"] == "over"


def test_a_guide_s_calendar_link_is_renewed(client: FlaskClient, guide: Staff) -> None:
    first = (
        guide.send("PUT", f"{WALKS}/calendar").json["url"].removeprefix("https://visite.example.fr")
    )
    assert client.get(first).status_code == 200
    second = (
        guide.send("PUT", f"{WALKS}/calendar").json["url"].removeprefix("https://visite.example.fr")
    )
    assert (client.get(first).status_code, client.get(second).status_code) == (404, 200)


def test_another_guide_s_walk_is_nobody_else_s(
    seeded: Resources, client: FlaskClient, walk: dict[str, Any]
) -> None:
    other = hired(seeded, client, "guide", email="autre@example.fr")
    publisher = hired(seeded, client, "publication")
    path = f"{WALKS}/{walk['id']}"
    assert other.send("GET", path).status_code == 404
    assert other.send("GET", WALKS).json == []
    assert other.send("PUT", f"{path}/end", json={}).status_code == 404
    assert [each["id"] for each in publisher.send("GET", WALKS).json] == [walk["id"]]
