"""People and the log over HTTP: invited, changed on the state that was seen, sent away, told."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.changing import Staff, hired
from tests.post_office import arrived_links
from tests.staff.desk import seated
from tourapp.app import create_app
from tourapp.resources import Resources

PEOPLE = "/api/v1/people"
AUDIT = "/api/v1/audit"
ZOE = {"email": " Zoé@Example.fr", "name": "Zoé", "roles": ["redaction"]}
ZOES = "zoé@example.fr"
DESK = "zoe@example.fr"


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """Return one of one kind: what differs between them is tried elsewhere."""
    return sqlite_url


@pytest.fixture
def boss(resources: Resources, client: FlaskClient) -> Staff:
    return hired(resources, client, "administration")


def invited(boss: Staff) -> str:
    """Invite somebody, and return where they stand."""
    return str(boss.send("POST", PEOPLE, json=ZOE).location)


def change(boss: Staff, path: str, **changes: Any) -> TestResponse:  # noqa: ANN401 -- JSON
    return boss.send("PATCH", path, tag=boss.tag(path), json=changes)


def actions(boss: Staff, **query: str) -> list[str]:
    found = boss.client.get(
        AUDIT, query_string=query, headers={"Authorization": f"Bearer {boss.token}"}
    )
    assert found.status_code == 200
    return [event["action"] for event in found.get_json()]


def test_somebody_invited_gets_a_link_that_no_answer_tells(
    boss: Staff, resources: Resources
) -> None:
    answer = boss.send("POST", PEOPLE, json=ZOE)
    told = answer.get_json()
    assert (answer.status_code, told["letter"], told["has_password"]) == (201, "kept", False)
    assert (told["email"], told["name"], told["roles"]) == (ZOES, "Zoé", ["redaction"])
    assert len(arrived_links(resources)) == 1
    assert "lien" not in answer.text
    assert boss.tag(answer.location) == answer.headers["ETag"]
    everybody = boss.send("GET", f"{PEOPLE}?page_size=1&page=2")
    assert [person["email"] for person in everybody.get_json()] == [ZOES]
    assert boss.send("POST", f"{answer.location}/invitation").status_code == 202
    assert len(arrived_links(resources)) == 2


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"email": "zoe"}, 422),
        ({"email": "zo\0e@example.fr"}, 422),
        ({"email": "administration@example.fr"}, 409),
        ({"roles": []}, 422),
        ({"roles": ["chef"]}, 422),
        ({"name": "Z" * 121}, 422),
    ],
)
def test_a_faulty_invitation_is_refused(boss: Staff, wrong: dict[str, Any], status: int) -> None:
    assert boss.send("POST", PEOPLE, json=ZOE | wrong).status_code == status


def test_an_invitation_waits_for_no_mail_server(resources: Resources) -> None:
    away = replace(resources.settings, mail_url="smtp://127.0.0.1:1")
    other = create_app(replace(resources, settings=away)).test_client()
    told = hired(resources, other, "administration").send("POST", PEOPLE, json=ZOE)
    assert (told.status_code, told.get_json()["letter"]) == (201, "leaving")


def test_an_invitation_that_is_refused_sends_nothing(boss: Staff, resources: Resources) -> None:
    invited(boss)
    assert boss.send("POST", PEOPLE, json=ZOE).status_code == 409
    assert len(arrived_links(resources)) == 1


def test_somebody_without_access_is_sent_no_link(boss: Staff, resources: Resources) -> None:
    path = invited(boss)
    assert change(boss, path, is_disabled=True).status_code == 200
    refused = boss.send("POST", f"{path}/invitation")
    assert (refused.status_code, refused.content_type) == (409, "application/problem+json")
    assert arrived_links(resources) == []


def test_a_person_is_changed_on_the_state_that_was_seen(boss: Staff) -> None:
    path = invited(boss)
    seen = boss.tag(path)
    assert boss.send("PATCH", path, json={"name": "Zoé B."}).status_code == 428
    changed = boss.send("PATCH", path, tag=seen, json={"name": "Zoé B.", "roles": ["guide"]})
    assert changed.headers["ETag"] == boss.tag(path) != seen
    assert (changed.get_json()["name"], changed.get_json()["roles"]) == ("Zoé B.", ["guide"])
    assert boss.send("PATCH", path, tag=seen, json={"name": "Zoé"}).status_code == 412
    assert change(boss, path, name=" ").status_code == 422
    assert change(boss, path, name="Zoé B.", roles=["guide"]).headers["ETag"] == boss.tag(path)
    assert actions(boss, subject=ZOES, action="person") == [
        "person.roles",
        "person.rename",
        "person.create",
    ]


def test_whoever_is_disabled_is_out_until_let_in_again(boss: Staff, bureau: Flask) -> None:
    desk = seated(bureau, "redaction", email=DESK)
    [zoe] = [each for each in boss.send("GET", PEOPLE).get_json() if each["email"] == DESK]
    path = f"{PEOPLE}/{zoe['id']}"
    assert change(boss, path, is_disabled=True).get_json()["is_disabled"] is True
    assert desk.get("/bureau/").status_code == 303
    assert change(boss, path, is_disabled=False).get_json()["is_disabled"] is False
    desk.sign_in(DESK)
    assert desk.get("/bureau/").status_code == 200
    assert boss.send("DELETE", f"{path}/sign-ins").status_code == 204
    assert desk.get("/bureau/").status_code == 303


def test_the_last_administrator_stays(boss: Staff) -> None:
    [own] = boss.send("GET", PEOPLE).get_json()
    path = f"{PEOPLE}/{own['id']}"
    assert change(boss, path, roles=["guide"]).status_code == 409
    assert change(boss, path, is_disabled=True).status_code == 409
    assert boss.send("GET", f"{PEOPLE}/999").status_code == 404


def test_the_log_is_read_by_whom_what_when_and_from_where(boss: Staff) -> None:
    invited(boss)
    hour = timedelta(hours=1)
    before, after = (str((datetime.now(UTC) + by).isoformat()) for by in (-hour, hour))
    assert actions(boss, who="administration@example.fr") == ["link.create", "person.create"]
    assert actions(boss, origin="command", action="person.create") == ["person.create"]
    assert actions(boss, action="perso") == []
    assert actions(boss, origin="page") == []
    assert actions(boss, since=after) == actions(boss, until=before) == []
    assert actions(boss, since=before, until=after) == actions(boss)
    assert actions(boss, page_size="1", page="99") == []


def test_the_log_takes_nothing(boss: Staff) -> None:
    assert {boss.send(method, AUDIT).status_code for method in ("POST", "PUT", "DELETE")} == {405}
