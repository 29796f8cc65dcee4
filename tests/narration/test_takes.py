"""How the sound of a narrative came to be, as staff and waiting visitors read it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.changing import Staff, hired
from tests.narration.workshop import Workshop, open_workshop, raising
from tourapp.app import create_app
from tourapp.narration.engines.protocol import UnreachableError
from tourapp.narration.voicing import Voicing
from tourapp.resources import Resources

NARRATION = "/api/v1/stops/terril/narrations/fr"
TAKES = f"{NARRATION}/takes"


@pytest.fixture
def environ(environ: dict[str, str]) -> dict[str, str]:
    return environ | {"TOURAPP_SPEECH_ENGINES": "gtts,espeak"}


@pytest.fixture
def workshop(resources: Resources, tmp_path: Path) -> Workshop:
    """One published stop, which both engines are to speak, now."""
    opened = open_workshop(resources, tmp_path)
    opened.voicing = Voicing.of(resources.settings)
    opened.clock.now = datetime.now(UTC)
    return opened


@pytest.fixture
def visitor(workshop: Workshop) -> FlaskClient:
    return create_app(workshop.resources).test_client()


@pytest.fixture
def editor(workshop: Workshop, visitor: FlaskClient) -> Staff:
    return hired(workshop.resources, visitor, "redaction")


def read(editor: Staff, query: str = "") -> list[dict[str, Any]]:
    document: list[dict[str, Any]] = editor.send("GET", TAKES + query).get_json()
    return document


def states(takes: list[dict[str, Any]]) -> list[tuple[int, str, str]]:
    return [(take["revision"], take["engine"], take["state"]) for take in takes]


def test_what_is_wanted_is_listed_with_when_it_is_tried(workshop: Workshop, editor: Staff) -> None:
    takes = read(editor)
    assert states(takes) == [(1, "espeak", "wanted"), (1, "gtts", "wanted")]
    assert all(take["attempts"] == 0 and take["files"] == [] for take in takes)
    assert all(datetime.fromisoformat(t["next_attempt_at"]) <= workshop.clock() for t in takes)


def test_a_failure_is_listed_with_its_reason_and_its_next_attempt(
    workshop: Workshop, editor: Staff
) -> None:
    workshop.gtts.meet = raising(UnreachableError("no network"))
    workshop.renderer.render_due()
    plain, fine = read(editor)
    assert (plain["state"], plain["reason"], plain["next_attempt_at"]) == ("ready", None, None)
    assert (fine["state"], fine["reason"], fine["attempts"]) == ("failed", "no network", 1)
    next_attempt_at = datetime.fromisoformat(fine["next_attempt_at"])
    assert next_attempt_at == workshop.clock() + timedelta(seconds=30)


def test_what_is_spoken_is_listed_with_its_files(
    workshop: Workshop, editor: Staff, visitor: FlaskClient
) -> None:
    workshop.renderer.render_due()
    fine = read(editor)[1]
    heard = visitor.get(NARRATION).get_json()
    assert fine["files"] == heard["files"]
    assert (fine["voice"], fine["duration_s"]) == (heard["voice"], heard["duration_s"])
    assert fine["rendered_at"] == heard["rendered_at"]


def test_what_is_spoken_just_now_has_no_next_attempt(workshop: Workshop, editor: Staff) -> None:
    seen = []
    workshop.espeak.meet = lambda _: seen.append(read(editor)[0])
    workshop.renderer.render_due()
    assert {(take["state"], take["next_attempt_at"]) for take in seen} == {("rendering", None)}


def test_a_former_text_is_not_tried_again(workshop: Workshop, editor: Staff) -> None:
    workshop.publish(text="Sentez.")
    takes = read(editor)
    assert [take["revision"] for take in takes] == [2, 2, 1, 1]
    assert [take["next_attempt_at"] is None for take in takes] == [False, False, True, True]


def test_a_voice_that_a_better_one_surpassed_is_not_tried_again(
    workshop: Workshop, editor: Staff
) -> None:
    workshop.espeak.meet = raising(UnreachableError("no data"))
    workshop.renderer.render_due()
    plain, fine = read(editor)
    assert (plain["state"], plain["next_attempt_at"]) == ("failed", None)
    assert fine["state"] == "ready"


def test_takes_are_read_page_by_page(workshop: Workshop, editor: Staff) -> None:
    workshop.publish(text="Sentez.")
    assert states(read(editor, "?page_size=1&page=2")) == [(2, "gtts", "wanted")]
    assert read(editor, "?page_size=3&page=3") == []
    answer = editor.send("GET", f"{TAKES}?page_size=3")
    assert '"total": 4' in answer.headers["X-Pagination"]
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "path", [TAKES.replace("/fr/", "/nl/"), TAKES.replace("terril", "nowhere"), f"{TAKES}?page=-1"]
)
def test_what_has_no_takes_is_told(editor: Staff, path: str) -> None:
    answer = editor.send("GET", path)
    assert answer.status_code in {404, 422}
    assert answer.content_type == "application/problem+json"


def test_takes_are_for_staff(workshop: Workshop, visitor: FlaskClient) -> None:
    assert visitor.get(TAKES).status_code == 401
    assert hired(workshop.resources, visitor, "guide").send("GET", TAKES).status_code == 403


def waiting(visitor: FlaskClient) -> tuple[str, int]:
    """Return what a silent narration says of itself: its state, and when to ask again."""
    answer = visitor.get(NARRATION)
    assert answer.status_code == 404
    return answer.get_json(force=True)["state"], int(answer.headers["Retry-After"])


def test_a_visitor_is_told_that_the_sound_is_wanted(visitor: FlaskClient) -> None:
    assert waiting(visitor) == ("wanted", 5)


def test_a_visitor_is_told_that_the_sound_is_being_made(
    workshop: Workshop, visitor: FlaskClient
) -> None:
    seen = []
    workshop.espeak.meet = lambda _: seen.append(waiting(visitor))
    workshop.renderer.render_due()
    assert set(seen) == {("rendering", 5)}


def test_a_visitor_is_told_when_the_sound_is_tried_again(
    workshop: Workshop, visitor: FlaskClient
) -> None:
    workshop.espeak.meet = workshop.gtts.meet = raising(UnreachableError("no network"))
    workshop.renderer.render_due()
    state, after_s = waiting(visitor)
    assert state == "failed"
    assert 20 <= after_s <= 30


def test_a_sound_that_the_next_sweep_will_want_is_wanted(
    workshop: Workshop, visitor: FlaskClient
) -> None:
    with workshop.resources.database.transaction() as session:
        for row in workshop.rows():
            session.delete(row)
    assert waiting(visitor) == ("wanted", 5)
