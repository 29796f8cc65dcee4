"""Recordings over HTTP: given by staff, heard by visitors, withdrawn again."""

import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import av
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from tests.changing import Staff, hired
from tests.narration.recordings.conftest import Writer
from tests.narration.workshop import Workshop
from tests.samples import NARRATIVE, sample_stop, write_samples
from tourapp.accounts.models import AuditEvent
from tourapp.app import create_app
from tourapp.narration.loudness import measure
from tourapp.narration.models import Narration, Recording, Sentence
from tourapp.narration.voicing import Voicing
from tourapp.publishing.commands import seed
from tourapp.resources import Resources
from tourapp.stops.models import Stop
from tourapp.stops.services import add_revision, get_narrative, get_stop
from tourapp.upkeep.comparing import find_lost, find_orphans, mend

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

NARRATION = "/api/v1/stops/terril/narrations/fr"
RECORDINGS = f"{NARRATION}/recordings"
TAKES = f"{NARRATION}/takes"
JEANNE = "?speaker=Jeanne%20D.&credit=%C2%A9%20Jeanne%20D.%2C%202026"


@pytest.fixture
def workshop(resources: Resources, tmp_path: Path) -> Workshop:
    """One published stop with the sample's text, which nobody has spoken yet."""
    seed(resources, write_samples(tmp_path / "stops", sample_stop(1)))
    opened = Workshop(resources, voicing=Voicing.of(resources.settings))
    # Recordings are given in the present, which the worker must not be behind.
    opened.clock.now = datetime.now(UTC) + timedelta(minutes=10)
    return opened


@pytest.fixture
def visitor(workshop: Workshop) -> FlaskClient:
    return create_app(workshop.resources).test_client()


@pytest.fixture
def editor(workshop: Workshop, visitor: FlaskClient) -> Staff:
    return hired(workshop.resources, visitor, "publication")


def give(
    editor: Staff,
    sound: bytes | None,
    query: str = JEANNE,
    *,
    tag: str | None = "",
    **sent: Any,  # noqa: ANN401 -- what the client of Flask is told
) -> TestResponse:
    """Send a recording; on the present state of the stop where none is named."""
    named = editor.tag(RECORDINGS) if tag == "" else tag
    headers = {"Authorization": f"Bearer {editor.token}"} | ({"If-Match": named} if named else {})
    return editor.client.post(RECORDINGS + query, data=sound, headers=headers, **sent)


def heard(visitor: FlaskClient) -> tuple[str, str, bool]:
    """Return who is heard, by what, and whether it is older than the text."""
    told = visitor.get(NARRATION).get_json()
    return told["voice"], told["engine"], told["older_than_text"]


def test_a_recording_is_heard_before_every_engine_once_it_is_whole(
    workshop: Workshop, editor: Staff, visitor: FlaskClient, written: Writer
) -> None:
    workshop.renderer.render_due()
    before = heard(visitor)
    answer = give(editor, written("M4A"))
    assert answer.status_code == 201
    assert answer.get_json()["state"] == "wanted"
    assert answer.get_json()["files"] == []
    assert heard(visitor) == before

    assert workshop.renderer.render_due() == 1
    assert heard(visitor) == ("Jeanne D.", "recorded", False)
    told = visitor.get(NARRATION).get_json()
    assert (told["credit"], told["provisional"]) == ("© Jeanne D., 2026", False)
    assert [cue["text"] for cue in told["cues"]["items"]] == NARRATIVE.text.split("\n\n")
    page = visitor.get("/fr/arrets/terril").text
    assert "Jeanne D." in page
    assert told["files"][0]["url"].rpartition("/")[2] in page


def test_a_recording_is_mastered_like_every_clip(
    workshop: Workshop, editor: Staff, written: Writer
) -> None:
    give(editor, written("WAV"))
    workshop.renderer.render_due()
    [row] = [row for row in takes(workshop) if row.recording_id]
    for name, peak_dbtp in ((str(row.opus_media), -0.5), (str(row.mp3_media), -1.0)):
        audio = workshop.resources.media.read(name)
        loudness = measure(audio)
        assert loudness.integrated_lufs == pytest.approx(-16, abs=1)
        assert loudness.true_peak_dbtp < peak_dbtp
        assert loudness.duration_s == pytest.approx(row.duration_s, abs=0.1)
        assert {"1. Montée du terril", "Jeanne D.", "© Jeanne D., 2026", "fr"} <= tags(audio)


def takes(workshop: Workshop) -> list[Narration]:
    with workshop.resources.database.reading() as session:
        return list(session.scalars(select(Narration).order_by(Narration.id)))


def tags(audio: bytes) -> set[str]:
    with av.open(io.BytesIO(audio)) as container:
        return {*container.metadata.values(), *container.streams.audio[0].metadata.values()}


def test_how_well_the_sentences_were_found_is_for_staff_to_read(
    workshop: Workshop, editor: Staff, written: Writer
) -> None:
    given = give(editor, written("FLAC")).get_json()
    workshop.renderer.render_due()
    [listed] = editor.send("GET", RECORDINGS).get_json()
    assert (listed["id"], listed["state"], listed["doubtful"]) == (given["id"], "ready", [])
    assert 0.2 < listed["confidence"] <= 1
    assert (listed["revision"], listed["given_by"]) == (1, "publication@example.fr")


def test_the_history_of_a_sound_tells_who_read_it(
    workshop: Workshop, editor: Staff, written: Writer
) -> None:
    given = give(editor, written("Ogg")).get_json()
    workshop.renderer.render_due()
    newest, *others = editor.send("GET", TAKES).get_json()
    assert (newest["engine"], newest["voice"], newest["state"]) == (
        "recorded",
        "Jeanne D.",
        "ready",
    )
    assert newest["recording"] == {
        name: given[name] for name in ("id", "speaker", "credit", "given_by", "given_at")
    }
    assert {take["recording"] for take in others} == {None}


def test_a_corrected_text_is_spoken_by_an_engine_until_somebody_reads_it(
    workshop: Workshop, editor: Staff, visitor: FlaskClient, written: Writer
) -> None:
    give(editor, written("MP3"))
    workshop.renderer.render_due()
    workshop.publish(text="Le terril est noir.\n\nIl pousse ici 23 espèces rares.")
    # Nothing says the new text yet: the recording stays, and is told to be older.
    assert heard(visitor) == ("Jeanne D.", "recorded", True)
    assert "Enregistré avant la dernière correction" in visitor.get("/fr/arrets/terril").text
    workshop.renderer.render_due()
    assert heard(visitor)[1:] == ("espeak", False)
    # Whoever finds that the recording still says it gives it for the new text, as it is.
    give(editor, written("MP3"))
    workshop.renderer.render_due()
    assert heard(visitor) == ("Jeanne D.", "recorded", False)


def test_a_corrected_title_takes_no_recording_away(
    workshop: Workshop, editor: Staff, visitor: FlaskClient, written: Writer
) -> None:
    give(editor, written("MP3"))
    workshop.renderer.render_due()
    workshop.publish(title="Un autre titre", text=NARRATIVE.text)
    workshop.renderer.render_due()
    assert heard(visitor) == ("Jeanne D.", "recorded", False)


def test_a_text_can_be_read_before_it_is_published(
    workshop: Workshop, editor: Staff, visitor: FlaskClient, written: Writer
) -> None:
    with workshop.resources.database.transaction() as session:
        narrative = get_narrative(session, get_stop(session, "terril"), lang="fr")
        content = replace(NARRATIVE, text="Sentez.")
        add_revision(session, narrative, content, origin="staff", now=workshop.clock())
    give(editor, written("MP3"))
    workshop.renderer.render_due()
    assert heard(visitor)[1:] == ("espeak", False)
    [listed] = editor.send("GET", RECORDINGS).get_json()
    assert (listed["revision"], listed["state"]) == (2, "ready")
    workshop.publish(text="Sentez.")
    assert heard(visitor) == ("Jeanne D.", "recorded", False)


def test_the_newest_of_several_recordings_is_heard(
    workshop: Workshop, editor: Staff, visitor: FlaskClient, written: Writer
) -> None:
    give(editor, written("MP3"))
    give(editor, written("MP3"), "?speaker=Ahmed%20B.")
    assert workshop.renderer.render_due() == 3
    assert heard(visitor)[0] == "Ahmed B."
    assert visitor.get(NARRATION).get_json()["credit"] is None


def withdraw(editor: Staff, recording_id: int, *, tag: str | None = None) -> TestResponse:
    present = tag or editor.tag(RECORDINGS)
    return editor.send("DELETE", f"{RECORDINGS}/{recording_id}", tag=present)


def test_after_a_recording_is_withdrawn_the_engine_is_heard_again(
    workshop: Workshop, editor: Staff, visitor: FlaskClient, written: Writer
) -> None:
    workshop.renderer.render_due()
    before = heard(visitor)
    given = give(editor, written("MP3")).get_json()
    workshop.renderer.render_due()
    answer = withdraw(editor, given["id"])
    assert answer.status_code == 204
    assert answer.headers["ETag"] == editor.tag(RECORDINGS)
    assert heard(visitor) == before
    [listed] = editor.send("GET", RECORDINGS).get_json()
    assert (listed["withdrawn_by"], listed["state"]) == ("publication@example.fr", None)
    assert (listed["speaker"], listed["files"], listed["doubtful"]) == ("Jeanne D.", [], [])
    assert workshop.renderer.render_due() == 0
    assert withdraw(editor, given["id"]).status_code == 404


def test_what_is_withdrawn_leaves_nothing_that_names_its_sound(
    workshop: Workshop, editor: Staff, written: Writer
) -> None:
    database, media = workshop.resources.database, workshop.resources.media
    workshop.renderer.render_due()
    kept = {file.name for file in media.list_files()}
    given = give(editor, written("MP3")).get_json()
    workshop.renderer.render_due()
    assert find_lost(database, media) == []
    withdraw(editor, given["id"])
    later = datetime.max.replace(tzinfo=UTC)
    orphans = {file.name for file in find_orphans(database, media, now=later)}
    assert orphans >= {file.name for file in media.list_files()} - kept - spoken(workshop)


def spoken(workshop: Workshop) -> set[str]:
    """Return the sentences that an engine said, which stay."""
    with workshop.resources.database.reading() as session:
        return set(session.scalars(select(Sentence.media)))


def test_a_sound_that_is_given_twice_survives_one_withdrawal(
    workshop: Workshop, editor: Staff, visitor: FlaskClient, written: Writer
) -> None:
    first, second = (give(editor, written("MP3")).get_json() for _ in range(2))
    workshop.renderer.render_due()
    withdraw(editor, second["id"])
    assert heard(visitor)[1] == "recorded"
    assert find_lost(workshop.resources.database, workshop.resources.media) == []
    assert first["id"] != second["id"]


def test_a_clip_of_a_recording_that_is_lost_is_made_again(
    workshop: Workshop, editor: Staff, visitor: FlaskClient, written: Writer, tmp_path: Path
) -> None:
    give(editor, written("MP3"))
    workshop.renderer.render_due()
    [row] = [row for row in takes(workshop) if row.recording_id]
    (tmp_path / "media" / str(row.vtt_media)).unlink()
    database = workshop.resources.database
    lost = find_lost(database, workshop.resources.media)
    assert mend(database, lost, now=workshop.clock()).narrations == 1
    assert heard(visitor)[1] == "espeak"
    assert workshop.renderer.render_due() == 1
    assert heard(visitor)[1] == "recorded"


def test_a_recording_that_is_lost_cannot_be_made_again_and_says_so(
    workshop: Workshop, editor: Staff, visitor: FlaskClient, written: Writer, tmp_path: Path
) -> None:
    give(editor, written("MP3"))
    with workshop.resources.database.reading() as session:
        [media] = session.scalars(select(Recording.sound_media))
    (tmp_path / "media" / str(media)).unlink()
    [lost] = find_lost(workshop.resources.database, workshop.resources.media)
    assert lost.column == "recording.sound_media"
    assert workshop.renderer.render_due() == 1
    [listed] = editor.send("GET", RECORDINGS).get_json()
    assert (listed["state"], "no media file" in listed["reason"]) == ("failed", True)
    assert heard(visitor)[1] == "espeak"


@pytest.mark.parametrize(
    ("sound", "query", "tag", "status"),
    [
        (b"Bonjour. " * 99, JEANNE, "", 422),
        (b"", JEANNE, "", 422),
        (b"", "", "", 422),
        (b"", "?speaker=%20", "", 422),
        (b"", f"?speaker={'x' * 121}", "", 422),
        (b"", f"{JEANNE}&revision=9", "", 404),
        (b"", JEANNE, None, 428),
        (b"", JEANNE, '"99"', 412),
        (bytes(50_000_001), JEANNE, "", 413),
    ],
)
def test_what_is_refused_says_why_and_keeps_nothing(
    workshop: Workshop, editor: Staff, sound: bytes, query: str, tag: str | None, status: int
) -> None:
    files = {file.name for file in workshop.resources.media.list_files()}
    answer = give(editor, sound, query, tag=tag)
    assert answer.status_code == status
    assert answer.content_type == "application/problem+json"
    assert {file.name for file in workshop.resources.media.list_files()} == files
    assert editor.send("GET", RECORDINGS).get_json() == []


def test_everywhere_else_a_body_stays_short(editor: Staff) -> None:
    answer = editor.client.post(
        f"{NARRATION}/preview",
        data=b"{" + b" " * 1_000_001,
        headers={"Authorization": f"Bearer {editor.token}", "Content-Type": "application/json"},
    )
    assert answer.status_code == 413


def test_only_who_publishes_gives_and_withdraws(
    workshop: Workshop, editor: Staff, visitor: FlaskClient, written: Writer
) -> None:
    given = give(editor, written("MP3")).get_json()
    writer = hired(workshop.resources, visitor, "redaction")
    assert give(writer, written("MP3")).status_code == 403
    assert withdraw(writer, given["id"]).status_code == 403
    assert visitor.post(RECORDINGS + JEANNE, data=b"x").status_code == 401
    assert visitor.get(RECORDINGS).status_code == 401


def test_a_stop_that_changed_while_a_recording_was_sent_refuses_it(
    workshop: Workshop, editor: Staff, written: Writer
) -> None:
    tag = editor.tag(RECORDINGS)

    class Slow(io.BytesIO):
        """A recording that is sent while somebody else changes the stop."""

        def readinto(self, buffer: "WriteableBuffer") -> int:
            if self.tell() == 0:
                assert give(editor, written("MP3"), tag=tag).status_code == 429
                with workshop.resources.database.transaction() as session:
                    session.execute(update(Stop).values(version=Stop.version + 1))
            return super().readinto(buffer)

    sound = written("MP3")
    answer = give(editor, None, tag=tag, input_stream=Slow(sound), content_length=len(sound))
    assert answer.status_code == 412
    assert editor.send("GET", RECORDINGS).get_json() == []


def test_giving_and_withdrawing_are_logged(
    workshop: Workshop, editor: Staff, written: Writer
) -> None:
    given = give(editor, written("MP3")).get_json()
    withdraw(editor, given["id"])
    with workshop.resources.database.reading() as session:
        events = session.scalars(
            select(AuditEvent).where(AuditEvent.action.startswith("recording.")),
        ).all()
    assert [(event.action, event.subject) for event in events] == [
        ("recording.give", "terril/fr/standard"),
        ("recording.withdraw", "terril/fr/standard"),
    ]
    assert events[0].detail == {"recording": given["id"], "revision": 1, "speaker": "Jeanne D."}
