"""Sound through FFmpeg, by PyAV: files read and written, filters run."""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Literal, cast

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.filter import Graph

from tourapp.errors import InvalidError
from tourapp.narration.engines.protocol import Speech

_NO_TAGS: Mapping[str, str] = MappingProxyType({})
_MONO_FLOAT = ("aformat", "sample_fmts=flt:channel_layouts=mono")

Filter = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Codec:
    """An encoding: its container, FFmpeg's encoder and, for a lossy one, its bit rate."""

    container: Literal["ogg", "mp3", "flac"]
    encoder: Literal["libopus", "libmp3lame", "flac"]
    bits_per_s: int | None


OPUS = Codec("ogg", "libopus", 28_000)
MP3 = Codec("mp3", "libmp3lame", 48_000)
FLAC = Codec("flac", "flac", None)


def decode(audio: bytes) -> Speech:
    """Read a sound file as mono at its own rate; raise InvalidError if it holds no sound."""
    try:
        return _decoded(io.BytesIO(audio))
    except (av.FFmpegError, IndexError, ValueError) as error:
        message = f"these {len(audio)} bytes are no sound that can be decoded"
        raise InvalidError(message) from error


def encode(speech: Speech, codec: Codec, *, tags: Mapping[str, str] = _NO_TAGS) -> bytes:
    """Write a sound file; equal sounds and tags give equal bytes."""
    file = io.BytesIO()
    # Without this flag the Ogg container draws a serial number at random.
    with av.open(file, "w", format=codec.container, options={"fflags": "+bitexact"}) as container:
        container.metadata.update(tags)
        stream = container.add_stream(codec.encoder, rate=speech.rate_hz, layout="mono")
        if codec.bits_per_s:
            stream.bit_rate = codec.bits_per_s
        for frame in _frames(speech):
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return file.getvalue()


def encode_flac(speech: Speech) -> bytes:
    """Write a speech without loss, to 16 bits: how spoken sentences are kept."""
    return encode(speech, FLAC)


def frames_through(speech: Speech, *filters: Filter) -> Iterator[AudioFrame]:
    """Push the sound through FFmpeg's filters and yield the frames that come out."""
    graph = _graph(speech.rate_hz, filters)
    for frame in (*_frames(speech), None):
        graph.push(frame)
        yield from _ready(graph)


def through(speech: Speech, *filters: Filter) -> Speech:
    """Return the sound as FFmpeg's filters leave it."""
    frames = list(frames_through(speech, *filters, _MONO_FLOAT))
    return Speech(_samples(frames), frames[0].sample_rate)


def _decoded(file: io.BytesIO) -> Speech:
    to_mono = AudioResampler(format="flt", layout="mono")
    with av.open(file, "r") as container:
        stream = container.streams.audio[0]
        frames = [mono for frame in container.decode(stream) for mono in to_mono.resample(frame)]
        return Speech(_samples(frames), frames[0].sample_rate)


def _samples(frames: Sequence[AudioFrame]) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    return np.concatenate([frame.to_ndarray().reshape(-1) for frame in frames]).astype(np.float32)


def _frames(speech: Speech) -> Iterator[AudioFrame]:
    """Cut the sound into frames of a second."""
    for start in range(0, len(speech.samples), speech.rate_hz):
        block = speech.samples[start : start + speech.rate_hz]
        frame = AudioFrame.from_ndarray(block.reshape(1, -1), format="flt", layout="mono")
        frame.sample_rate = speech.rate_hz
        frame.time_base = Fraction(1, speech.rate_hz)
        frame.pts = start
        yield frame


def _graph(rate_hz: int, filters: Sequence[Filter]) -> Graph:
    graph = Graph()
    graph.threads = 1
    source = graph.add_abuffer(
        sample_rate=rate_hz, format="flt", layout="mono", time_base=Fraction(1, rate_hz)
    )
    steps = [graph.add(name, options) for name, options in filters]
    graph.link_nodes(source, *steps, graph.add("abuffersink"))
    graph.configure()
    return graph


def _ready(graph: Graph) -> Iterator[AudioFrame]:
    while True:
        try:
            frame = cast("AudioFrame", graph.pull())
        except (av.BlockingIOError, av.EOFError):
            return
        yield frame
