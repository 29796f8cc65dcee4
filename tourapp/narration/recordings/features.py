"""What of a sound tells which word is said, whoever says it: cepstral coefficients, on mel."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from tourapp.narration.engines.protocol import Speech

HOP_S = 0.04
"""How far apart the described moments are."""

_WINDOW_S = 0.1
_BANDS = 26
_COEFFICIENTS = 10
_LOWEST_HZ, _HIGHEST_HZ = 100.0, 7000.0
_FLOOR = 0.03  # Of the mean power: what is softer is the room, and differs from one to the next.
_BLOCK = 512  # So many moments at once, whatever the length.

# How loud it is parts words from pauses, in any voice: it counts as much as two others.
_WEIGHTS = np.array([2.0] + [1.0] * (_COEFFICIENTS - 1), np.float32)

UNRELATED = float(np.sqrt(2 * np.square(_WEIGHTS).sum()))
"""How far apart moments are that have nothing in common."""

Features = NDArray[np.float32]


def features_of(speech: Speech) -> Features:
    """Return a row for each `HOP_S` of a sound, to be compared with those of another voice.

    Columns have mean 0 and equal deviations: what a voice or a microphone adds throughout is gone.
    """
    window = round(_WINDOW_S * speech.rate_hz)
    hop = HOP_S * speech.rate_hz
    starts = (np.arange(max(1, len(speech.samples) // hop)) * hop).astype(int)
    samples = np.pad(speech.samples, (window // 2, window))
    power = float(np.square(speech.samples, dtype=np.float64).mean()) or 1.0
    blocks = [
        _cepstrum(samples[starts[first : first + _BLOCK, None] + np.arange(window)], speech, power)
        for first in range(0, len(starts), _BLOCK)
    ]
    cepstrum = np.concatenate(blocks)
    spread: Features = cepstrum.std(axis=0)
    evened: Features = (cepstrum - cepstrum.mean(axis=0)) / np.where(spread > 0, spread, 1)
    return evened * _WEIGHTS


def _cepstrum(frames: NDArray[np.float32], speech: Speech, power: float) -> Features:
    window = frames.shape[1]
    spectrum = np.fft.rfft(frames * np.hanning(window), axis=1)
    energies = np.square(np.abs(spectrum)) / (window * power)
    cepstrum: NDArray[np.float64] = (
        np.log(energies @ _mel(window, speech.rate_hz) + _FLOOR) @ _cosines()
    )
    return cepstrum.astype(np.float32)


@cache
def _mel(window: int, rate_hz: int) -> NDArray[np.float64]:
    """Return how much of each frequency each of the bands hears: triangles, even on mel."""
    frequencies = np.fft.rfftfreq(window, 1 / rate_hz)
    lowest, highest = (2595 * np.log10(1 + hz / 700) for hz in (_LOWEST_HZ, _HIGHEST_HZ))
    edges_hz = 700 * (10 ** (np.linspace(lowest, highest, _BANDS + 2) / 2595) - 1)
    below, centre, above = edges_hz[:-2], edges_hz[1:-1], edges_hz[2:]
    rise = (frequencies[:, None] - below) / (centre - below)
    fall = (above - frequencies[:, None]) / (above - centre)
    bands: NDArray[np.float64] = np.minimum(rise, fall).clip(0)
    return bands


@cache
def _cosines() -> NDArray[np.float64]:
    """Return the cosine transform, which parts the shape of a mouth from the pitch of a voice."""
    bands = (np.arange(_BANDS) + 0.5) / _BANDS
    cosines: NDArray[np.float64] = np.cos(np.pi * bands[:, None] * np.arange(_COEFFICIENTS))
    return cosines
