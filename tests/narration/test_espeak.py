import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import espeakng_loader
import numpy as np
import pytest

from tourapp.narration.engines import espeak_child
from tourapp.narration.engines.espeak import EspeakEngine
from tourapp.narration.engines.protocol import EngineError, RefusedTextError, Speech, Voice

LINE = "Vous êtes au pied du terril, à l'endroit même où les wagons arrivaient."

# With what the engine's own command leaves out, for what measures this script comes in by it.
WITH_SITE = (sys.executable, "-P", espeak_child.__file__)


def say(text: str, lang: str = "fr", *, engine: EspeakEngine | None = None) -> Speech:
    engine = engine or EspeakEngine()
    voice = engine.find_voice(lang)
    assert voice is not None
    return engine.speak(text, voice=voice)


def child(script: str) -> tuple[str, ...]:
    return (sys.executable, "-c", script)


def test_equal_texts_give_equal_samples() -> None:
    assert np.array_equal(say(LINE).samples, say(LINE).samples)


def test_what_is_installed_changes_nothing() -> None:
    elsewhere = say(LINE, engine=EspeakEngine(command=WITH_SITE))
    assert np.array_equal(elsewhere.samples, say(LINE).samples)
    assert elsewhere.words == say(LINE).words


def test_sentences_spoken_at_the_same_time_do_not_disturb_each_other() -> None:
    alone = say(LINE).samples
    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(say, [LINE] * 8))
    assert all(np.array_equal(speech.samples, alone) for speech in together)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("fr", LINE),
        ("en", "You are standing at the foot of the spoil heap, right where the wagons came in."),
        ("nl", "U staat aan de voet van de steenberg, precies waar de wagons aankwamen."),
        ("de", "Sie stehen am Fuß der Halde, genau dort, wo die Wagen ankamen."),
    ],
)
def test_every_language_is_spoken_at_a_walking_pace(lang: str, text: str) -> None:
    speech = say(text, lang)
    assert speech.rate_hz == 22_050
    assert 12 < len(text) / speech.duration_s < 19


def test_the_ends_hold_no_silence_but_a_margin() -> None:
    speech = say(LINE)
    loud = np.flatnonzero(np.abs(speech.samples) > 0.05)
    assert loud[0] < 0.1 * speech.rate_hz
    assert len(speech.samples) - loud[-1] < 0.15 * speech.rate_hz


def test_the_samples_stay_within_one() -> None:
    assert 0.1 < np.abs(say(LINE).samples).max() <= 1


def test_phonemes_in_double_brackets_are_said_as_they_stand() -> None:
    spelled, said = say("[[t@R'i]]"), say("Terril")
    assert not np.array_equal(spelled.samples, said.samples)
    assert spelled.duration_s < 1


def test_markup_is_not_obeyed() -> None:
    assert say('un <break time="9s"/> deux').duration_s < 6


def test_the_version_names_the_package_and_the_manner() -> None:
    voice = EspeakEngine().find_voice("fr")
    assert voice is not None
    assert voice.version.endswith("/125wpm/pitch45/words")


def test_words_are_timed_one_after_the_other() -> None:
    speech = say(LINE)
    texts = [LINE[word.start : word.end].strip() for word in speech.words]
    assert texts == LINE.split()
    moments_s = [moment for word in speech.words for moment in (word.start_s, word.end_s)]
    assert moments_s == sorted(moments_s)
    assert moments_s[0] == 0
    assert moments_s[-1] == pytest.approx(speech.duration_s, abs=0.001)


def test_a_word_begins_where_it_is_heard() -> None:
    text = "Écoutez, puis regardez."
    speech = say(text)
    before_s = speech.words[1].start_s
    level = np.abs(speech.samples)
    at = round(before_s * speech.rate_hz)
    tenth = speech.rate_hz // 10
    # A comma's pause lies before the word, and the word is heard within a tenth of a second.
    assert level[at - tenth : at - tenth // 5].max() < 0.02
    assert level[at : at + tenth].max() > 0.1


def test_what_is_told_of_no_word_goes_with_the_one_before() -> None:
    text = "« [[l'Os An gO'El]] », l'Unesco !"
    words = say(text).words
    assert "".join(text[word.start : word.end] for word in words) == text[2:]
    assert text[words[-1].start :] == "l'Unesco !"


def test_it_tells_what_to_expect_of_it() -> None:
    capability = EspeakEngine().capability
    assert capability.languages == ("fr", "en", "nl", "de")
    assert (capability.times_words, capability.needs_network) == (True, False)


def test_an_unknown_language_has_no_voice() -> None:
    assert EspeakEngine().find_voice("tlh") is None


def test_an_unknown_language_is_refused() -> None:
    voice = Voice(engine="espeak", name="tlh", lang="tlh", version="1")
    with pytest.raises(RefusedTextError, match="'tlh'"):
        EspeakEngine().speak("Qapla'", voice=voice)


@pytest.mark.parametrize("text", ["", "…", " — !", "un\0deux"])
def test_a_text_without_a_word_is_refused(text: str) -> None:
    with pytest.raises(RefusedTextError, match="no word"):
        say(text)


def test_a_text_that_comes_out_silent_is_refused() -> None:
    with pytest.raises(RefusedTextError, match="says nothing"):
        say("[[_:9]]")


def test_a_voice_that_the_library_lacks_is_named() -> None:
    voice = Voice(engine="espeak", name="nobody", lang="fr", version="1")
    with pytest.raises(EngineError, match="no voice nobody"):
        EspeakEngine(command=WITH_SITE).speak(LINE, voice=voice)


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("import sys; sys.exit('no data')", "status 1: no data"),
        ("import os; os.kill(os.getpid(), 9)", "status -9: without a word"),
        ("import sys; sys.stdout.write('odd')", "middle of a sample"),
    ],
)
def test_a_failing_process_becomes_a_sentence(script: str, said: str) -> None:
    engine = EspeakEngine(command=child(script))
    voice = engine.find_voice("fr")
    assert voice is not None
    with pytest.raises(EngineError, match=said):
        engine.speak(LINE, voice=voice)


def test_a_process_that_hangs_is_ended() -> None:
    engine = EspeakEngine(command=child("import time; time.sleep(60)"), timeout_s=0.2)
    voice = engine.find_voice("fr")
    assert voice is not None
    with pytest.raises(EngineError, match=r"within 0\.2 s"):
        engine.speak(LINE, voice=voice)


def test_an_installation_without_its_data_becomes_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(espeakng_loader, "get_data_path", lambda: str(tmp_path / "absent"))
    with pytest.raises(EngineError, match="did not start"):
        say(LINE, engine=EspeakEngine(command=WITH_SITE))


def test_a_package_without_its_data_becomes_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(espeakng_loader, "__file__", str(tmp_path / "__init__.py"))
    with pytest.raises(EngineError, match="not whole"):
        say(LINE)


def test_a_process_that_cannot_start_becomes_a_sentence(tmp_path: Path) -> None:
    engine = EspeakEngine(command=[str(tmp_path / "absent")])
    voice = engine.find_voice("fr")
    assert voice is not None
    with pytest.raises(EngineError, match="cannot be started"):
        engine.speak(LINE, voice=voice)
