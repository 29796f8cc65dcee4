"""Decodes one sound that somebody gave, within limits, and exits.

Run as a script, with the number of the open file to write to; what was given is the standard
input, a file too. Writes FLAC, mono, 24 kHz, and tells on standard output, as JSON, how long it is
and what it was. A sound that is refused makes it exit with a sentence.

Whatever a file claims, it takes no more than `_MEMORY_BYTES` and `_CORE_S`, and ends with a quarter
of an hour of sound. It imports nothing of the product, and the process that serves others never
decodes what is not ours.
"""

import json
import os
import resource
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, BinaryIO

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.stream import Disposition
from numpy.typing import NDArray

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import InputContainer

RATE_HZ = 24_000
LONGEST_S = 900
SHORTEST_S = 1.0

_MEMORY_BYTES = 1_000_000_000
_CORE_S = 120
_WRITTEN_BYTES = 60_000_000

# What tells its own container; a list of addresses or of other files is none of them.
_CONTAINERS = "wav,mp3,flac,ogg,mov,mp4,m4a,3gp,3g2,mj2"
_MOST_CHANNELS = 2
_HIGHEST_HZ = 192_000
_SOFTEST = 0.01  # -40 dB at its loudest: nobody speaks there.
_CLIPPED_AT = 0.99
_MOST_CLIPPED = 0.02
_MISSING_S = 0.5
_UNKNOWN_BYTES = 0xFFFFFFFF
_HEAD_BYTES = 1_000_000  # A picture may stand before the sound.
_OGG_PAGE_BYTES, _OGG_FLAGS, _OGG_LENGTHS, _OGG_LAST = 65_307, 5, 27, 4


def main(written: int) -> None:
    """Decode, check, write and tell."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (_CORE_S, _CORE_S + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_WRITTEN_BYTES, _WRITTEN_BYTES))
    given = open(sys.stdin.fileno(), "rb", buffering=0, closefd=False)  # noqa: SIM115
    if not os.fstat(given.fileno()).st_size:
        sys.exit("the file is empty")
    try:
        told = _heard(given, written)
    except (av.FFmpegError, ValueError, MemoryError):
        sys.exit("this is no sound that can be decoded to its end")
    json.dump(told, sys.stdout)


def _heard(given: BinaryIO, written: int) -> dict[str, object]:
    whitelist = {"format_whitelist": _CONTAINERS, "protocol_whitelist": "none"}
    with av.open(given, "r", options=whitelist) as container:
        stream = _stream(container)
        what = f"{stream.codec_context.name}, {stream.rate} Hz, {stream.channels} channels"
        meter = _Meter()
        with open(written, "wb", closefd=False) as file:
            _written(meter.passing(_mono(container, stream)), file)
        meter.check()
        _require_whole(container, given, meter.duration_s)
    return {"duration_s": meter.duration_s, "format": what}


def _stream(container: "InputContainer") -> "AudioStream":
    if any(not each.disposition & Disposition.attached_pic for each in container.streams.video):
        sys.exit("this is a video; give its sound alone")
    if not container.streams.audio:
        sys.exit("there is no sound in this file")
    stream = container.streams.audio[0]
    _require_usual(stream)
    return stream


def _require_usual(stream: "AudioStream") -> None:
    if not 1 <= stream.channels <= _MOST_CHANNELS:
        sys.exit(f"expected one channel or two, got {stream.channels}")
    if not 1 <= stream.rate <= _HIGHEST_HZ:
        sys.exit(f"expected at most {_HIGHEST_HZ} Hz, got {stream.rate}")


def _mono(container: "InputContainer", stream: "AudioStream") -> Iterator[AudioFrame]:
    to_mono = AudioResampler(format="flt", layout="mono", rate=RATE_HZ, frame_size=RATE_HZ)
    for frame in container.decode(stream):
        yield from to_mono.resample(frame)
    yield from to_mono.resample(None)


def _written(frames: Iterable[AudioFrame], file: BinaryIO) -> None:
    options = {"fflags": "+bitexact"}
    with av.open(file, "w", format="flac", options=options) as container:
        stream = container.add_stream("flac", rate=RATE_HZ, layout="mono")
        for frame in frames:
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


class _Meter:
    """Hears what passes, and refuses what is no recording of a voice."""

    def __init__(self) -> None:
        self._samples = 0
        self._clipped = 0
        self._loudest = 0.0

    @property
    def duration_s(self) -> float:
        return self._samples / RATE_HZ

    def passing(self, frames: Iterable[AudioFrame]) -> Iterator[AudioFrame]:
        for frame in frames:
            self._hear(np.abs(frame.to_ndarray()))
            yield frame

    def _hear(self, level: NDArray[np.float32]) -> None:
        if not np.isfinite(level).all():
            sys.exit("the sound holds values that are no numbers")
        self._samples += level.size
        self._clipped += int(np.count_nonzero(level >= _CLIPPED_AT))
        self._loudest = max(self._loudest, float(level.max(initial=0.0)))
        if self.duration_s > LONGEST_S:
            sys.exit(f"it is longer than {LONGEST_S // 60} minutes")

    def check(self) -> None:
        """Refuse what is too short, silent or distorted."""
        if self.duration_s < SHORTEST_S:
            sys.exit(f"it lasts {self.duration_s:.1f} s; expected at least {SHORTEST_S:.0f} s")
        if self._loudest < _SOFTEST:
            sys.exit("it holds nothing but silence, or is far too soft")
        if self._clipped > _MOST_CLIPPED * self._samples:
            sys.exit("it is clipped: too loud for the microphone; record it again, softer")


def _require_whole(container: "InputContainer", given: BinaryIO, heard_s: float) -> None:
    """Refuse a file that tells of more sound than it holds, where its kind tells at all."""
    told_s = (container.duration or 0) / av.time_base
    kind = container.format.name
    if {
        "wav": _is_cut_wave(given),
        "ogg": not _is_closed(given),
        "mp3": told_s - heard_s > _MISSING_S and _tells_its_length(given),
    }.get(kind, told_s - heard_s > _MISSING_S):
        sys.exit("the file is cut short: it tells of more sound than it holds")


def _is_cut_wave(given: BinaryIO) -> bool:
    told = int.from_bytes(_start(given, 8)[4:], "little")
    # What is recorded to a stream cannot tell how long it will be.
    return told < _UNKNOWN_BYTES and told + 8 > given.seek(0, os.SEEK_END)


def _tells_its_length(given: BinaryIO) -> bool:
    """Tell whether an MP3 has a head of its own; otherwise its length is a guess."""
    start = _start(given, _HEAD_BYTES)
    return b"Xing" in start or b"Info" in start


def _start(given: BinaryIO, size: int) -> bytes:
    given.seek(0)
    return given.read(size)


def _is_closed(given: BinaryIO) -> bool:
    """Tell whether an Ogg file ends with a whole page that says it is the last."""
    size = given.seek(0, os.SEEK_END)
    given.seek(max(0, size - _OGG_PAGE_BYTES))
    end = given.read()
    page = end[max(0, end.rfind(b"OggS")) :]
    lengths = page[_OGG_LENGTHS : _OGG_LENGTHS + page[_OGG_LENGTHS - 1]]
    is_last = bool(page[_OGG_FLAGS] & _OGG_LAST)
    return is_last and len(page) >= _OGG_LENGTHS + len(lengths) + sum(lengths)


if __name__ == "__main__":
    main(int(sys.argv[1]))
