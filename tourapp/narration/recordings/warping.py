"""Dynamic time warping: which moment of one sound is which of another, in bounded memory.

The way is sought roughly first, over moments joined by `_JOINED`, and then closely, in a band round
the rough way: for two quarters of an hour some 25 million cells of a byte, instead of 500.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tourapp.narration.recordings.features import Features

_JOINED = 5
_REACH = 60  # How far from the rough way the close one may run, in moments.

_DIAGONAL, _UP, _LEFT = 0, 1, 2

Moments = NDArray[np.int_]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Way:
    """For each moment of the model the first and the last one of the sound, and how far off."""

    firsts: Moments
    lasts: Moments
    distances: NDArray[np.float32]


def warp(model: Features, sound: Features) -> Way:
    """Return how a sound follows a model; both have at least one moment."""
    rough_model, rough_sound = _joined(model), _joined(sound)
    rough = _walk(rough_model, rough_sound, [(0, len(rough_sound))] * len(rough_model))
    return _walk(model, sound, _band(rough, len(model), len(sound)))


def _joined(features: Features) -> Features:
    firsts = np.arange(0, len(features), _JOINED)
    lengths = np.diff(firsts, append=len(features))
    joined: Features = (np.add.reduceat(features, firsts) / lengths[:, None]).astype(np.float32)
    return joined


def _band(rough: Way, rows: int, columns: int) -> list[Span]:
    starts = np.repeat(rough.firsts * _JOINED, _JOINED)[:rows] - _REACH
    ends = np.repeat((rough.lasts + 1) * _JOINED, _JOINED)[:rows] + _REACH
    return list(zip(starts.clip(0).tolist(), ends.clip(max=columns).tolist(), strict=True))


def _walk(model: Features, sound: Features, spans: Sequence[Span]) -> Way:
    """Find the nearest way from the first moments to the last, within a span for each row.

    Each row is one step: what comes from the left is a running minimum over summed costs.
    """
    turns = []
    # The first row is entered from one corner, which stands before it and before its columns.
    totals, since = np.zeros(1), -1
    norms = np.square(sound).sum(axis=1)
    for moment, (start, end) in zip(model, spans, strict=True):
        costs = _distances(moment, sound[start:end], norms[start:end])
        diagonal = _shifted(totals, since + 1, start, end)
        up = _shifted(totals, since, start, end)
        sums = costs.cumsum()
        detours = np.minimum(diagonal, up) + costs - sums
        nearest = np.minimum.accumulate(detours)
        turn = np.where(up < diagonal, _UP, _DIAGONAL)
        turns.append(np.where(nearest < detours, _LEFT, turn).astype(np.uint8))
        totals, since = sums + nearest, start
    return _traced(model, sound, spans, turns)


def _shifted(totals: NDArray[np.float64], since: int, start: int, end: int) -> NDArray[np.float64]:
    """Return totals that begin at column `since` as columns `start` to `end`, else infinity."""
    shifted = np.full(end - start, np.inf)
    first, last = max(since, start), min(since + len(totals), end)
    if first < last:
        shifted[first - start : last - start] = totals[first - since : last - since]
    return shifted


def _distances(
    moment: NDArray[np.float32], others: Features, norms: NDArray[np.float32]
) -> NDArray[np.float64]:
    squares = norms - 2 * (others @ moment) + moment @ moment
    distances: NDArray[np.float64] = np.sqrt(np.maximum(squares, 0).astype(np.float64))
    return distances


def _traced(
    model: Features, sound: Features, spans: Sequence[Span], turns: Sequence[NDArray[np.uint8]]
) -> Way:
    """Follow the turns back from the end, and note where each row was entered and left."""
    firsts = np.zeros(len(model), int)
    lasts = np.zeros(len(model), int)
    row, column = len(model) - 1, len(sound) - 1
    lasts[row] = column
    while row or column:
        turn = turns[row][column - spans[row][0]]
        if turn == _LEFT:
            column -= 1
            continue
        firsts[row] = column
        row -= 1
        column -= turn == _DIAGONAL
        lasts[row] = column
    offs = model - (sound[firsts] + sound[lasts]) / 2
    return Way(firsts, lasts, np.sqrt(np.square(offs).sum(axis=1)))
