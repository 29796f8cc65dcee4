"""A recording of the sample's text, and files of every kind and fault."""

from collections.abc import Callable

import pytest

from tests.narration.readings import Reader, file_of, script_of
from tests.samples import NARRATIVE
from tourapp.narration.engines.protocol import Speech

KINDS: dict[str, tuple[str, str]] = {
    "WAV": ("wav", "pcm_s16le"),
    "MP3": ("mp3", "libmp3lame"),
    "M4A": ("mp4", "aac"),
    "FLAC": ("flac", "flac"),
    "Ogg": ("ogg", "libopus"),
}

Writer = Callable[[str], bytes]


@pytest.fixture(scope="session")
def reading() -> Speech:
    """Return the sample's text, read by somebody."""
    speech, _ = Reader("fr+f3", 1.2).read(script_of(NARRATIVE.text))
    return speech


@pytest.fixture(scope="session")
def written(reading: Speech) -> Writer:
    """Return the recording as a file of a kind."""
    return lambda kind: file_of(reading, *KINDS[kind])
