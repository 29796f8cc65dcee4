"""The lexicon over HTTP: on a state that is named, by people who may, with what it has spoken."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.changing import Staff, hired
from tourapp.accounts.models import AuditEvent
from tourapp.narration.rendering import open_renderer
from tourapp.resources import Resources

LEXICON = "/api/v1/lexicon"
TERRIL = {"written": "terril(s)", "lang": "fr", "said": "téri", "espeak": "ter'i"}


@pytest.fixture
def editor(spoken: Resources, client: FlaskClient) -> Staff:
    return hired(spoken, client, "redaction")


@pytest.fixture
def terril(editor: Staff) -> str:
    """Add an entry, and return its address."""
    return f"{LEXICON}/{editor.send('POST', LEXICON, json=TERRIL).json['id']}"


def _change(editor: Staff, path: str, **parts: object) -> TestResponse:
    return editor.send("PATCH", path, tag=editor.tag(path), json=parts)


def test_an_entry_is_added_and_says_how_many_narrations_follow(
    spoken: Resources, editor: Staff
) -> None:
    before = spoken.queue.pending_count()
    answer = editor.send("POST", LEXICON, json=TERRIL)
    assert answer.status_code == 201
    assert {key: answer.json[key] for key in TERRIL} == TERRIL
    assert answer.json["confirmed_by"] is None
    assert answer.json["narrations_wanted"] == open_renderer(spoken).count_due() == 3
    assert spoken.queue.pending_count() == before + 1


def test_an_entry_is_read_with_its_etag(editor: Staff, terril: str) -> None:
    answer = editor.send("GET", terril)
    assert answer.json["said"] == "téri"
    assert answer.headers["ETag"] == '"1"'
    assert answer.headers["Cache-Control"] == "no-store"


def test_entries_are_listed_by_page_language_and_words(editor: Staff) -> None:
    for written, lang in (("Loos", "fr"), ("Béthune", "fr"), ("Lens", "en")):
        editor.send("POST", LEXICON, json={"written": written, "lang": lang, "said": "mot"})
    whole = editor.send("GET", f"{LEXICON}?page_size=2")
    assert [each["written"] for each in whole.json] == ["Lens", "Béthune"]
    assert '"total": 3' in whole.headers["X-Pagination"]
    asked = [editor.send("GET", LEXICON + query).json for query in ("?q=BETHUNE", "?lang=en")]
    assert [[each["written"] for each in found] for found in asked] == [["Béthune"], ["Lens"]]


def test_a_change_says_how_many_narrations_follow(editor: Staff, terril: str) -> None:
    changed = _change(editor, terril, said="térile", espeak=None)
    assert (changed.status_code, changed.headers["ETag"]) == (200, '"2"')
    assert (changed.json["said"], changed.json["espeak"]) == ("térile", None)
    assert changed.json["narrations_wanted"] == 3
    assert _change(editor, terril, note="Une note.").json["narrations_wanted"] == 0


def test_a_removed_entry_is_gone_and_may_come_again(editor: Staff, terril: str) -> None:
    answer = editor.send("DELETE", terril, tag=editor.tag(terril))
    assert answer.json == {"narrations_wanted": 3}
    assert editor.send("GET", terril).status_code == 404
    assert editor.send("GET", LEXICON).json == []
    again = editor.send("POST", LEXICON, json=TERRIL)
    assert (again.status_code, again.headers["ETag"]) == (201, '"3"')


def test_a_confirmation_names_who_agrees_until_the_sound_changes(
    editor: Staff, terril: str
) -> None:
    path = f"{terril}/confirmation"
    mine = editor.send("POST", path, tag=editor.tag(terril), json={})
    assert mine.json["confirmed_by"] == "redaction@example.fr"
    theirs = editor.send("POST", path, tag=editor.tag(terril), json={"by": "Mme Dubois"})
    assert (theirs.json["confirmed_by"], theirs.status_code) == ("Mme Dubois", 200)
    assert theirs.json["confirmed_at"]
    assert _change(editor, terril, note="Une note.").json["confirmed_by"] == "Mme Dubois"
    assert _change(editor, terril, said="autre").json["confirmed_by"] is None


@pytest.mark.parametrize(
    ("method", "more", "json"),
    [("PATCH", "", {"said": "x"}), ("DELETE", "", None), ("POST", "/confirmation", {})],
)
def test_a_change_names_the_state_that_it_is_made_on(
    editor: Staff, terril: str, method: str, more: str, json: object
) -> None:
    assert editor.send(method, terril + more, json=json).status_code == 428
    tag = editor.tag(terril)
    _change(editor, terril, said="autre")
    assert editor.send(method, terril + more, tag=tag, json=json).status_code == 412
    assert editor.send("GET", terril).json["said"] == "autre"


@pytest.mark.parametrize(
    ("parts", "where"),
    [
        ({"said": "x" * 201}, "json.said"),
        ({"lang": "tlh"}, "json.lang"),
        ({"written": "\0"}, "json.written"),
        ({"pattern": "(a+)+$"}, "json.pattern"),
        ({"said": None}, "json.said"),
    ],
)
def test_a_wrong_part_is_named(editor: Staff, parts: dict[str, object], where: str) -> None:
    answer = editor.send("POST", LEXICON, json=TERRIL | parts)
    assert answer.status_code == 422
    assert answer.json["errors"][0]["where"] == where


@pytest.mark.parametrize(
    "parts", [{"said": "3"}, {"espeak": "[[a]]"}, {"written": "((a+)+)+"}, {"written": " "}]
)
def test_what_cannot_be_said_is_refused_with_its_reason(
    editor: Staff, parts: dict[str, str]
) -> None:
    answer = editor.send("POST", LEXICON, json=TERRIL | parts)
    assert (answer.status_code, answer.content_type) == (422, "application/problem+json")
    assert "expected" in answer.json["detail"]
    assert editor.send("GET", LEXICON).json == []


@pytest.mark.parametrize("written", ["terril(s)", "terrils", "terril"])
def test_a_form_that_another_entry_says_is_a_conflict(
    editor: Staff, terril: str, written: str
) -> None:
    answer = editor.send("POST", LEXICON, json=TERRIL | {"written": written})
    assert answer.status_code == 409
    assert f"entry {terril.rpartition('/')[2]} says 'terril(s)'" in answer.json["detail"]


def test_the_lexicon_is_for_those_who_write(spoken: Resources, client: FlaskClient) -> None:
    assert client.get(LEXICON).status_code == 401
    guide = hired(spoken, client, "guide")
    assert guide.send("POST", LEXICON, json=TERRIL).status_code == 403
    publisher = hired(spoken, client, "publication")
    missing = [publisher.send("GET", f"{LEXICON}/{key}").status_code for key in ("9", "9" * 30)]
    assert missing == [404, 404]


def test_every_change_is_in_the_log(spoken: Resources, editor: Staff, terril: str) -> None:
    _change(editor, terril, said="autre")
    editor.send("POST", f"{terril}/confirmation", tag=editor.tag(terril), json={})
    editor.send("DELETE", terril, tag=editor.tag(terril))
    with spoken.database.reading() as session:
        mine = select(AuditEvent).where(AuditEvent.origin == "api").order_by(AuditEvent.id)
        events = session.scalars(mine).all()
    actions = ["create", "change", "confirm", "remove"]
    assert [event.action for event in events] == [f"lexicon.{each}" for each in actions]
    assert {event.subject for event in events} == {"fr/terril(s)"}
    assert events[1].detail == {
        "said": "autre",
        "espeak": "ter'i",
        "piper": None,
        "narrations_wanted": 3,
    }
