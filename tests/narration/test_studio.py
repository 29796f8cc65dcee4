from dataclasses import replace
from pathlib import Path

import pytest

from tourapp.narration.engines.espeak import EspeakEngine
from tourapp.narration.studio import NoVoiceError, Studio
from tourapp.settings import Settings


@pytest.fixture
def database_url() -> str:
    return "sqlite:////nothing/is/asked/of/it"


def test_a_studio_has_the_engines_of_the_settings(settings: Settings, tmp_path: Path) -> None:
    all_three = replace(settings, speech_engines=("gtts", "piper", "espeak"), piper_voices=tmp_path)
    engines = Studio.open(all_three).engines
    assert [(name, engine.name) for name, engine in engines.items()] == [
        ("gtts", "gtts"),
        ("piper", "piper"),
        ("espeak", "espeak"),
    ]


def test_piper_is_left_out_without_voices(settings: Settings) -> None:
    wanted = replace(settings, speech_engines=("piper", "espeak"))
    assert list(Studio.open(wanted).engines) == ["espeak"]


def test_the_voice_of_a_language_is_the_engines_own(settings: Settings) -> None:
    engine = EspeakEngine()
    assert Studio.open(settings).get_voice(engine, "fr") == engine.find_voice("fr")


def test_a_language_without_a_voice_is_told(settings: Settings) -> None:
    with pytest.raises(NoVoiceError, match="espeak has no voice for 'tlh'"):
        Studio.open(settings).get_voice(EspeakEngine(), "tlh")
