"""Changing stops over HTTP: drafts, revisions and publication, on a state that is named."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.changing import STOP, Staff, hired
from tourapp.accounts.models import AuditEvent
from tourapp.resources import Resources


@pytest.fixture
def editor(seeded: Resources, client: FlaskClient) -> Staff:
    return hired(seeded, client, "redaction")


@pytest.fixture
def publisher(seeded: Resources, client: FlaskClient) -> Staff:
    return hired(seeded, client, "publication")


def _submitted(staff: Staff, **parts: str) -> int:
    """Write and submit a draft, and return the number of its revision."""
    draft = f"{STOP}/draft"
    staff.send("PATCH", STOP, tag=staff.tag(draft), json=parts)
    number: int = staff.send("POST", f"{STOP}/revisions", tag=staff.tag(draft)).json["number"]
    return number


def test_a_draft_is_seen_by_its_writer_alone(client: FlaskClient, editor: Staff) -> None:
    answer = editor.send("PATCH", STOP, tag=editor.tag(f"{STOP}/draft"), json={"title": "Neuf"})
    assert answer.status_code == 200
    assert answer.json["content"]["title"] == "Neuf"
    assert answer.json["content"]["lede"] == "Une montagne faite à la main."
    assert editor.send("GET", f"{STOP}/draft").json["is_begun"] is True
    assert client.get(STOP).json["title"] == "Montée du terril"


def test_two_writers_have_a_draft_each(
    seeded: Resources, client: FlaskClient, editor: Staff
) -> None:
    other = hired(seeded, client, "redaction", email="autre@example.fr")
    editor.send("PATCH", STOP, tag=editor.tag(f"{STOP}/draft"), json={"title": "Mien"})
    assert other.send("GET", f"{STOP}/draft").json["content"]["title"] == "Montée du terril"


def test_a_change_that_names_no_state_is_refused(editor: Staff) -> None:
    answer = editor.send("PATCH", STOP, json={"title": "Neuf"})
    assert (answer.status_code, answer.content_type) == (428, "application/problem+json")


def test_a_change_on_a_former_state_is_refused_and_loses_nothing(editor: Staff) -> None:
    tag = editor.tag(f"{STOP}/draft")
    editor.send("PATCH", STOP, tag=tag, json={"title": "Premier"})
    answer = editor.send("PATCH", STOP, tag=tag, json={"title": "Second"})
    assert answer.status_code == 412
    assert editor.send("GET", f"{STOP}/draft").json["content"]["title"] == "Premier"


def test_a_submitted_draft_waits_as_a_revision(client: FlaskClient, editor: Staff) -> None:
    number = _submitted(editor, title="Neuf")
    revisions = editor.send("GET", f"{STOP}/revisions").json
    assert [(each["number"], each["is_published"]) for each in revisions] == [
        (number, False),
        (1, True),
    ]
    assert revisions[0]["origin"] == "staff"
    assert editor.send("GET", f"{STOP}/draft").json["is_begun"] is False
    assert client.get(STOP).json["title"] == "Montée du terril"


def test_a_revision_by_another_makes_a_draft_stale(
    seeded: Resources, client: FlaskClient, editor: Staff
) -> None:
    other = hired(seeded, client, "redaction", email="autre@example.fr")
    tag = other.tag(f"{STOP}/draft")
    _submitted(editor, title="Neuf")
    assert other.send("PATCH", STOP, tag=tag, json={"title": "Autre"}).status_code == 412


def test_nothing_to_submit_is_said(editor: Staff) -> None:
    answer = editor.send("POST", f"{STOP}/revisions", tag=editor.tag(f"{STOP}/draft"))
    assert answer.status_code == 404
    assert "no draft" in answer.json["detail"]


def test_an_incomplete_translation_is_not_submitted(editor: Staff) -> None:
    draft = f"{STOP}/draft?lang=en"
    editor.send("PATCH", f"{STOP}?lang=en", tag=editor.tag(draft), json={"title": "The hill"})
    answer = editor.send("POST", f"{STOP}/revisions?lang=en", tag=editor.tag(draft))
    assert answer.status_code == 422
    assert "lede" in answer.json["detail"]


def test_a_new_translation_is_written_submitted_and_published(
    client: FlaskClient, publisher: Staff
) -> None:
    parts = {**publisher.send("GET", f"{STOP}/draft").json["content"], "title": "The hill"}
    draft = f"{STOP}/draft?lang=en"
    publisher.send("PATCH", f"{STOP}?lang=en", tag=publisher.tag(draft), json=parts)
    submitted = publisher.send("POST", f"{STOP}/revisions?lang=en", tag=publisher.tag(draft))
    tag = submitted.headers["ETag"]
    publisher.send("POST", f"{STOP}/publish?lang=en", tag=tag, json={"revision": 1})
    assert client.get(f"{STOP}?lang=en").json["title"] == "The hill"


def test_a_published_revision_is_seen_at_once(client: FlaskClient, publisher: Staff) -> None:
    number = _submitted(publisher, title="Neuf")
    tag = publisher.tag(f"{STOP}/revisions")
    answer = publisher.send("POST", f"{STOP}/publish", tag=tag, json={"revision": number})
    assert answer.json["is_published"] is True
    assert client.get(STOP).json["title"] == "Neuf"
    assert "Neuf" in client.get("/").text


def test_publishing_has_a_worker_told(seeded: Resources, publisher: Staff) -> None:
    before = seeded.queue.pending_count()
    tag = publisher.tag(f"{STOP}/revisions")
    publisher.send("POST", f"{STOP}/publish", tag=tag, json={"revision": 1})
    assert seeded.queue.pending_count() == before + 1


def test_two_who_publish_on_one_state_do_not_both_succeed(publisher: Staff) -> None:
    tag = publisher.tag(f"{STOP}/revisions")
    first = publisher.send("POST", f"{STOP}/publish", tag=tag, json={"revision": 1})
    second = publisher.send("POST", f"{STOP}/publish", tag=tag, json={"revision": 1})
    assert (first.status_code, second.status_code) == (200, 412)


def test_a_withdrawn_narrative_is_hidden_and_kept(client: FlaskClient, publisher: Staff) -> None:
    revisions = f"{STOP}/revisions"
    answer = publisher.send("DELETE", f"{STOP}/publication", tag=publisher.tag(revisions))
    assert answer.status_code == 204
    assert client.get(STOP).status_code == 404
    assert publisher.send("GET", revisions).json[0]["is_published"] is False
    again = publisher.send("DELETE", f"{STOP}/publication", tag=answer.headers["ETag"])
    assert again.status_code == 404


@pytest.mark.parametrize(
    ("method", "path", "json"),
    [
        ("GET", f"{STOP}/draft", None),
        ("PATCH", STOP, {"title": "Neuf"}),
        ("GET", f"{STOP}/revisions", None),
        ("POST", f"{STOP}/revisions", None),
        ("POST", f"{STOP}/publish", {"revision": 1}),
        ("DELETE", f"{STOP}/publication", None),
    ],
)
def test_nobody_changes_anything_without_a_token(
    client: FlaskClient, method: str, path: str, json: object
) -> None:
    answer = client.open(path, method=method, json=json, headers={"If-Match": '"1"'})
    assert answer.status_code == 401
    assert answer.content_type == "application/problem+json"
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_writer_may_not_publish(editor: Staff) -> None:
    tag = editor.tag(f"{STOP}/revisions")
    answer = editor.send("POST", f"{STOP}/publish", tag=tag, json={"revision": 1})
    assert answer.status_code == 403
    assert "stops:publish" in answer.json["detail"]


def test_a_guide_may_not_write(seeded: Resources, client: FlaskClient) -> None:
    guide = hired(seeded, client, "guide")
    assert guide.send("GET", f"{STOP}/draft").status_code == 403


@pytest.mark.parametrize(
    "parts",
    [{"titre": "x"}, {"title": "x" * 121}, {"title": 3}, {"title": "\0"}],
)
def test_a_wrong_part_is_named(editor: Staff, parts: dict[str, object]) -> None:
    answer = editor.send("PATCH", STOP, tag='"1.0"', json=parts)
    assert answer.status_code == 422
    assert "tit" in answer.json["errors"][0]["where"]


def test_half_a_character_is_refused(editor: Staff) -> None:
    headers = {"Authorization": f"Bearer {editor.token}", "If-Match": '"1.0"'}
    body = b'{"title": "\\ud800"}'
    answer = editor.client.patch(STOP, data=body, headers=headers, content_type="application/json")
    assert answer.status_code == 422


def test_what_does_not_exist_is_not_found(publisher: Staff) -> None:
    assert publisher.send("GET", "/api/v1/stops/nulle-part/draft").status_code == 404
    assert publisher.send("GET", f"{STOP}/revisions?lang=nl").status_code == 404
    tag = publisher.tag(f"{STOP}/revisions")
    answer = publisher.send("POST", f"{STOP}/publish", tag=tag, json={"revision": 9})
    assert answer.status_code == 404


def test_every_change_is_in_the_log_with_its_author(seeded: Resources, publisher: Staff) -> None:
    number = _submitted(publisher, title="Neuf")
    tag = publisher.tag(f"{STOP}/revisions")
    tag = publisher.send("POST", f"{STOP}/publish", tag=tag, json={"revision": number}).headers[
        "ETag"
    ]
    publisher.send("DELETE", f"{STOP}/publication", tag=tag)
    with seeded.database.reading() as session:
        mine = select(AuditEvent).where(AuditEvent.origin == "api").order_by(AuditEvent.id)
        events = session.scalars(mine).all()
    assert [event.action for event in events] == [
        "revision.create",
        "narrative.publish",
        "narrative.withdraw",
    ]
    assert {event.who for event in events} == {"publication@example.fr"}
    assert all(event.request_id for event in events)


@pytest.mark.parametrize("change", ["publish", "schedule"])
def test_a_revision_has_a_number_that_databases_know(publisher: Staff, change: str) -> None:
    method = "POST" if change == "publish" else "PUT"
    sent = {"revision": 2**31, "at": "2026-12-01T08:00:00Z"}
    body = {"revision": 2**31} if change == "publish" else sent
    answer = publisher.send(method, f"{STOP}/{change}", tag=publisher.tag(STOP), json=body)
    assert answer.status_code == 422
