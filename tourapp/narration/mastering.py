"""From spoken sentences to a clip: one level, clear speech, two files that every phone plays.

What costs is done once a sentence: it is brought to its level, encoded, and heard again. A clip
then joins its encoded sentences with silence between, and is heard again as a whole.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from tourapp.errors import InvalidError
from tourapp.narration.engines.protocol import Speech, TimedWord
from tourapp.narration.loudness import SILENCE_LUFS, integrated_lufs, measure
from tourapp.narration.sound import MP3, OPUS, Codec, decode, encode_flac, through
from tourapp.narration.splicing import LEAST_GAP_S, RATE_HZ, Label, Part, encode_part, splice

__all__ = [
    "MASTERING_VERSION",
    "Clip",
    "Mastered",
    "decode",
    "encode_flac",
    "join",
    "master",
    "master_sentence",
]

MASTERING_VERSION = 2
"""Grows with any change to how a sentence is mastered, so that old and new are never mixed."""

_LEAD_IN_S = 0.3
_TAIL_S = 0.5
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
_MOST_LUFS = -15.0
_PEAK_LIMITS_DBTP = {OPUS: -0.5, MP3: -1.0}
_PEAK_MARGIN_DB = 0.3


@dataclass(frozen=True, slots=True)
class Mastered:
    """A sentence at its level, encoded for `join`; `samples` is its length, at 24 kHz."""

    opus: bytes
    mp3: bytes
    samples: int
    words: tuple[TimedWord, ...]


@dataclass(frozen=True, slots=True)
class Clip:
    """A narration's sound, as Ogg Opus and as MP3, with the span and the words of each sentence.

    The times of words count from the beginning of their sentence.
    """

    opus: bytes
    mp3: bytes
    duration_s: float
    spans_s: tuple[tuple[float, float], ...]
    words: tuple[tuple[TimedWord, ...], ...]


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
    sentences: Sequence[Speech],
    *,
    pauses_s: Sequence[float],
    tags: Mapping[str, str],
    cover: bytes | None = None,
) -> Clip:
    """Master sentences and join them, as `join` does with those that were mastered before."""
    mastered = [master_sentence(speech) for speech in sentences]
    return join(mastered, pauses_s=pauses_s, tags=tags, cover=cover)


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


def join(
    sentences: Sequence[Mastered],
    *,
    pauses_s: Sequence[float],
    tags: Mapping[str, str],
    cover: bytes | None = None,
    after_each: Callable[[], object] = lambda: None,
) -> Clip:
    """Join sentences into a clip at -16 LUFS, within 1 LU on the decoded files.

    `pauses_s` holds the silence after each sentence, at least 0.2 s; what follows the last one is
    the clip's own tail, so the last pause may be left out. `tags` (title, album, language, license)
    and `cover`, a JPEG, are written into both files; `after_each` is called after each file.
    Decoded true peaks stay below -0.5 dBTP (Opus) and -1 dBTP (MP3). Equal sentences, pauses, tags
    and covers give equal bytes. Raises InvalidError for no sentence, for pauses that do not match
    them, and for a clip that is heard beyond these limits.
    """
    _require_pauses(sentences, pauses_s)
    starts, samples = _laid_out(sentences, pauses_s)
    files = {}
    for codec in (OPUS, MP3):
        parts = _parts(sentences, starts, codec)
        audio = splice(parts, codec, samples=samples, label=Label(tags, cover))
        files[codec] = _heard(audio, codec)
        after_each()
    return Clip(
        opus=files[OPUS],
        mp3=files[MP3],
        duration_s=samples / RATE_HZ,
        spans_s=tuple(
            (start / RATE_HZ, (start + sentence.samples) / RATE_HZ)
            for start, sentence in zip(starts, sentences, strict=True)
        ),
        words=tuple(sentence.words for sentence in sentences),
    )


def _require_pauses(sentences: Sequence[Mastered], pauses_s: Sequence[float]) -> None:
    if not sentences:
        message = "a clip needs at least one sentence"
        raise InvalidError(message)
    if len(sentences) - len(pauses_s) not in {0, 1}:
        message = f"{len(pauses_s)} pauses do not go between {len(sentences)} sentences"
        raise InvalidError(message)
    if min(pauses_s, default=LEAST_GAP_S) < LEAST_GAP_S:
        message = f"expected pauses of at least {LEAST_GAP_S} s, got {min(pauses_s)}"
        raise InvalidError(message)


def _laid_out(sentences: Sequence[Mastered], pauses_s: Sequence[float]) -> tuple[list[int], int]:
    """Return the sample at which each sentence begins, and the length of the whole."""
    gaps_s = (*pauses_s[: len(sentences) - 1], _TAIL_S)
    starts, position = [], round(_LEAD_IN_S * RATE_HZ)
    for sentence, gap_s in zip(sentences, gaps_s, strict=True):
        starts.append(position)
        position += sentence.samples + round(gap_s * RATE_HZ)
    return starts, position


def _parts(sentences: Sequence[Mastered], starts: Sequence[int], codec: Codec) -> list[Part]:
    chosen = attrgetter("opus" if codec is OPUS else "mp3")
    return [Part(chosen(each), start) for each, start in zip(sentences, starts, strict=True)]


def _heard(audio: bytes, codec: Codec) -> bytes:
    """Hear a clip as it will be, and return it where it keeps the limits."""
    heard = measure(audio)
    if heard.true_peak_dbtp >= _PEAK_LIMITS_DBTP[codec] or heard.integrated_lufs > _MOST_LUFS:
        message = (
            f"the clip's {codec.container} is too loud: {heard.integrated_lufs:.1f} LUFS,"
            f" {heard.true_peak_dbtp:.1f} dBTP"
        )
        raise InvalidError(message)
    return audio


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
    rounds = []
    for _ in range(_ENCODING_ROUNDS):
        audio = encode_part(_limited(toned, setting), codec)
        after_each()
        heard = measure(audio, around_s=_BLOCK_S)
        after_each()
        missing_lu = _TARGET_LUFS - heard.integrated_lufs
        excess_db = heard.true_peak_dbtp - _PEAK_LIMITS_DBTP[codec]
        rounds.append(_Round(too_high=excess_db >= 0, miss_lu=abs(missing_lu), audio=audio))
        if rounds[-1].good:
            break
        setting = setting.louder_by(missing_lu).lower_by(excess_db + _PEAK_MARGIN_DB)
    return min(rounds, key=attrgetter("too_high", "miss_lu")).audio
