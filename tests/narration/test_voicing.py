from dataclasses import replace

import pytest

from tourapp.narration.voicing import Voicing
from tourapp.settings import Settings


@pytest.fixture
def database_url() -> str:
    return "sqlite:////nothing/is/asked/of/it"


def test_the_engines_are_those_that_can_be_tried(settings: Settings) -> None:
    without_voices = replace(settings, speech_engines=("gtts", "piper", "espeak"))
    assert Voicing.of(without_voices).engines == ("gtts", "espeak")


def test_the_version_does_not_depend_on_the_engines(settings: Settings) -> None:
    more = replace(settings, speech_engines=("gtts", "espeak"))
    assert Voicing.of(more).version == Voicing.of(settings).version
