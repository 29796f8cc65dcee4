"""Levelling a spoken sentence: as loud as all others, clear, encoded, and heard again.

What costs is done here, once a sentence; `joining` makes clips of what comes of it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from tourapp.errors import InvalidError
from tourapp.narration.engines.protocol import Speech, TimedWord
from tourapp.narration.loudness import SILENCE_LUFS, integrated_lufs, measure
from tourapp.narration.sound import MP3, OPUS, Codec, through
from tourapp.narration.splicing import RATE_HZ, encode_part

MASTERING_VERSION = 2
"""Grows with any change to how a sentence is mastered, so that old and new are never mixed."""

PEAK_LIMITS_DBTP = {OPUS: -0.5, MP3: -1.0}
"""What the true peak of a decoded file stays below: Opus overshoots."""

_FADE_IN_S = 0.008
_FADE_OUT_S = 0.02

_TARGET_LUFS = -16.0
_BLOCK_S = 0.4  # What loudness is measured in.
_LOST_BY_ENCODING_LU = 0.3
_INPUT_LUFS = -20.0  # What the compressor's threshold is set for.
_TONE = (
    ("highpass", "f=70"),
    ("acompressor", "threshold=-24dB:ratio=3:attack=5:release=100"),
)
_CEILING_DB = -2.5
_MOST_GAIN_DB = 30.0
_LEVELLING_ROUNDS = 6
_CLOSE_ENOUGH_LU = 0.15

_ENCODING_ROUNDS = 4
_TOLERANCE_LU = 0.5
_PEAK_MARGIN_DB = 0.3


@dataclass(frozen=True, slots=True)
class Mastered:
    """A sentence at its level, encoded for `join`; `samples` is its length, at 24 kHz."""

    opus: bytes
    mp3: bytes
    samples: int
    words: tuple[TimedWord, ...]


@dataclass(frozen=True, slots=True)
class _Setting:
    gain_db: float
    ceiling_db: float = _CEILING_DB

    def louder_by(self, change_lu: float) -> "_Setting":
        # The limiter eats part of every decibel, so each step asks for half as much again.
        gain_db = min(_MOST_GAIN_DB, self.gain_db + 1.5 * change_lu)
        return replace(self, gain_db=gain_db)

    def lower_by(self, excess_db: float) -> "_Setting":
        return replace(self, ceiling_db=self.ceiling_db - max(0.0, excess_db))


@dataclass(frozen=True, slots=True)
class _Round:
    """A file as it is heard: what it lacks of the wanted loudness, and its peak above the limit."""

    audio: bytes
    missing_lu: float
    excess_db: float

    @property
    def faults(self) -> tuple[bool, float]:
        return self.excess_db >= 0, abs(self.missing_lu)

    @property
    def is_good(self) -> bool:
        return self.faults <= (False, _TOLERANCE_LU)

    def corrected(self, setting: _Setting) -> _Setting:
        louder = setting.louder_by(self.missing_lu)
        return louder.lower_by(self.excess_db + _PEAK_MARGIN_DB)


def master_sentence(speech: Speech, *, after_each: Callable[[], object] = lambda: None) -> Mastered:
    """Bring one sentence, or a whole recording, to the level of all, and encode it.

    Equal sentences give equal bytes. `after_each` is called after each pass over the sound, of
    which a quarter of an hour takes many seconds. Raises InvalidError for one without sound.
    """
    if not len(speech.samples):
        message = "a sentence holds no sound"
        raise InvalidError(message)
    toned = _toned(through(speech, ("aresample", str(RATE_HZ))))
    after_each()
    setting = _levelled(toned, after_each)
    opus, mp3 = (_fitted(toned, setting, codec, after_each) for codec in (OPUS, MP3))
    return Mastered(opus=opus, mp3=mp3, samples=len(toned.samples), words=speech.words)


def _faded(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    position = np.arange(len(samples), dtype=np.float32)
    rise = position / (_FADE_IN_S * RATE_HZ)
    fall = position[::-1] / (_FADE_OUT_S * RATE_HZ)
    shape: NDArray[np.float32] = np.minimum(1, np.minimum(rise, fall)).astype(np.float32)
    return samples * shape


def _toned(sentence: Speech) -> Speech:
    """Bring any voice to one level before the compressor, so that it works alike on all."""
    heard_lufs = _heard_lufs(sentence)
    if heard_lufs <= SILENCE_LUFS:
        message = "a sentence holds nothing but silence"
        raise InvalidError(message)
    volume = ("volume", f"{_INPUT_LUFS - heard_lufs:.2f}dB")
    return Speech(_faded(through(sentence, volume, *_TONE).samples), RATE_HZ)


def _heard_lufs(sentence: Speech) -> float:
    """Measure a sentence as it is heard in a clip, where pauses count for a little."""
    return integrated_lufs(sentence, around_s=_BLOCK_S)


def _limited(toned: Speech, setting: _Setting) -> Speech:
    # `latency` takes back the limiter's delay: without it every span would be late.
    limiter = f"limit={setting.ceiling_db:.2f}dB:level=false:attack=5:release=50:latency=true"
    return through(toned, ("volume", f"{setting.gain_db:.2f}dB"), ("alimiter", limiter))


def _levelled(toned: Speech, after_each: Callable[[], object]) -> _Setting:
    """Find the gain that gives the wanted loudness before encoding, which costs far less."""
    wanted_lufs = _TARGET_LUFS + _LOST_BY_ENCODING_LU
    setting = _Setting(wanted_lufs - _heard_lufs(toned))
    for _ in range(_LEVELLING_ROUNDS):
        missing_lu = wanted_lufs - _heard_lufs(_limited(toned, setting))
        after_each()
        if abs(missing_lu) < _CLOSE_ENOUGH_LU:
            break
        setting = setting.louder_by(missing_lu)
    return setting


def _fitted(
    toned: Speech, setting: _Setting, codec: Codec, after_each: Callable[[], object]
) -> bytes:
    """Encode, hear the decoded file, correct; return the best of a few rounds."""
    rounds: list[_Round] = []
    for _ in range(_ENCODING_ROUNDS):
        rounds.append(latest := _encoded(_limited(toned, setting), codec, after_each))
        if latest.is_good:
            break
        setting = latest.corrected(setting)
    return min(rounds, key=attrgetter("faults")).audio


def _encoded(limited: Speech, codec: Codec, after_each: Callable[[], object]) -> _Round:
    audio = encode_part(limited, codec)
    after_each()
    heard = measure(audio, around_s=_BLOCK_S)
    after_each()
    return _Round(
        audio,
        missing_lu=_TARGET_LUFS - heard.integrated_lufs,
        excess_db=heard.true_peak_dbtp - PEAK_LIMITS_DBTP[codec],
    )
