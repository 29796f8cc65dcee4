"""`tourapp narrations record`, `recordings` and `withdraw`."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.narration.recordings.conftest import Writer
from tests.narration.workshop import Workshop
from tests.samples import sample_stop, write_samples
from tourapp.errors import InvalidError, NotFoundError
from tourapp.narration.commands import narrations
from tourapp.narration.voicing import Voicing
from tourapp.publishing.commands import seed
from tourapp.resources import Resources


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """Return one of one kind: what the commands call is tested on both."""
    return sqlite_url


@pytest.fixture
def workshop(resources: Resources, tmp_path: Path) -> Workshop:
    """One published stop, and a worker who is not behind the present."""
    seed(resources, write_samples(tmp_path / "stops", sample_stop(1)))
    opened = Workshop(resources, voicing=Voicing.of(resources.settings))
    opened.clock.now = datetime.now(UTC) + timedelta(minutes=10)
    return opened


def run(workshop: Workshop, *arguments: str) -> Result:
    return CliRunner().invoke(narrations, arguments, obj=workshop.resources, standalone_mode=False)


def record(workshop: Workshop, tmp_path: Path, sound: bytes) -> Result:
    file = tmp_path / "lecture.bin"
    file.write_bytes(sound)
    return run(workshop, "record", "terril", str(file), "--speaker", "Jeanne D.")


def test_a_recording_is_given_listed_and_withdrawn(
    workshop: Workshop, tmp_path: Path, written: Writer
) -> None:
    given = record(workshop, tmp_path, written("WAV"))
    assert given.exception is None
    assert given.stdout.startswith("recording 1: revision 1 read by Jeanne D., ")
    assert run(workshop, "recordings", "terril").stdout.endswith("; wanted\n")
    workshop.renderer.render_due()
    assert "; ready, confidence 0." in run(workshop, "recordings", "terril").stdout
    withdrawn = run(workshop, "withdraw", "terril", "1")
    assert withdrawn.stdout == "recording 1 of terril/fr/standard is withdrawn\n"
    assert "; withdrawn by " in run(workshop, "recordings", "terril").stdout


def test_sentences_to_be_listened_to_are_named(
    workshop: Workshop, tmp_path: Path, written: Writer
) -> None:
    workshop.publish(text=f"Le terril est noir.\n\n{'Il pousse ici des plantes rares. ' * 6}")
    record(workshop, tmp_path, written("WAV"))
    workshop.renderer.render_due()
    assert "to be listened to: " in run(workshop, "recordings", "terril").stdout


def test_a_recording_that_cannot_be_mastered_says_why(
    workshop: Workshop, tmp_path: Path, written: Writer
) -> None:
    record(workshop, tmp_path, written("WAV"))
    for file in (tmp_path / "media").glob("*.flac"):
        file.unlink()
    workshop.renderer.render_due()
    assert "; failed: no media file" in run(workshop, "recordings", "terril").stdout


def test_what_is_no_recording_is_refused(workshop: Workshop, tmp_path: Path) -> None:
    refused = record(workshop, tmp_path, b"Bonjour.")
    assert isinstance(refused.exception, InvalidError)
    assert run(workshop, "recordings", "terril").stdout == ""


def test_what_is_not_there_is_told(workshop: Workshop) -> None:
    assert isinstance(run(workshop, "recordings", "nowhere").exception, NotFoundError)
    assert isinstance(run(workshop, "withdraw", "terril", "7").exception, NotFoundError)
