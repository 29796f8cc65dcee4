"""From spoken sentences to a clip: one level, clear speech, two files that every phone plays."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from tourapp.errors import InvalidError
from tourapp.narration.engines.protocol import Speech
from tourapp.narration.loudness import SILENCE_LUFS, measure, measure_speech
from tourapp.narration.sound import MP3, OPUS, Codec, decode, encode, encode_flac, through

__all__ = ["Clip", "decode", "encode_flac", "master"]

RATE_HZ = 24_000  # No engine gives more, and each step costs half.
TARGET_LUFS = -16.0

_LEAD_IN_S = 0.3
_TAIL_S = 0.5
_FADE_IN_S = 0.008
_FADE_OUT_S = 0.02

_INPUT_LUFS = -20.0  # What the compressor's threshold is set for.
_TONE = (
    ("highpass", "f=70"),
    ("acompressor", "threshold=-24dB:ratio=3:attack=5:release=100"),
)
_CEILING_DB = -2.5
_LOST_BY_ENCODING_LU = 0.3
_MOST_GAIN_DB = 30.0
_LEVELLING_ROUNDS = 6
_CLOSE_ENOUGH_LU = 0.15

_ENCODING_ROUNDS = 4
_TOLERANCE_LU = 0.5
_PEAK_LIMITS_DBTP = {OPUS: -0.5, MP3: -1.0}
_PEAK_MARGIN_DB = 0.3


@dataclass(frozen=True, slots=True)
class Clip:
    """A narration's sound, as Ogg Opus and as MP3, with the span of each sentence."""

    opus: bytes
    mp3: bytes
    duration_s: float
    spans_s: tuple[tuple[float, float], ...]


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
    too_high: bool
    miss_lu: float
    audio: bytes

    @property
    def good(self) -> bool:
        return not self.too_high and self.miss_lu <= _TOLERANCE_LU


def master(
    sentences: Sequence[Speech], *, pauses_s: Sequence[float], tags: Mapping[str, str]
) -> Clip:
    """Join sentences into a clip at -16 LUFS, within 1 LU on the decoded files.

    `pauses_s` holds the silence after each sentence; what follows the last one is the clip's own
    tail, so the last pause may be left out. `tags` (title, artist, album, language, licence) are
    written into both files. Decoded true peaks stay below -0.5 dBTP (Opus) and -1 dBTP (MP3).
    Equal sentences, pauses and tags give equal bytes. Raises InvalidError for no sentence, for
    sentences without sound, and for pauses that do not match them.
    """
    _require_sound(sentences, pauses_s)
    whole, spans_s = _laid_out(sentences, pauses_s)
    toned = _toned(whole)
    setting = _levelled(toned)
    opus, mp3 = (_fitted(toned, setting, codec, tags=tags) for codec in (OPUS, MP3))
    return Clip(opus=opus, mp3=mp3, duration_s=whole.duration_s, spans_s=spans_s)


def _require_sound(sentences: Sequence[Speech], pauses_s: Sequence[float]) -> None:
    if not sentences or not all(len(sentence.samples) for sentence in sentences):
        message = "a clip needs at least one sentence, and sound in each"
        raise InvalidError(message)
    if len(sentences) - len(pauses_s) not in {0, 1} or min(pauses_s, default=0.0) < 0:
        message = f"{len(pauses_s)} pauses do not go between {len(sentences)} sentences"
        raise InvalidError(message)


def _laid_out(
    sentences: Sequence[Speech], pauses_s: Sequence[float]
) -> tuple[Speech, tuple[tuple[float, float], ...]]:
    blocks = [_silence(_LEAD_IN_S)]
    spans_s = []
    position = len(blocks[0])
    gaps_s = (*pauses_s[: len(sentences) - 1], _TAIL_S)
    for sentence, gap_s in zip(sentences, gaps_s, strict=True):
        sound, gap = _faded(_at_rate(sentence)), _silence(gap_s)
        spans_s.append((position / RATE_HZ, (position + len(sound)) / RATE_HZ))
        position += len(sound) + len(gap)
        blocks += [sound, gap]
    return Speech(np.concatenate(blocks), RATE_HZ), tuple(spans_s)


def _silence(duration_s: float) -> NDArray[np.float32]:
    return np.zeros(round(duration_s * RATE_HZ), np.float32)


def _at_rate(sentence: Speech) -> NDArray[np.float32]:
    return through(sentence, ("aresample", str(RATE_HZ))).samples


def _faded(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    position = np.arange(len(samples), dtype=np.float32)
    rise = position / (_FADE_IN_S * RATE_HZ)
    fall = position[::-1] / (_FADE_OUT_S * RATE_HZ)
    shape: NDArray[np.float32] = np.minimum(1, np.minimum(rise, fall)).astype(np.float32)
    return samples * shape


def _toned(whole: Speech) -> Speech:
    """Bring any voice to one level before the compressor, so that it works alike on all."""
    heard = measure_speech(whole)
    if heard.integrated_lufs <= SILENCE_LUFS:
        message = "the sentences hold nothing but silence"
        raise InvalidError(message)
    return through(whole, ("volume", f"{_INPUT_LUFS - heard.integrated_lufs:.2f}dB"), *_TONE)


def _limited(toned: Speech, setting: _Setting) -> Speech:
    # `latency` takes back the limiter's delay: without it every span would be late.
    limiter = f"limit={setting.ceiling_db:.2f}dB:level=false:attack=5:release=50:latency=true"
    return through(toned, ("volume", f"{setting.gain_db:.2f}dB"), ("alimiter", limiter))


def _levelled(toned: Speech) -> _Setting:
    """Find the gain that gives the wanted loudness before encoding, which costs far less."""
    wanted = TARGET_LUFS + _LOST_BY_ENCODING_LU
    setting = _Setting(wanted - measure_speech(toned).integrated_lufs)
    for _ in range(_LEVELLING_ROUNDS):
        missing_lu = wanted - measure_speech(_limited(toned, setting)).integrated_lufs
        if abs(missing_lu) < _CLOSE_ENOUGH_LU:
            break
        setting = setting.louder_by(missing_lu)
    return setting


def _fitted(toned: Speech, setting: _Setting, codec: Codec, *, tags: Mapping[str, str]) -> bytes:
    """Encode, hear the decoded file, correct; return the best of a few rounds."""
    rounds = []
    for _ in range(_ENCODING_ROUNDS):
        audio = encode(_limited(toned, setting), codec, tags=tags)
        heard = measure(audio)
        missing_lu = TARGET_LUFS - heard.integrated_lufs
        excess_db = heard.true_peak_dbtp - _PEAK_LIMITS_DBTP[codec]
        rounds.append(_Round(too_high=excess_db >= 0, miss_lu=abs(missing_lu), audio=audio))
        if rounds[-1].good:
            break
        setting = setting.louder_by(missing_lu).lower_by(excess_db + _PEAK_MARGIN_DB)
    return min(rounds, key=attrgetter("too_high", "miss_lu")).audio
