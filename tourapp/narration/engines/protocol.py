"""What every speech engine promises, and the ways in which it may fail."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from tourapp.errors import InvalidError, UnavailableError
from tourapp.narration.lexicon import Notation

_FLOOR = 0.005  # 46 dB below the loudest sample counts as silence.
_MARGIN_BEFORE_S = 0.02
_MARGIN_AFTER_S = 0.04


class EngineError(UnavailableError):
    """The engine speaks nothing now; any other text would fail as well."""


class UnreachableError(EngineError):
    """The engine's service cannot be reached, or is down."""


class ThrottledError(EngineError):
    """The service asks for fewer requests; `retry_after_s` says when to come back, if it told."""

    def __init__(self, message: str, *, retry_after_s: float | None) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class BrokenAnswerError(EngineError):
    """The engine answered, but with something that is not the whole sound."""


class RefusedTextError(InvalidError):
    """The engine will never say this text."""


@dataclass(frozen=True, slots=True)
class Voice:
    """All that decides how a text sounds, beside the text.

    `version` names the engine's version and every parameter, such as "1.52.0/150wpm".
    """

    engine: str
    name: str
    lang: str
    version: str


@dataclass(frozen=True, slots=True)
class TimedWord:
    """A stretch of a spoken text, from one character to another, and when it is said."""

    start: int
    end: int
    start_s: float
    end_s: float

    def within(self, from_s: float, to_s: float) -> "TimedWord":
        """Return it as a clock tells that starts at `from_s` and ends at `to_s`."""
        start_s, end_s = (
            round(min(max(moment_s, from_s), to_s) - from_s, 3)
            for moment_s in (self.start_s, self.end_s)
        )
        return replace(self, start_s=start_s, end_s=end_s)


@dataclass(frozen=True, slots=True, eq=False)
class Speech:
    """Sound in memory: mono samples in [-1, 1] at `rate_hz`.

    `words` covers the spoken text in order where the engine tells when it says what.
    """

    samples: NDArray[np.float32]
    rate_hz: int
    words: tuple[TimedWord, ...] = ()

    @property
    def duration_s(self) -> float:
        """Tell how long it lasts."""
        return len(self.samples) / self.rate_hz

    def trimmed(self) -> "Speech":
        """Return it without the silence at both ends, so that pauses are the caller's to set."""
        level = np.abs(self.samples)
        heard = np.flatnonzero(level > _FLOOR * level.max(initial=0.0))
        if not heard.size:
            return Speech(self.samples[:0], self.rate_hz)
        start = max(0, int(heard[0]) - round(_MARGIN_BEFORE_S * self.rate_hz))
        after = int(heard[-1]) + 1 + round(_MARGIN_AFTER_S * self.rate_hz)
        end = min(after, len(self.samples))
        words = (word.within(start / self.rate_hz, end / self.rate_hz) for word in self.words)
        return Speech(self.samples[start:end], self.rate_hz, tuple(words))


@dataclass(frozen=True, slots=True)
class Capability:
    """What to expect of an engine: the languages that it has voices of, and two traits."""

    languages: tuple[str, ...]
    times_words: bool
    needs_network: bool


class Engine(Protocol):
    """One way to turn a sentence into sound.

    Implementations keep no state that a sentence could change, and may be called from any thread.
    """

    name: str
    notation: Notation

    @property
    def capability(self) -> Capability:
        """Tell what to expect; asks nobody. Raises EngineError when voices cannot be read."""

    def find_voice(self, lang: str) -> Voice | None:
        """Return the voice that speaks a language (such as "fr"), or None without one.

        Raises EngineError when the engine cannot even tell.
        """

    def speak(self, text: str, *, voice: Voice) -> Speech:
        """Say one sentence, without silence at its ends, its words timed if the engine can.

        Raises RefusedTextError for a text that it will never say: empty, without a word, or in
        a language that it does not speak. Raises EngineError when nothing can be said now.
        """


def require_words(text: str) -> None:
    """Raise RefusedTextError unless there is a word to say."""
    if "\0" in text or not any(character.isalnum() for character in text):
        message = f"there is no word to say in {text!r}"
        raise RefusedTextError(message)


def joined(parts: Sequence[Speech], *, pause_s: float) -> Speech:
    """Return parts of one sentence, trimmed and of one rate, with a breath between them."""
    rate_hz = parts[0].rate_hz
    breath = np.zeros(round(pause_s * rate_hz), np.float32)
    spaced = [block for part in parts for block in (breath, part.samples)]
    return Speech(np.concatenate(spaced[1:]), rate_hz)
