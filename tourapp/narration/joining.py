"""Joining mastered sentences into a clip: two files that every phone plays, heard as a whole."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from tourapp.errors import InvalidError
from tourapp.narration.engines.protocol import TimedWord
from tourapp.narration.loudness import measure
from tourapp.narration.mastering import PEAK_LIMITS_DBTP, Mastered
from tourapp.narration.sound import MP3, OPUS, Codec
from tourapp.narration.splicing import LEAST_GAP_S, RATE_HZ, Label, Part, splice

_LEAD_IN_S = 0.3
_TAIL_S = 0.5
_MOST_LUFS = -15.0


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
        files[codec] = splice(parts, codec, samples=samples, label=Label(tags, cover))
        _require_limits(files[codec], codec)
        after_each()
    return Clip(
        opus=files[OPUS],
        mp3=files[MP3],
        duration_s=samples / RATE_HZ,
        spans_s=_spans_s(sentences, starts),
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


def _require_limits(audio: bytes, codec: Codec) -> None:
    """Hear a clip as it will be."""
    heard = measure(audio)
    if heard.true_peak_dbtp >= PEAK_LIMITS_DBTP[codec] or heard.integrated_lufs > _MOST_LUFS:
        message = (
            f"the clip's {codec.container} is too loud: {heard.integrated_lufs:.1f} LUFS,"
            f" {heard.true_peak_dbtp:.1f} dBTP"
        )
        raise InvalidError(message)


def _spans_s(
    sentences: Sequence[Mastered], starts: Sequence[int]
) -> tuple[tuple[float, float], ...]:
    return tuple(
        (start / RATE_HZ, (start + sentence.samples) / RATE_HZ)
        for start, sentence in zip(starts, sentences, strict=True)
    )
