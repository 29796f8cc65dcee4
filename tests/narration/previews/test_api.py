"""Texts heard before they are saved: asked for over HTTP, and spoken by the worker."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select, update
from werkzeug.test import TestResponse

from tests.changing import Staff, hired
from tourapp.narration.models import Narration, Preview
from tourapp.narration.previews.previewing import open_previewer
from tourapp.narration.previews.services import KEPT_FOR, MOST_KEPT, MOST_WAITING
from tourapp.narration.sound import decode
from tourapp.resources import Resources

PREVIEW = "/api/v1/stops/terril/narrations/fr/preview"
HOST = "https://visite.example.fr"


@pytest.fixture
def editor(seeded: Resources, client: FlaskClient) -> Staff:
    return hired(seeded, client, "redaction")


def ask(staff: Staff, text: str = "Le terril est chaud.", *, path: str = PREVIEW) -> TestResponse:
    return staff.send("POST", path, json={"text": text})


def read(staff: Staff, asked: TestResponse) -> dict[str, Any]:
    document: dict[str, Any] = staff.send("GET", path_of(asked)).get_json()
    return document


def path_of(asked: TestResponse) -> str:
    return str(asked.json["url"].removeprefix(HOST))


def change(resources: Resources, **values: object) -> None:
    with resources.database.transaction() as session:
        session.execute(update(Preview).values(**values))


def test_a_text_is_accepted_and_the_answer_tells_where_to_ask(editor: Staff) -> None:
    asked = ask(editor)
    assert (asked.status_code, asked.json["state"]) == (202, "wanted")
    assert asked.headers["Location"] == asked.json["url"]
    assert asked.headers["Location"].startswith(f"{HOST}/api/v1/previews/")
    assert (asked.headers["Retry-After"], asked.headers["Cache-Control"]) == ("1", "no-store")
    assert read(editor, asked) == asked.json


def test_a_worker_is_told_of_it(seeded: Resources, editor: Staff) -> None:
    before = seeded.queue.pending_count()
    ask(editor)
    assert seeded.queue.pending_count() == before + 1


def test_the_worker_speaks_it_before_anything_else(seeded: Resources, editor: Staff) -> None:
    ask(editor)
    seeded.queue.execute(seeded.queue.dequeue())
    with seeded.database.reading() as session:
        preview = session.scalars(select(Preview)).one()
        first = session.scalars(select(func.min(Narration.rendered_at))).one()
    assert first
    assert preview.state == "ready"
    assert preview.ends_at - KEPT_FOR < first


def test_a_spoken_preview_is_heard_with_its_sentences(seeded: Resources, editor: Staff) -> None:
    asked = ask(editor, "Il y a 21 espèces.\n\nÉcoutez.")
    open_previewer(seeded).speak_wanted()
    spoken = read(editor, asked)
    assert (spoken["state"], spoken["engine"], spoken["reason"]) == ("ready", "espeak", None)
    assert [cue["text"] for cue in spoken["cues"]] == ["Il y a 21 espèces.", "Écoutez."]
    for file in spoken["files"]:
        sound = editor.client.get(file["url"]).data
        assert len(sound) == file["bytes"]
        assert decode(sound).duration_s == pytest.approx(spoken["duration_s"], abs=0.2)


def test_who_asks_while_it_is_made_is_told_when_to_ask_again(editor: Staff) -> None:
    path = path_of(ask(editor))
    assert editor.send("GET", path).headers["Retry-After"] == "1"


def test_a_ready_preview_is_asked_for_no_more(seeded: Resources, editor: Staff) -> None:
    path = path_of(ask(editor))
    open_previewer(seeded).speak_wanted()
    assert "Retry-After" not in editor.send("GET", path).headers


def test_nothing_of_it_reaches_visitors(seeded: Resources, editor: Staff) -> None:
    before = editor.client.get("/api/v1/stops/terril").json
    ask(editor)
    open_previewer(seeded).speak_wanted()
    assert editor.client.get("/api/v1/stops/terril").json == before


def test_a_language_that_has_no_narrative_yet_can_be_heard(
    seeded: Resources, editor: Staff
) -> None:
    asked = ask(editor, "The hill is warm.", path=PREVIEW.replace("/fr/", "/nl/"))
    open_previewer(seeded).speak_wanted()
    assert read(editor, asked)["voice"] == "nl"


def test_a_colleague_hears_it_too(seeded: Resources, client: FlaskClient, editor: Staff) -> None:
    other = hired(seeded, client, "publication")
    assert read(other, ask(editor))["state"] == "wanted"


def test_a_text_without_a_word_fails_and_says_so(seeded: Resources, editor: Staff) -> None:
    asked = ask(editor, "…")
    open_previewer(seeded).speak_wanted()
    refused = read(editor, asked)
    assert (refused["state"], refused["files"], refused["cues"]) == ("failed", [], [])
    assert "at least one sentence" in refused["reason"]


@pytest.mark.parametrize(
    ("path", "detail"),
    [
        (PREVIEW.replace("terril", "nowhere"), "no stop 'nowhere'"),
        (PREVIEW.replace("/fr/", "/xx/"), "no narratives in 'xx'; there are: fr, en, nl, de"),
    ],
)
def test_what_does_not_exist_is_not_found(editor: Staff, path: str, detail: str) -> None:
    refused = ask(editor, path=path)
    assert (refused.status_code, refused.json["detail"]) == (404, detail)


@pytest.mark.parametrize("given", [{}, {"text": ""}, {"text": "x" * 20_001}, {"text": "\0"}])
def test_a_text_out_of_bounds_is_refused(editor: Staff, given: dict[str, str]) -> None:
    refused = editor.send("POST", PREVIEW, json=given)
    assert refused.status_code == 422
    assert refused.json["errors"][0]["where"] == "json.text"


def test_one_person_cannot_fill_the_queue(
    seeded: Resources, client: FlaskClient, editor: Staff
) -> None:
    for _ in range(MOST_WAITING):
        assert ask(editor).status_code == 202
    refused = ask(editor)
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "5")
    assert "3 previews of yours are still to be spoken" in refused.json["detail"]
    assert ask(hired(seeded, client, "publication")).status_code == 202
    open_previewer(seeded).speak_wanted()
    assert ask(editor).status_code == 202


def test_one_person_cannot_fill_the_store(seeded: Resources, editor: Staff) -> None:
    for _ in range(MOST_KEPT):
        ask(editor)
        change(seeded, state="failed", failure="no voice")
    refused = ask(editor)
    assert refused.status_code == 429
    assert 3_500 < int(refused.headers["Retry-After"]) <= 3_600
    change(seeded, created_at=long_ago(), ends_at=datetime.now(UTC))
    assert ask(editor).status_code == 202


def long_ago() -> datetime:
    return datetime.now(UTC) - timedelta(hours=2)


def test_requests_at_the_same_time_are_bounded_too(editor: Staff) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: ask(editor).status_code, range(8)))
    assert sorted(answers) == [202] * MOST_WAITING + [429] * (8 - MOST_WAITING)


def test_a_preview_is_gone_after_its_hour_whether_it_was_deleted_or_not(
    seeded: Resources, editor: Staff
) -> None:
    path = path_of(ask(editor))
    change(seeded, created_at=long_ago(), ends_at=datetime.now(UTC))
    gone = editor.send("GET", path)
    assert (gone.status_code, gone.content_type) == (404, "application/problem+json")
    assert gone.json["detail"] == "there is no such preview, or its hour has passed"


def test_nobody_previews_without_a_token(client: FlaskClient, editor: Staff) -> None:
    path = path_of(ask(editor))
    assert client.post(PREVIEW, json={"text": "Bonjour."}).status_code == 401
    assert client.get(path).status_code == 401


def test_a_guide_may_not_preview(seeded: Resources, client: FlaskClient, editor: Staff) -> None:
    guide = hired(seeded, client, "guide")
    assert ask(guide).status_code == 403
    assert guide.send("GET", path_of(ask(editor))).status_code == 403
