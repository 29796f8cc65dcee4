"""How loud a sound is to the ear, by EBU R 128."""

import math
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from av.audio.frame import AudioFrame

from tourapp.narration.engines.protocol import Speech
from tourapp.narration.sound import decoded, frames_of, frames_through

SILENCE_LUFS = -70.0

_LEAST_S = 0.4
_LEAST_PEAK = 0.001  # FFmpeg reports peaks in thousandths.


@dataclass(frozen=True, slots=True)
class Loudness:
    """Integrated loudness, true peak and length; silence measures -70 LUFS."""

    integrated_lufs: float
    true_peak_dbtp: float
    duration_s: float


def measure(audio: bytes, *, around_s: float = 0.0) -> Loudness:
    """Measure a sound file as it is heard: decoded, with as much silence around it as is told.

    Raises InvalidError if it holds no sound. However long it is, a second of it is held at a time.
    """
    last, duration_s = _metered(decoded(audio), "peak=true", around_s)
    return Loudness(
        integrated_lufs=float(last["lavfi.r128.I"]),
        true_peak_dbtp=20 * math.log10(max(float(last["lavfi.r128.true_peak"]), _LEAST_PEAK)),
        duration_s=duration_s,
    )


def integrated_lufs(speech: Speech, *, around_s: float = 0.0) -> float:
    """Measure the loudness alone, at a third of the cost of the peak."""
    last, _ = _metered(frames_of(speech), "peak=none", around_s)
    return float(last["lavfi.r128.I"])


def _metered(
    frames: Iterator[AudioFrame], peak: str, around_s: float
) -> tuple[dict[str, str], float]:
    """Return what the meter tells at the end, and the seconds of the frames."""
    first = next(frames)
    counted = _Counted(chain([first], frames))
    heard = frames_through(
        counted,
        first.sample_rate,
        ("adelay", f"delays={1000 * around_s:.0f}"),
        ("apad", f"pad_dur={around_s}"),
        # The meter reads whole tenths of a second, at least four.
        ("apad", f"whole_dur={_LEAST_S}"),
        ("asetnsamples", f"n={first.sample_rate // 10}:p=1"),
        ("ebur128", f"metadata=1:{peak}:framelog=quiet"),
    )
    [last] = deque(heard, maxlen=1)
    return last.metadata, counted.samples / first.sample_rate


class _Counted:
    """Frames that pass, and how many samples they held."""

    def __init__(self, frames: Iterable[AudioFrame]) -> None:
        self._frames = frames
        self.samples = 0

    def __iter__(self) -> Iterator[AudioFrame]:
        for frame in self._frames:
            self.samples += frame.samples
            yield frame
