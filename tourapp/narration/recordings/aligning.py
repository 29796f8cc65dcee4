"""When each sentence of a text is read in a recording, found by how a known voice says it.

As aeneas does: the sentences are synthesised, and the recording is warped onto their sound.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from tourapp.narration.engines.protocol import Speech
from tourapp.narration.recordings.features import HOP_S, UNRELATED, features_of
from tourapp.narration.recordings.warping import Way, warp

_STILL_S = 0.3

# Shares of the distance between moments that have nothing in common: the same text came to 0.28 in
# two like voices and to 0.62 in very different ones, another text to 0.67 and more.
_STRANGE, _ALIKE = 0.68, 0.56

_LEAST_EVENNESS = 0.6
_LEAST_S = 0.08

Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Alignment:
    """The span of each sentence in the recording, and how far it can be relied on.

    `confidence` runs from 0, for another text, to 1. `doubtful` numbers the sentences, from 0, that
    take much less or much more time than the others let expect: left out, or said otherwise.
    """

    spans_s: tuple[Span, ...]
    confidence: float
    doubtful: tuple[int, ...]


def align(
    recording: Speech, sentences: Sequence[Speech], *, pauses_s: Sequence[float]
) -> Alignment:
    """Find sentences, given as a known voice says them, in a recording of another one.

    A quarter of an hour takes some 5 seconds of a core and 300 MB.
    """
    model, spans_s = _laid_out(sentences, pauses_s)
    way = warp(features_of(model), features_of(recording))
    found = _found(way, spans_s, length_s=recording.duration_s)
    evenness = _evenness(spans_s, found)
    likeness = [_likeness(way, span) for span in spans_s]
    lengths_s = [end - start for start, end in spans_s]
    return Alignment(
        spans_s=tuple(found),
        confidence=round(float(np.average(evenness * likeness, weights=lengths_s)), 2),
        doubtful=tuple(np.flatnonzero(evenness < _LEAST_EVENNESS).tolist()),
    )


def _laid_out(sentences: Sequence[Speech], pauses_s: Sequence[float]) -> tuple[Speech, list[Span]]:
    """Return sentences as one sound with stillness round each, and where each is in it."""
    rate_hz = sentences[0].rate_hz
    blocks, spans_s, position = [_still(_STILL_S, rate_hz)], [], _STILL_S
    for sentence, pause_s in zip(sentences, pauses_s, strict=True):
        spans_s.append((position, position + sentence.duration_s))
        blocks += sentence.samples, _still(pause_s, rate_hz)
        position += sentence.duration_s + pause_s
    return Speech(np.concatenate(blocks), rate_hz), spans_s


def _still(length_s: float, rate_hz: int) -> NDArray[np.float32]:
    return np.zeros(round(length_s * rate_hz), np.float32)


def _moments(way: Way, span: Span) -> tuple[int, int]:
    """Return the first and the last moment of a span of the model."""
    last = len(way.firsts) - 1
    first, after = (round(moment_s / HOP_S) for moment_s in span)
    return min(first, last), min(max(first, after - 1), last)


def _found(way: Way, spans_s: Sequence[Span], *, length_s: float) -> list[Span]:
    """Return the spans in the recording: in order, none beyond its end, none empty."""
    moments = [_moments(way, span) for span in spans_s]
    starts_s = [float(way.lasts[first]) * HOP_S for first, _ in moments]
    ends_s = [float(way.firsts[last] + 1) * HOP_S for _, last in moments]
    following = [after - HOP_S for _, after in pairwise(starts_s)] + [length_s]
    return [
        (start_s, max(start_s + HOP_S / 2, min(end_s, most_s)))
        for start_s, end_s, most_s in zip(starts_s, ends_s, following, strict=True)
    ]


def _evenness(spans_s: Sequence[Span], found: Sequence[Span]) -> NDArray[np.float64]:
    """Tell how near each sentence's pace is to the usual one: 1 for the same, 0.5 for half."""
    paces = np.array(
        [
            max(_LEAST_S, f_end - f_start) / (end - start)
            for (start, end), (f_start, f_end) in zip(spans_s, found, strict=True)
        ]
    )
    ratios = paces / np.median(paces)
    evenness: NDArray[np.float64] = np.minimum(ratios, 1 / ratios)
    return evenness


def _likeness(way: Way, span: Span) -> float:
    first, last = _moments(way, span)
    distance = float(way.distances[first : last + 1].mean()) / UNRELATED
    return min(1.0, max(0.0, (_STRANGE - distance) / (_STRANGE - _ALIKE)))
