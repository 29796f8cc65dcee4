"""Recordings of a text without scripts: given, listened to, withdrawn."""

import re
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from tests.narration.recordings.conftest import Writer, reading, written
from tests.staff.desk import Desk, seated
from tests.staff.writing.forms import FRENCH, JSON, opened
from tests.visit.reading import words
from tourapp.errors import ExceededError
from tourapp.narration.models import Narration
from tourapp.narration.rendering import open_renderer
from tourapp.resources import Resources
from tourapp.staff.recordings import pages

__all__ = ["reading", "written"]

READ = f"{FRENCH}/lectures"


def state(desk: Desk) -> str:
    return str(re.findall(r'name="tag" value="(\d+)"', desk.get(READ).text)[0])


def form(desk: Desk, sound: bytes | None, **parts: str) -> dict[str, Any]:
    told: dict[str, Any] = {
        "csrf_token": desk.token(),
        "tag": state(desk),
        "speaker": "Jeanne D.",
        "revision": "1",
    }
    file = {} if sound is None else {"sound": (BytesIO(sound), "lecture.ogg")}
    return told | parts | file


def give(desk: Desk, sound: bytes | None, **parts: str) -> str:
    sent = desk.client.post(READ, data=form(desk, sound, **parts), follow_redirects=True)
    return words(sent)


def test_a_recording_is_given_watched_and_heard(
    publisher: Desk, seeded: Resources, written: Writer
) -> None:
    assert "Personne n’a encore lu ce texte." in words(publisher.get(READ))
    assert READ in publisher.get(FRENCH).text
    told = give(publisher, written("Ogg"), credit="© Jeanne D.")
    assert "L’enregistrement est arrivé." in told
    assert "Jeanne D. lit la version 1 attend son tour…" in told
    assert 'http-equiv="refresh"' in publisher.get(READ).text
    open_renderer(seeded).render_due()
    ready = publisher.get(READ)
    assert "prêt" in words(ready)
    assert "sur 100)" in words(ready)
    assert "<audio controls" in ready.text


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ({"state": "rendering"}, "en préparation…"),
        ({"state": "failed", "failure": "no room left"}, "n’a pas pu être préparé"),
        ({"state": "failed", "failure": "a sentence holds no sound"}, "Pourquoi : le son obtenu"),
    ],
)
def test_a_recording_tells_how_far_it_is(
    publisher: Desk, seeded: Resources, written: Writer, state: dict[str, str], told: str
) -> None:
    give(publisher, written("Ogg"))
    lease = {"lease_ends_at": Narration.next_attempt_at} if state["state"] == "rendering" else {}
    with seeded.database.transaction() as session:
        mine = update(Narration).where(Narration.recording_id.is_not(None))
        session.execute(mine.values(**state, **lease))
    assert told in words(publisher.get(READ))


def test_sentences_that_are_doubtful_are_named(
    publisher: Desk, seeded: Resources, written: Writer
) -> None:
    give(publisher, written("Ogg"))
    open_renderer(seeded).render_due()
    with seeded.database.transaction() as session:
        mine = update(Narration).where(Narration.recording_id.is_not(None))
        session.execute(mine.values(doubtful=[1], confidence=0.05))
    told = words(publisher.get(READ))
    assert "Phrases à réécouter 1" in told
    assert "Il pousse ici 21 espèces rares." in told
    assert "La voix dit sans doute un autre texte." in told


def test_what_cannot_be_kept_says_why(
    publisher: Desk, written: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Dites qui lit" in give(publisher, written("Ogg"), speaker=" ")
    assert "240 caractères au plus" in give(publisher, written("Ogg"), credit="x" * 241)
    assert "que l’on puisse entendre" in give(publisher, b"GIF89a, and no sound")
    assert "que l’on puisse entendre" in give(publisher, None)
    script = publisher.client.post(READ, data=form(publisher, b"no sound"), headers=JSON)
    assert "sound" in script.get_json()["faults"]

    def busy(*_: object) -> None:
        message = "another recording is being received"
        raise ExceededError(message, retry_after_s=20)

    monkeypatch.setattr(pages, "take_in", busy)
    assert "dans vingt secondes" in give(publisher, b"")


def test_a_recording_is_withdrawn(publisher: Desk, written: Writer) -> None:
    give(publisher, written("Ogg"))
    [way] = re.findall(r'action="([^"]+/retirer)"', publisher.get(READ).text)
    told = words(publisher.follow(way, tag=state(publisher)))
    assert "L’enregistrement est retiré" in told
    assert "retiré le" in told


def test_nothing_is_changed_on_a_state_that_nobody_has_seen(
    publisher: Desk, written: Writer
) -> None:
    seen = state(publisher)
    give(publisher, written("Ogg"))
    assert "rien n’a été fait" in give(publisher, written("Ogg"), tag=seen)
    [way] = re.findall(r'action="([^"]+/retirer)"', publisher.get(READ).text)
    assert "rien n’a été fait" in words(publisher.follow(way, tag=seen))


def test_who_only_writes_listens(bureau: Flask) -> None:
    writer = seated(bureau, "redaction")
    assert "Donner un enregistrement" not in words(writer.get(READ))
    assert "Lectures à voix haute" in words(writer.get(FRENCH))
    assert opened(writer)
