import json
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tourapp.narration.engines import piper
from tourapp.narration.engines.piper import PiperEngine
from tourapp.narration.engines.protocol import EngineError, RefusedTextError, Voice

VoiceMaker = Callable[..., Path]

GONE = Voice(engine="piper", name="anna", lang="fr", version="1/0")


def find(engine: PiperEngine, lang: str = "fr") -> Voice:
    voice = engine.find_voice(lang)
    assert voice is not None
    return voice


def test_a_sentence_is_spoken_by_the_voice_of_its_language(piper_voice: VoiceMaker) -> None:
    engine = PiperEngine(piper_voice("anna"))
    speech = engine.speak("Que voyez-vous autour de vous ?", voice=find(engine))
    assert speech.rate_hz == 16_000
    assert speech.duration_s > 1


def test_the_voice_is_chosen_by_the_language_in_its_file(piper_voice: VoiceMaker) -> None:
    piper_voice("anna", language={"code": "en_GB"})
    engine = PiperEngine(piper_voice("zoe", language={"code": "fr_FR"}))
    assert find(engine).name == "zoe"


def test_it_tells_what_to_expect_of_it(piper_voice: VoiceMaker) -> None:
    piper_voice("anna", language={"code": "en_GB"})
    capability = PiperEngine(piper_voice("zoe")).capability
    assert capability.languages == ("en", "fr")
    assert (capability.times_words, capability.needs_network) == (False, False)


def test_a_voice_file_of_the_older_form_names_its_language_for_espeak(
    piper_voice: VoiceMaker,
) -> None:
    folder = piper_voice("anna", espeak={"voice": "en-us"})
    path = folder / "anna.onnx.json"
    config = json.loads(path.read_text())
    del config["language"]
    path.write_text(json.dumps(config))
    assert find(PiperEngine(folder), "en").name == "anna"


def test_a_language_without_a_voice_has_none(piper_voice: VoiceMaker) -> None:
    assert PiperEngine(piper_voice("anna")).find_voice("nl") is None


@pytest.mark.parametrize("folder", [None, Path("/nowhere/voices")])
def test_without_a_folder_there_is_no_voice(folder: Path | None) -> None:
    assert PiperEngine(folder).find_voice("fr") is None


def test_the_version_changes_with_the_voice_file(piper_voice: VoiceMaker) -> None:
    engine = PiperEngine(piper_voice("anna"))
    before = find(engine).version
    piper_voice("anna", audio={"sample_rate": 22_050})
    assert find(engine).version != before


def test_phonemes_in_double_brackets_are_said_as_they_stand(piper_voice: VoiceMaker) -> None:
    engine = PiperEngine(piper_voice("anna"))
    voice = find(engine)
    one, two = (engine.speak(text, voice=voice).duration_s for text in ("[[ɛ]]", "[[ɛs]]"))
    assert two == pytest.approx(one + 0.1, abs=0.02)


def test_two_sentences_in_one_text_are_joined_with_a_breath(piper_voice: VoiceMaker) -> None:
    engine = PiperEngine(piper_voice("anna"))
    voice = find(engine)
    texts = ("Bonjour.", "Que voyez-vous ?", "Bonjour. Que voyez-vous ?")
    first, second, both = (engine.speak(text, voice=voice).duration_s for text in texts)
    assert both == pytest.approx(first + second + 0.25, abs=0.2)


def test_a_text_without_a_word_is_refused(piper_voice: VoiceMaker) -> None:
    engine = PiperEngine(piper_voice("anna"))
    with pytest.raises(RefusedTextError, match="no word"):
        engine.speak("« … » !", voice=find(engine))


def test_a_text_that_comes_out_silent_is_refused(piper_voice: VoiceMaker) -> None:
    engine = PiperEngine(piper_voice("anna", volume=0.0))
    with pytest.raises(RefusedTextError, match="says nothing"):
        engine.speak("Bonjour.", voice=find(engine))


def test_a_folder_with_a_broken_description_says_which(piper_voice: VoiceMaker) -> None:
    folder = piper_voice("anna")
    (folder / "anna.onnx.json").write_text("{")
    with pytest.raises(EngineError, match="anna cannot be read"):
        PiperEngine(folder).find_voice("fr")


def test_a_broken_network_says_which(piper_voice: VoiceMaker) -> None:
    folder = piper_voice("anna")
    (folder / "anna.onnx").write_bytes(b"not a network")
    engine = PiperEngine(folder)
    with pytest.raises(EngineError, match=r"anna fails: .*anna\.onnx"):
        engine.speak("Bonjour.", voice=find(engine))


def test_a_network_that_fails_while_speaking_says_why(piper_voice: VoiceMaker) -> None:
    engine = PiperEngine(piper_voice("anna", num_speakers=2))
    with pytest.raises(EngineError, match=r"anna fails: .*sid"):
        engine.speak("Bonjour.", voice=find(engine))


def test_a_voice_that_changed_since_it_was_found_does_not_speak(piper_voice: VoiceMaker) -> None:
    engine = PiperEngine(piper_voice("anna"))
    old = find(engine)
    piper_voice("anna", audio={"sample_rate": 22_050})
    with pytest.raises(EngineError, match="as it was"):
        engine.speak("Bonjour.", voice=old)


def test_a_voice_that_is_gone_does_not_speak(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="as it was"):
        PiperEngine(tmp_path).speak("Bonjour.", voice=GONE)


def child(script: str) -> tuple[str, ...]:
    return (sys.executable, "-c", f"import os, sys, time; number = int(sys.argv[1]); {script}")


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("os.kill(os.getpid(), 9)", "process ended|Connection reset|Broken pipe"),
        ("time.sleep(60)", r"no answer within 0\.2 s"),
    ],
)
def test_a_process_that_crashes_or_hangs_is_ended_and_told(
    piper_voice: VoiceMaker, monkeypatch: pytest.MonkeyPatch, script: str, reason: str
) -> None:
    monkeypatch.setattr(piper, "_LONGEST_END_S", 0.1)
    engine = PiperEngine(piper_voice("anna"), command=child(script), timeout_s=0.2)
    for _ in range(2):
        with pytest.raises(EngineError, match=reason):
            engine.speak("Bonjour.", voice=find(engine))


def test_the_process_speaks_again_after_a_text_that_failed(piper_voice: VoiceMaker) -> None:
    engine = PiperEngine(piper_voice("anna", num_speakers=2))
    for _ in range(2):
        with pytest.raises(EngineError, match="sid"):
            engine.speak("Bonjour.", voice=find(engine))


def test_sentences_asked_for_at_once_are_each_spoken(piper_voice: VoiceMaker) -> None:
    engine = PiperEngine(piper_voice("anna"))
    voice = find(engine)
    texts = ["Bonjour.", "Que voyez-vous autour de vous ?"]
    alone = [engine.speak(text, voice=voice).duration_s for text in texts]
    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(lambda text: engine.speak(text, voice=voice), texts * 4))
    assert [speech.duration_s for speech in together] == alone * 4
