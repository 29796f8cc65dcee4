"""`tourapp speech`: how a text is said, and by whom."""

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.gtts_service import Service, good_answer, running_service
from tourapp.cli import main
from tourapp.narration.engines.gtts import GttsEngine
from tourapp.narration.sound import decode


def _run(environ: dict[str, str], *arguments: str, typed: str = "") -> Result:
    runner = CliRunner(env=environ, mix_stderr=False)
    return runner.invoke(main, ["speech", *arguments], input=typed)


@pytest.fixture
def mute_piper(environ: dict[str, str], tmp_path: Path) -> dict[str, str]:
    """Prefer Piper, and leave its folder of voices empty."""
    voices = tmp_path / "voices"
    voices.mkdir()
    return environ | {
        "TOURAPP_SPEECH_ENGINES": "piper,espeak",
        "TOURAPP_PIPER_VOICES": str(voices),
    }


def test_a_text_is_printed_as_it_is_said(environ: dict[str, str]) -> None:
    result = _run(environ, "script", "Il y a 21 espèces. C’est le 11/19.")
    assert result.stdout == "Il y a vingt et une espèces.\nC'est le onze dix-neuf.\n"


def test_a_text_comes_from_the_standard_input_too(environ: dict[str, str]) -> None:
    result = _run(environ, "script", "--lang", "en", typed="We saw 21 birds.")
    assert result.stdout == "We saw twenty-one birds.\n"


@pytest.mark.parametrize("suffix", [".mp3", ".opus"])
def test_a_text_is_said_into_a_file(environ: dict[str, str], tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"bonjour{suffix}"
    result = _run(environ, "say", "Bonjour à tous.", "-o", str(file))
    assert "by espeak" in result.stdout
    assert decode(file.read_bytes()).duration_s > 1


def test_the_next_engine_speaks_where_the_best_cannot(
    mute_piper: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "bonjour.mp3"
    result = _run(mute_piper, "say", "Bonjour.", "-o", str(file))
    assert result.stderr == "piper: piper has no voice for 'fr'\n"
    assert "by espeak" in result.stdout


def test_an_unknown_kind_of_file_is_refused(environ: dict[str, str], tmp_path: Path) -> None:
    result = _run(environ, "say", "Bonjour.", "-o", str(tmp_path / "bonjour.wav"))
    assert result.exit_code == 1
    assert result.stderr == "Error: expected a file ending in .mp3 or .opus, got 'bonjour.wav'\n"


def test_no_engine_at_all_is_said(mute_piper: dict[str, str], tmp_path: Path) -> None:
    silent = mute_piper | {"TOURAPP_SPEECH_ENGINES": "piper"}
    result = _run(silent, "say", "Bonjour.", "-o", str(tmp_path / "bonjour.mp3"))
    assert result.exit_code == 1
    assert result.stderr.endswith("Error: no engine answers\n")


def test_the_doctor_tells_who_speaks_and_who_does_not(mute_piper: dict[str, str]) -> None:
    lines = _run(mute_piper, "doctor").stdout.splitlines()
    assert lines[0] == "piper   no: piper has no voice for 'fr'"
    assert lines[1].startswith("espeak  ok: fr")
    assert lines[1].endswith(", on this machine; it tells when each word is said")


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    """Let gTTS ask a server of our own, without the pauses that politeness wants."""
    monkeypatch.setattr("tourapp.narration.studio.GttsEngine", partial(GttsEngine, pause_s=0))
    with running_service(monkeypatch, good_answer("Bonjour, et bienvenue au pied.")) as running:
        yield running


def test_the_doctor_tells_of_a_voice_that_speaks_elsewhere(
    environ: dict[str, str], service: Service
) -> None:
    result = _run(environ | {"TOURAPP_SPEECH_ENGINES": "gtts"}, "doctor")
    assert re.fullmatch(
        r"gtts    ok: google-fr \([\d.]+\) spoke for \d\.\d s, by a service elsewhere\n",
        result.stdout,
    )
    assert service.count == 1


def test_one_engine_is_tried_and_what_came_of_it_is_told(
    environ: dict[str, str], service: Service
) -> None:
    result = _run(environ | {"TOURAPP_SPEECH_ENGINES": "gtts,espeak"}, "try", "gtts")
    told = (
        r"gtts: voice google-fr \([\d.]+\), \d\.\d s, Opus \d+ bytes at -1[567]\.\d LUFS, MP3 .*\n"
    )
    assert re.fullmatch(told, result.stdout)
    assert (result.exit_code, service.count) == (0, 1)


def test_an_engine_that_does_not_answer_is_a_reason_in_one_line_and_a_failure(
    environ: dict[str, str], service: Service
) -> None:
    service.answer = lambda request: request.send(403)
    result = _run(environ | {"TOURAPP_SPEECH_ENGINES": "gtts,espeak"}, "try", "gtts")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "Error: gTTS received no sound: status 403\n"


def test_an_engine_that_is_not_in_use_is_said(environ: dict[str, str]) -> None:
    result = _run(environ, "try", "gtts")
    assert result.stderr == "Error: gtts is not in use here; there are espeak\n"
