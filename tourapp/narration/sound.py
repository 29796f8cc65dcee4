"""Sound through FFmpeg, by PyAV: files read and written, filters run."""

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from typing import TYPE_CHECKING, Literal, cast

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.filter import Graph

from tourapp.errors import InvalidError
from tourapp.narration.engines.protocol import Speech

if TYPE_CHECKING:
    from av.packet import Packet

_MONO_FLOAT = ("aformat", "sample_fmts=flt:channel_layouts=mono")

Filter = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Codec:
    """An encoding: its container, FFmpeg's encoder and, for a lossy one, its bit rate."""

    container: Literal["ogg", "mp3", "flac"]
    encoder: Literal["libopus", "libmp3lame", "flac"]
    bits_per_s: int | None


OPUS = Codec("ogg", "libopus", 29_000)
MP3 = Codec("mp3", "libmp3lame", 48_000)
FLAC = Codec("flac", "flac", None)


def decode(audio: bytes) -> Speech:
    """Read a sound file as mono at its own rate; raise InvalidError if it holds no sound."""
    return _joined(decoded(audio))


def decoded(audio: bytes) -> Iterator[AudioFrame]:
    """Yield a sound file as mono at its own rate, second by second; raises as `decode` does."""
    try:
        yield from _decoded(io.BytesIO(audio))
    except (av.FFmpegError, IndexError, ValueError) as error:
        message = f"these {len(audio)} bytes are no sound that can be decoded"
        raise InvalidError(message) from error


def encode(speech: Speech, codec: Codec) -> bytes:
    """Write a sound file; equal sounds give equal bytes."""
    file = io.BytesIO()
    with writing(file, codec) as container:
        stream = add_sound(container, codec, rate_hz=speech.rate_hz)
        container.mux(encoded(speech, stream))
    return file.getvalue()


def writing(file: io.BytesIO, codec: Codec) -> OutputContainer:
    """Open a file of a codec's container, in which nothing is left to chance."""
    # Without this flag the Ogg container draws a serial number at random.
    return av.open(file, "w", format=codec.container, options={"fflags": "+bitexact"})


def add_sound(container: OutputContainer, codec: Codec, *, rate_hz: int) -> AudioStream:
    """Give a file its stream of sound, mono."""
    stream = container.add_stream(codec.encoder, rate=rate_hz, layout="mono")
    if codec.bits_per_s:
        stream.bit_rate = codec.bits_per_s
    return stream


def encoded(speech: Speech, stream: AudioStream) -> "list[Packet[AudioStream]]":
    """Return a sound as the packets of a stream, with those that its encoder held back."""
    return [packet for frame in _ended(frames_of(speech)) for packet in stream.encode(frame)]


def encode_flac(speech: Speech) -> bytes:
    """Write a speech without loss, to 16 bits: how spoken sentences are kept."""
    return encode(speech, FLAC)


def frames_through(
    frames: Iterable[AudioFrame], rate_hz: int, *filters: Filter
) -> Iterator[AudioFrame]:
    """Push sound through FFmpeg's filters and yield the frames that come out."""
    graph = _graph(rate_hz, filters)
    for frame in _ended(frames):
        graph.push(frame)
        yield from _ready(graph)


def through(speech: Speech, *filters: Filter) -> Speech:
    """Return the sound as FFmpeg's filters leave it."""
    return _joined(frames_through(frames_of(speech), speech.rate_hz, *filters, _MONO_FLOAT))


def _ended(frames: Iterable[AudioFrame]) -> Iterator[AudioFrame | None]:
    yield from frames
    yield None


def _decoded(file: io.BytesIO) -> Iterator[AudioFrame]:
    with av.open(file, "r") as container:
        stream = container.streams.audio[0]
        # A second at a time: a packet's few milliseconds each would cost more than the decoding.
        to_mono = AudioResampler(format="flt", layout="mono", frame_size=stream.rate)
        is_sound = False
        for frame in _ended(container.decode(stream)):
            for mono in to_mono.resample(frame):
                is_sound = True
                yield mono
        if not is_sound:
            message = "no frame"
            raise ValueError(message)


def _joined(frames: Iterator[AudioFrame]) -> Speech:
    # Arrays alone are held, not the frames as well: a quarter of an hour is 100 MB.
    first = next(frames)
    blocks = [frame.to_ndarray().reshape(-1) for frame in chain([first], frames)]
    return Speech(np.concatenate(blocks).astype(np.float32, copy=False), first.sample_rate)


def frames_of(speech: Speech) -> Iterator[AudioFrame]:
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
