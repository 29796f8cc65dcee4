"""Every route of the API against every role: a route that names no permission is listed as open."""

import inspect
import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from tests.changing import Staff, hired
from tourapp.accounts.permissions import PERMISSIONS, ROLES, granted
from tourapp.accounts.secrets import digest_of
from tourapp.resources import Resources

OPEN = {
    "api-docs.openapi_json",
    "api_docs",
    "audience.post_play",
    "itineraries.get_itineraries",
    "itineraries.get_one",
    "itineraries.get_proposal",
    "itinerary_files.get_csv",
    "itinerary_files.get_geojson",
    "itinerary_files.get_geotrek",
    "itinerary_files.get_gpx",
    "itinerary_files.get_ics",
    "itinerary_files.get_kml",
    "narrations.get_narration",
    "observations.get_observations",
    "observations.post_observation",
    "reports.post_report",
    "road_books.get_road_book",
    "signs.get_qr_png",
    "signs.get_qr_svg",
    "stops.get_geojson",
    "stops.get_stop",
    "stops.list_stops",
    "tours.get_tour",
    "walks.get_calendar",
}
# Visitors' pages know nobody: one that is to be for somebody alone belongs in the bureau.
PAGES = {
    "assets.static",
    "finding.stop_list",
    "finding.stop_map",
    "found.podcast",
    "found.robots",
    "found.sitemap",
    "health.livez",
    "health.readyz",
    "joining.door",
    "joining.post_phone",
    "joining.state",
    "joining.walk",
    "joining.walk_in_capitals",
    "media.media_file",
    "noticing.observations",
    "noticing.post_observation",
    "noticing.thanks",
    "offline.manifest",
    "offline.service_worker",
    "offline.take_along",
    "offline.take_itinerary_along",
    "offline.without_signal",
    "pages.easy_stop",
    "pages.home",
    "pages.home_in",
    "pages.sign",
    "pages.stop",
    "reporting.ask_again",
    "reporting.report",
    "statements.accessibility",
    "statements.privacy",
    "static",
    "touring.itineraries",
    "touring.itinerary",
    "touring.sitemap",
    "touring.unlisted_itinerary",
}
GUARD = re.compile(r"\b(?:acting|looking)\(\s*([\w.\"':]+)")
PARTS = {"slug": "terril", "lang": "fr", "variant": "standard", "code": "7K2M9Q", "walk_id": 999}


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """Return one of one kind: who may do what is the same with any."""
    return sqlite_url


def routes(app: Flask) -> list[Rule]:
    rules = sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule)
    return [rule for rule in rules if rule.rule.startswith("/api/") and rule.endpoint not in OPEN]


def permission_of(app: Flask, rule: Rule) -> str | None:
    """Return the permission that a view asks for in its own words."""
    view = inspect.unwrap(app.view_functions[rule.endpoint])
    named = view.__globals__
    beside = [named[name] for name in view.__code__.co_names if is_beside(named.get(name), view)]
    asked = {
        str(eval(name, named))  # noqa: S307 -- a name, or a string, of our own code
        for code in (view, *beside)
        for name in GUARD.findall(inspect.getsource(code))
    }
    return asked.pop() if len(asked) == 1 else None


def is_beside(thing: object, view: Callable[..., object]) -> bool:
    """Tell whether something is a function of the view's own module."""
    return inspect.isfunction(thing) and thing.__module__ == view.__module__


def asked(app: Flask, rule: Rule, token: str = "") -> int:
    """Ask for a route under a token, and return the status."""
    with app.test_request_context():
        parts = {name: PARTS.get(name, "1") for name in rule.arguments}
        path = app.url_map.bind("localhost").build(rule.endpoint, parts)
    [method] = (rule.methods or set()) - {"HEAD", "OPTIONS"}
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    body: dict[str, str] | None = None if method in {"GET", "DELETE"} else {}
    return app.test_client().open(path, method=method, headers=headers, json=body).status_code


def test_every_route_that_is_not_open_asks_for_one_permission(app: Flask) -> None:
    unguarded = [
        rule.endpoint for rule in routes(app) if permission_of(app, rule) not in PERMISSIONS
    ]
    assert unguarded == []


def test_whatever_changes_something_is_open_by_decision_only(app: Flask) -> None:
    changing = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if (rule.methods or set()) - {"GET", "HEAD", "OPTIONS"} and rule.endpoint in OPEN
    }
    assert changing == {
        "audience.post_play",
        "observations.post_observation",
        "reports.post_report",
    }


def test_without_a_token_nobody_gets_in(app: Flask) -> None:
    let_in = {rule.endpoint: asked(app, rule) for rule in routes(app)}
    # What is sent may be looked at before who sends it: it is refused all the same.
    assert {name: status for name, status in let_in.items() if status not in {401, 422}} == {}


def test_each_refusal_is_logged_with_who_asked_and_no_secret(
    client: FlaskClient, seeded: Resources, caplog: pytest.LogCaptureFixture
) -> None:
    guide, unknown = hired(seeded, client, "guide"), Staff(client, "tour_nobody-s")
    for person in (guide, unknown):
        person.send("GET", "/api/v1/people")
    client.get("/api/v1/people")
    told = [vars(record) for record in caplog.records]
    assert [record.getMessage() for record in caplog.records] == ["refused: GET /api/v1/people"] * 3
    assert told[0]["person_id"]
    assert told[0]["permission"] == "people:manage"
    assert told[1]["token"] == digest_of(unknown.token)[:12]
    assert not {"person_id", "token"} & set(told[2])
    assert not any(person.token in str(told) for person in (guide, unknown))


def test_every_page_of_visitors_is_open_by_decision(app: Flask) -> None:
    pages = {
        rule.endpoint for rule in app.url_map.iter_rules() if not rule.rule.startswith("/api/")
    }
    assert pages == PAGES


@pytest.mark.parametrize("role", ROLES)
def test_a_role_opens_what_it_permits_and_nothing_else(
    app: Flask, client: FlaskClient, seeded: Resources, role: str
) -> None:
    token = hired(seeded, client, role).token
    permitted = granted([role])
    wrong = {}
    for rule in routes(app):
        status = asked(app, rule, token)
        is_permitted = permission_of(app, rule) in permitted
        is_right = status not in {401, 403} if is_permitted else status in {403, 422}
        if not is_right:
            wrong[rule.endpoint] = status
    assert wrong == {}
