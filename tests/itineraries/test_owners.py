"""Every route of one itinerary and of one led walk, against whose it is and who sees it."""

from typing import Any, Literal

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from tests.changing import Staff, hired
from tests.itineraries.test_api import ITINERARIES, LOOP, NEW
from tests.itineraries.test_paths import GPX
from tests.itineraries.walks.conftest import PLAN, WALKS
from tests.test_permissions import OPEN
from tourapp.resources import Resources

Visibility = Literal["private", "unlisted", "published"]

HALTS = [{"stop": "terril"}, {"stop": "arret-2"}]
# What gets as far as the question whose it is; anything else is sent an empty object.
BODIES: dict[str, Any] = {
    "itineraries.patch_itinerary": {"title": "Mienne"},
    "itineraries.put_visibility": {"visibility": "private"},
    "itineraries.put_editors": {"editors": []},
    "walks.post_arrival": {"position": 1},
    "walks.patch_walk": {"meeting": "Ailleurs."},
}
FORMER = "99"


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """Return one of one kind: whose something is is the same with any."""
    return sqlite_url


@pytest.fixture
def people(seeded: Resources, client: FlaskClient) -> dict[str, Staff]:
    """Have a guide make an itinerary that a second one may change, and lead a walk of it."""
    found = {
        "owner": hired(seeded, client, "guide"),
        "editor": hired(seeded, client, "guide", email="aussi@example.fr"),
        "other": hired(seeded, client, "guide", email="autre@example.fr"),
        "administration": hired(seeded, client, "administration"),
        "nobody": Staff(client, ""),
    }
    owner = found["owner"]
    made = owner.send("POST", ITINERARIES, json=NEW | {"halts": HALTS})
    assert made.status_code == 201
    shared = {"editors": ["aussi@example.fr"]}
    owner.send("PUT", f"{LOOP}/editors", tag=owner.tag(LOOP), json=shared)
    assert owner.send("POST", WALKS, json=PLAN).status_code == 201
    return found


def rules(app: Flask, start: str) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if rule.rule.startswith(start)]


def method_of(rule: Rule) -> str:
    [method] = (rule.methods or set()) - {"HEAD", "OPTIONS"}
    return method


def asked(person: Staff, rule: Rule) -> int:
    """Ask for a route on a state that is no more: whoever may change it is told so (412)."""
    path = rule.rule.replace("<slug>", "la-boucle").replace("<whole:walk_id>", "1")
    path, method = path.replace("<whole:position>/path", "2/path?source=GPS"), method_of(rule)
    path += "?start=2026-12-05T10:00:00%2B01:00" if path.endswith(".ics") else ""
    headers = {} if method == "GET" else {"If-Match": f'"{FORMER}"'}
    if person.token:
        headers["Authorization"] = f"Bearer {person.token}"
    sent: dict[str, Any] = {} if method == "GET" else {"json": BODIES.get(rule.endpoint, {})}
    if rule.rule.endswith("/path"):
        sent = {"data": GPX}
    answer = person.client.open(path, method=method, headers=headers, **sent)
    answer.close()
    return answer.status_code


def outcome(status: int) -> str:
    """Tell in a word what came of it; an itinerary that is a little bare is still shown."""
    refused = {401: "who are you?", 403: "not yours", 404: "not found"}
    assert status < 500
    return refused.get(status, "changed meanwhile" if status == 412 else "done")


@pytest.mark.parametrize("visibility", ["private", "unlisted", "published"])
def test_an_itinerary_is_read_by_whom_it_is_shown_and_changed_by_its_authors(
    app: Flask, people: dict[str, Staff], visibility: Visibility
) -> None:
    owner = people["owner"]
    told = {"visibility": visibility}
    shown = owner.send("PUT", f"{LOOP}/visibility", tag=owner.tag(LOOP), json=told)
    assert shown.status_code == 200, shown.json
    is_published = visibility == "published"
    wrong = {}
    for rule in rules(app, f"{ITINERARIES}/<slug>"):
        is_read = method_of(rule) == "GET" or rule.endpoint == "itineraries.copy_itinerary"
        for who, person in people.items():
            if who == "nobody" and rule.endpoint not in OPEN:
                expected = "who are you?"
            elif who in {"owner", "editor", "administration"}:
                expected = "done" if is_read else "changed meanwhile"
            elif not is_published:
                expected = "not found"
            else:
                expected = "done" if is_read else "not yours"
            if (came := outcome(asked(person, rule))) != expected:
                wrong[rule.endpoint, who] = came, expected
    assert wrong == {}


def test_a_walk_is_its_guide_s_and_the_administration_s(
    app: Flask, people: dict[str, Staff]
) -> None:
    wrong = {}
    found = rules(app, f"{WALKS}/<whole:walk_id>")
    for rule in found:
        for who, person in people.items():
            came = outcome(asked(person, rule))
            expected = {"nobody": {"who are you?"}, "other": {"not found"}, "editor": {"not found"}}
            if came not in expected.get(who, {"done", "changed meanwhile"}):
                wrong[rule.endpoint, who] = came
    assert found
    assert wrong == {}
