"""eSpeak NG: speaks at once, everywhere, offline; one short process a sentence."""

import re
import subprocess
import sys
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from itertools import pairwise

import espeakng_loader
import numpy as np

from tourapp.narration.engines import espeak_child
from tourapp.narration.engines.protocol import (
    Capability,
    EngineError,
    RefusedTextError,
    Speech,
    TimedWord,
    Voice,
    require_words,
)
from tourapp.narration.lexicon import Notation

# Nothing that is installed (-S) nor the modules beside it, which bear packages' names (-I), is
# looked for: a sentence costs the start of one process.
_CHILD = (sys.executable, "-IS", espeak_child.__file__)


@dataclass(frozen=True, slots=True)
class _Manner:
    speed_wpm: int
    pitch: int


# eSpeak NG counts words as English has them: these settings all give some 150 real words a minute.
_MANNERS = {
    "fr": _Manner(speed_wpm=125, pitch=45),
    "en": _Manner(speed_wpm=135, pitch=45),
    "nl": _Manner(speed_wpm=145, pitch=45),
    "de": _Manner(speed_wpm=145, pitch=45),
}


class EspeakEngine:
    """The engine that is always there; `command` starts the process that says one text."""

    name = "espeak"
    notation: Notation = "espeak"

    def __init__(self, *, command: Sequence[str] = _CHILD, timeout_s: float = 20.0) -> None:
        self._command = tuple(command)
        self._timeout_s = timeout_s

    @property
    def capability(self) -> Capability:
        """Tell what to expect."""
        return Capability(languages=tuple(_MANNERS), times_words=True, needs_network=False)

    def find_voice(self, lang: str) -> Voice | None:
        """Return the voice of a language, or None."""
        manner = _MANNERS.get(lang)
        if manner is None:
            return None
        # The package pins both the library and its data; what was kept before words were timed
        # is another sound.
        parameters = f"{manner.speed_wpm}wpm/pitch{manner.pitch}/words"
        release = f"{version('espeakng-loader')}/{parameters}"
        return Voice(engine=self.name, name=lang, lang=lang, version=release)

    def speak(self, text: str, *, voice: Voice) -> Speech:
        """Say one sentence; equal texts give equal samples."""
        require_words(text)
        manner = _MANNERS.get(voice.lang)
        if manner is None:
            message = f"eSpeak NG is not set up to speak {voice.lang!r}"
            raise RefusedTextError(message)
        sound = self._run(text, *_paths(), voice.name, str(manner.speed_wpm), str(manner.pitch))
        return _heard(sound, text=text)

    def _run(self, text: str, *arguments: str) -> bytes:
        try:
            done = subprocess.run(  # noqa: S603 -- our own script, and no shell
                [*self._command, *arguments],
                input=text.encode(),
                capture_output=True,
                timeout=self._timeout_s,
                check=False,
            )
        except subprocess.TimeoutExpired:
            message = f"eSpeak NG did not end within {self._timeout_s:g} s"
            raise EngineError(message) from None
        except OSError as error:
            message = f"eSpeak NG cannot be started: {error}"
            raise EngineError(message) from error
        if done.returncode != 0:
            raise EngineError(_last_words(done))
        return done.stdout


def _paths() -> tuple[str, str]:
    """Return where the library and its data are."""
    try:
        return espeakng_loader.get_library_path(), espeakng_loader.get_data_path()
    except RuntimeError as error:
        message = f"eSpeak NG is not whole: {error}"
        raise EngineError(message) from error


def _last_words(done: subprocess.CompletedProcess[bytes]) -> str:
    lines = done.stderr.decode(errors="replace").split("\n")
    said = next((line.strip() for line in reversed(lines) if line.strip()), "without a word")
    return f"eSpeak NG ended with status {done.returncode}: {said}"


def _heard(answer: bytes, *, text: str) -> Speech:
    told, _, sound = answer.partition(b"\n")
    try:
        whole = np.frombuffer(sound, dtype="<i2").astype(np.float32)
        starts = [_start(word) for word in told.decode().split()]
    except ValueError:
        message = "eSpeak NG broke off in the middle of a sample"
        raise EngineError(message) from None
    words = tuple(_timed(text, starts, samples=len(whole)))
    speech = Speech(whole / np.float32(32_768), espeak_child.RATE_HZ, words).trimmed()
    if not len(speech.samples):
        message = f"eSpeak NG says nothing for {text!r}"
        raise RefusedTextError(message)
    return speech


def _start(told: str) -> tuple[int, int]:
    position, sample = told.split(":")
    return int(position), int(sample)


def _timed(text: str, starts: Sequence[tuple[int, int]], *, samples: int) -> Iterator[TimedWord]:
    """Yield the words as blanks part them; one that is not told of goes with the one before."""
    tokens = [match.start() for match in re.finditer(r"\S+", text)]
    onsets: dict[int, int] = {}
    for position, sample in starts:
        token = tokens[bisect_right(tokens, position) - 1]
        if token > max(onsets, default=-1):
            onsets[token] = sample
    for (start, first), (end, last) in pairwise([*onsets.items(), (len(text), samples)]):
        rate_hz = espeak_child.RATE_HZ
        yield TimedWord(start=start, end=end, start_s=first / rate_hz, end_s=last / rate_hz)
