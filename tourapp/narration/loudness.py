"""How loud a sound is to the ear, by EBU R 128."""

import math
from dataclasses import dataclass

import numpy as np

from tourapp.narration.engines.protocol import Speech
from tourapp.narration.sound import decode, frames_through

SILENCE_LUFS = -70.0

_LEAST_STEPS = 4
_LEAST_PEAK = 0.001  # FFmpeg reports peaks in thousandths.


@dataclass(frozen=True, slots=True)
class Loudness:
    """Integrated loudness, true peak and length; silence measures -70 LUFS."""

    integrated_lufs: float
    true_peak_dbtp: float
    duration_s: float


def measure(audio: bytes) -> Loudness:
    """Measure a sound file as it is heard: decoded. Raise InvalidError if it holds no sound."""
    return measure_speech(decode(audio))


def integrated_lufs(speech: Speech) -> float:
    """Measure the loudness alone, at a third of the cost of the peak."""
    return float(_metered(speech, "peak=none")["lavfi.r128.I"])


def measure_speech(speech: Speech) -> Loudness:
    """Measure a sound in memory."""
    last = _metered(speech, "peak=true")
    return Loudness(
        integrated_lufs=float(last["lavfi.r128.I"]),
        true_peak_dbtp=20 * math.log10(max(float(last["lavfi.r128.true_peak"]), _LEAST_PEAK)),
        duration_s=speech.duration_s,
    )


def _metered(speech: Speech, peak: str) -> dict[str, str]:
    """Return what the meter tells at the end."""
    meter = ("ebur128", f"metadata=1:{peak}:framelog=quiet")
    *_, last = frames_through(_whole_steps(speech), meter)
    return last.metadata


def _whole_steps(speech: Speech) -> Speech:
    """Fill up with silence: the meter reads whole tenths of a second, at least four."""
    step = speech.rate_hz // 10
    total = max(len(speech.samples), _LEAST_STEPS * step)
    missing = total + -total % step - len(speech.samples)
    return Speech(np.pad(speech.samples, (0, missing)), speech.rate_hz)
