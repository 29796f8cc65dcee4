"""Every view of the bureau against every role; a view that is not listed here fails."""

from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import Rule

from tests.staff.desk import Desk, new_desk, seated
from tourapp.accounts.permissions import ROLES, granted
from tourapp.accounts.signing.guards import ANYONE, MEMBER, access_of, register_guard

ACCESS = {
    "account.overview": MEMBER,
    "account.post_confirmation": MEMBER,
    "account.post_device_end": MEMBER,
    "account.post_every_device_end": MEMBER,
    "account.post_password": MEMBER,
    "account.post_recovery_codes": MEMBER,
    "account.post_second_factor": MEMBER,
    "account.post_second_factor_end": MEMBER,
    "account.post_token": MEMBER,
    "account.post_token_end": MEMBER,
    "account.second_factor": MEMBER,
    "account.tokens": MEMBER,
    "audience.period": "audience:read",
    "audience.sheet": "audience:read",
    "bureau.home": MEMBER,
    "company.post_presence": "stops:draft",
    "files.one_import": "stops:publish",
    "files.overview": "stops:draft",
    "files.post_abandon": "stops:publish",
    "files.post_application": "stops:publish",
    "files.post_import": "stops:publish",
    "files.take_out": "stops:draft",
    "lexicon.entries": "lexicon:write",
    "lexicon.new": "lexicon:write",
    "lexicon.one": "lexicon:write",
    "lexicon.post_change": "lexicon:write",
    "lexicon.post_confirmation": "lexicon:write",
    "lexicon.post_entry": "lexicon:write",
    "lexicon.post_listening": "lexicon:write",
    "lexicon.post_removal": "lexicon:write",
    "building.builder": "itineraries:write",
    "building.post_step": "itineraries:write",
    "building.post_undo": "itineraries:write",
    "drafting.draft": "itineraries:write",
    "drafting.post_file": "itineraries:write",
    "guiding.file": "itineraries:write",
    "guiding.new": "itineraries:write",
    "guiding.post_copy": "itineraries:write",
    "guiding.post_new": "itineraries:write",
    "guiding.shelf": "itineraries:write",
    "leading.plan": "itineraries:write",
    "leading.post_calendar": "itineraries:write",
    "leading.post_deletion": "itineraries:write",
    "leading.post_new": "itineraries:write",
    "leading.post_plan": "itineraries:write",
    "leading.summary": "itineraries:write",
    "leading.walk": "itineraries:write",
    "leading.walks": "itineraries:write",
    "leading.new": "itineraries:write",
    "papers.road_book": "itineraries:write",
    "listening.listen": "stops:draft",
    "managing.log": "people:manage",
    "managing.people": "people:manage",
    "managing.post_end": "people:manage",
    "managing.post_link": "people:manage",
    "managing.post_person": "people:manage",
    "managing.post_return": "people:manage",
    "managing.post_roles": "people:manage",
    "photographs.gallery": "stops:draft",
    "photographs.one": "stops:draft",
    "photographs.post_forwards": "stops:publish",
    "photographs.post_picture": "stops:publish",
    "photographs.post_removal": "stops:publish",
    "photographs.post_words": "stops:publish",
    "places.place": "stops:draft",
    "places.post_closure": "stops:publish",
    "places.post_opening": "stops:publish",
    "places.post_position": "stops:publish",
    "plates.batch": "signs:manage",
    "plates.order": "signs:manage",
    "plates.post_order": "signs:manage",
    "observations.listed": "observations:read",
    "observations.one": "observations:read",
    "observations.report": "observations:read",
    "observations.sheet_of_answers": "observations:read",
    "observations.post_answer": "observations:moderate",
    "observations.post_decision": "observations:moderate",
    "recordings.listed": "stops:draft",
    "recordings.post_recording": "stops:publish",
    "recordings.post_withdrawal": "stops:publish",
    "reports.listed": "signs:manage",
    "reports.post_close": "signs:manage",
    "rounds.shown": "signs:manage",
    "rounds.taken": "signs:manage",
    "reviewing.post_comment": "stops:draft",
    "reviewing.post_reply": "stops:draft",
    "reviewing.post_request": "stops:draft",
    "reviewing.post_settlement": "stops:draft",
    "reviewing.post_verdict": "stops:publish",
    "shelving.archives": "stops:draft",
    "shelving.copy": "stops:publish",
    "shelving.post_archive": "stops:publish",
    "shelving.post_copy": "stops:publish",
    "shelving.post_return": "stops:publish",
    "sources.listed": "stops:draft",
    "sources.post_lines": "stops:publish",
    "sources.post_sources": "stops:publish",
    "sharing.overview": "itineraries:write",
    "sharing.post_deletion": "itineraries:write",
    "sharing.post_editor": "itineraries:write",
    "sharing.post_editor_end": "itineraries:write",
    "sharing.post_visibility": "itineraries:write",
    "signing.code": ANYONE,
    "signing.forgotten": ANYONE,
    "signing.link": ANYONE,
    "signing.post_code": ANYONE,
    "signing.post_forgotten": ANYONE,
    "signing.post_link": ANYONE,
    "signing.post_sign_in": ANYONE,
    "signing.sign_in": ANYONE,
    "signing.sign_out": MEMBER,
    "signs.one": "signs:manage",
    "signs.post_check": "signs:manage",
    "signs.post_description": "signs:manage",
    "signs.post_move": "signs:manage",
    "signs.post_photo": "signs:manage",
    "signs.post_photo_end": "signs:manage",
    "signs.post_retirement": "signs:manage",
    "signs.post_return": "signs:manage",
    "signs.post_sign": "signs:manage",
    "signs.register": "signs:manage",
    "tapping.phones": "itineraries:write",
    "tapping.post_arrival": "itineraries:write",
    "tapping.post_departure": "itineraries:write",
    "tapping.post_end": "itineraries:write",
    "versions.line": "stops:draft",
    "versions.one": "stops:draft",
    "versions.post_end": "stops:publish",
    "versions.post_end_cleared": "stops:publish",
    "versions.post_publication": "stops:publish",
    "versions.post_schedule": "stops:publish",
    "versions.post_taking_up": "stops:draft",
    "versions.post_unschedule": "stops:publish",
    "versions.post_withdrawal": "stops:publish",
    "ways.post_path": "itineraries:write",
    "ways.post_path_end": "itineraries:write",
    "ways.way": "itineraries:write",
    "writing.edit": "stops:draft",
    "writing.post_discard": "stops:draft",
    "writing.post_draft": "stops:draft",
    "writing.post_listening": "stops:draft",
    "writing.post_measures": "stops:draft",
    "writing.post_publication": "stops:publish",
    "writing.post_revision": "stops:draft",
    "writing.preview": "stops:draft",
    "writing.stops": "stops:draft",
}

PARTS = {
    "walk_id": 999,
    "place": 2,
    "file": "nowhere.jpg",
    "which": 0,
    "name": "arrets.csv",
    "import_id": "none",
    "number": 1,
    "comment_id": 999,
    "slug": "nowhere",
    "lang": "fr",
    "variant": "standard",
    "preview_id": "none",
    "person_id": 999,
    "batch_id": "none",
    "code": "ZZZZZZ",
    "entry_id": 999,
    "form": "csv",
    "observation_id": 999,
    "part": "day",
    "photo_id": 999,
    "recording_id": 999,
    "report_id": 999,
    "sign_in_id": 999,
    "token_id": 999,
    "secret": "none",
}
DOOR = "/bureau/entrer"


def routes(bureau: Flask) -> list[Rule]:
    rules = sorted(bureau.url_map.iter_rules(), key=lambda rule: rule.endpoint)
    return [rule for rule in rules if rule.endpoint.rpartition(".")[2] != "static"]


def address(bureau: Flask, rule: Rule) -> str:
    with bureau.test_request_context():
        parts: Any = {name: PARTS[name] for name in rule.arguments}
        return bureau.url_for(rule.endpoint, **parts)


def outcome(bureau: Flask, rule: Rule, desk: Desk) -> str:
    """Ask for a view, and tell in a word what came of it."""
    path = address(bureau, rule)
    is_post = "POST" in (rule.methods or ())
    answer = desk.send(path) if is_post else desk.get(path)
    answer.close()
    if answer.status_code >= 500:
        return f"broken by {path}"
    if answer.status_code == 403:
        return "refused"
    if answer.status_code == 401:
        return "asked to sign in"
    is_to_the_door = answer.status_code == 303 and answer.location.startswith(f"{DOOR}?suite=")
    return "asked to sign in" if is_to_the_door else "let in"


def test_every_view_is_listed_with_what_it_asks_for(bureau: Flask) -> None:
    assert {rule.endpoint: access_of(bureau, rule.endpoint) for rule in routes(bureau)} == ACCESS


def test_a_view_that_declares_nothing_keeps_the_bureau_shut() -> None:
    app = Flask("undeclared")
    app.add_url_rule("/open", "open", lambda: "everybody's")
    with pytest.raises(LookupError, match="open does not say who may open it"):
        register_guard(app, None)  # type: ignore[arg-type] # nobody is asked


def test_whoever_is_not_signed_in_sees_the_door_alone(bureau: Flask) -> None:
    # Its own code wants a password first, by its own refusal.
    asked = {
        rule.endpoint: outcome(bureau, rule, new_desk(bureau))
        for rule in routes(bureau)
        if rule.endpoint != "signing.post_code"
    }
    expected = {
        endpoint: "let in" if ACCESS[endpoint] == ANYONE else "asked to sign in"
        for endpoint in asked
    }
    assert asked == expected


@pytest.mark.parametrize("role", ROLES)
def test_a_role_opens_what_it_permits_and_nothing_else(bureau: Flask, role: str) -> None:
    open_to = granted([role]) | {ANYONE, MEMBER}
    asked = {
        rule.endpoint: outcome(bureau, rule, seated(bureau, role))
        for rule in routes(bureau)
        if rule.endpoint != "signing.post_code"
    }
    expected = {
        endpoint: "let in" if ACCESS[endpoint] in open_to else "refused" for endpoint in asked
    }
    assert asked == expected


def test_no_form_is_heard_without_its_token(bureau: Flask) -> None:
    posts = [rule for rule in routes(bureau) if "POST" in (rule.methods or ())]
    desk = seated(bureau, "administration")
    assert posts
    refused = [desk.client.post(address(bureau, rule)) for rule in posts]
    assert {answer.status_code for answer in refused} == {400}
    assert all("Ce formulaire a trop attendu" in answer.text for answer in refused)


def test_each_refusal_is_logged(bureau: Flask, caplog: pytest.LogCaptureFixture) -> None:
    seated(bureau, "guide").get("/bureau/personnes")
    new_desk(bureau).get("/bureau/compte")
    assert [record.getMessage() for record in caplog.records] == [
        "refused: GET /bureau/personnes",
        "refused: GET /bureau/compte without a sign-in",
    ]
