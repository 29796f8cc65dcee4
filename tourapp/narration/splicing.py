"""Encoded sentences joined into one file as they are, so that none is encoded twice.

Every sentence is encoded by itself, between silences. A decoder that comes to a sentence from
silence knows as little as one that begins with it, so what is heard in the joined file is what is
heard in the sentence's own. A packet holds some hundredths of a second, and nothing shorter can be
moved: a sentence begins within half a packet of the place that is wanted.
"""

import io
import struct
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import cycle, islice
from typing import TYPE_CHECKING

import av
import numpy as np
from av.container import OutputContainer
from av.packet import Packet
from av.stream import Disposition, Stream
from PIL import Image

from tourapp.narration.engines.protocol import Speech
from tourapp.narration.sound import MP3, OPUS, Codec, add_sound, encode, encoded, writing

if TYPE_CHECKING:
    from av.audio.stream import AudioStream

RATE_HZ = 24_000  # No engine gives more, and each step costs half.
LEAST_GAP_S = 0.2
"""What must lie between two sentences: the silences that each is encoded with."""

_PACKET_SAMPLES = {OPUS: 480, MP3: 576}
# Opus' encoder would take the beginning of some sentences for music, and spend a third more on
# them: it hears the sentence's end first, and stillness. What it makes of these is left out. MP3's
# keeps bits in the packets before, so that none of them can be left out.
_WARM_UP_S = {OPUS: 1.0, MP3: 0.0}
_STILL_PACKETS = {OPUS: 10, MP3: 0}
_FRONT_COVER = 3  # As FLAC counts the kinds of pictures.


@dataclass(frozen=True, slots=True)
class Part:
    """An encoded sentence, and the sample of the whole at which it begins."""

    audio: bytes
    start: int


@dataclass(frozen=True, slots=True)
class Label:
    """What a file tells of itself: tags by their names, and a picture as JPEG."""

    tags: Mapping[str, str]
    cover: bytes | None = None


_NO_LABEL = Label(tags={})


def encode_part(speech: Speech, codec: Codec) -> bytes:
    """Write a sentence as `splice` takes it: with a packet of silence before, and some after."""
    size = _PACKET_SAMPLES[codec]
    warming = speech.samples[max(0, len(speech.samples) - round(_WARM_UP_S[codec] * RATE_HZ)) :]
    skipped = -(-len(warming) // size) + _STILL_PACKETS[codec]
    sound = np.zeros((skipped + 1) * size + len(speech.samples), np.float32)
    sound[: len(warming)] = warming
    sound[-len(speech.samples) :] = speech.samples
    packets = list(_packets(encode(Speech(sound, RATE_HZ), codec)))
    return _written(packets[skipped:], codec, tail=_silence(size), label=_NO_LABEL)


def splice(parts: Sequence[Part], codec: Codec, *, samples: int, label: Label) -> bytes:
    """Join parts into a file of so many samples; equal parts give equal bytes.

    The first part begins at least `LEAST_GAP_S` after the start, each other one as long after the
    one before, and the end comes as long after the last.
    """
    size = _PACKET_SAMPLES[codec]
    packets: list[bytes] = []
    for part in parts:
        first = round(part.start / size) - 1
        packets += islice(cycle(_silent_packets(codec)), first - len(packets))
        packets += _packets(part.audio)
    return _written(packets, codec, tail=_silence(samples - len(packets) * size), label=label)


def _silence(samples: int) -> Speech:
    return Speech(np.zeros(samples, np.float32), RATE_HZ)


@cache
def _silent_packets(codec: Codec) -> tuple[bytes, ...]:
    return tuple(_packets(encode(_silence(RATE_HZ), codec)))


def _packets(audio: bytes) -> Iterator[bytes]:
    with av.open(io.BytesIO(audio), "r") as container:
        yield from (bytes(packet) for packet in container.demux(audio=0) if packet.size)


def _written(packets: Sequence[bytes], codec: Codec, *, tail: Speech, label: Label) -> bytes:
    file = io.BytesIO()
    with writing(file, codec) as container:
        stream = add_sound(container, codec, rate_hz=RATE_HZ)
        _label(container, label)
        # The stream's own encoder makes the end, and tells what a player shall leave out there.
        ending = encoded(tail, stream)
        container.mux(_numbered(packets, ending))
    return file.getvalue()


def _numbered(
    packets: Sequence[bytes], ending: "Sequence[Packet[AudioStream]]"
) -> "list[Packet[Stream]]":
    """Return packets and their ending as one stream, that tells what to leave out at both ends."""
    first, last = ending[0], ending[-1]
    contents = [*packets, *map(bytes, ending)]
    whole = [_packet(content, number, like=first) for number, content in enumerate(contents)]
    for packet, original in ((whole[0], first), (whole[-1], last)):
        packet.duration = original.duration
        for left_out in original.iter_sidedata():
            packet.set_sidedata(left_out)
    return whole


def _packet(content: bytes, number: int, *, like: "Packet[AudioStream]") -> "Packet[Stream]":
    packet = Packet(content)
    packet.stream, packet.time_base, packet.duration = like.stream, like.time_base, like.duration
    packet.pts = packet.dts = (like.pts or 0) + number * (like.duration or 0)
    return packet


def _label(container: OutputContainer, label: Label) -> None:
    container.metadata.update(label.tags)
    if label.cover and container.format.name == "mp3":
        _add_picture(container, label.cover)
    elif label.cover:
        container.metadata["METADATA_BLOCK_PICTURE"] = _picture_block(label.cover)


def _add_picture(container: OutputContainer, jpeg: bytes) -> None:
    with av.open(io.BytesIO(jpeg), "r") as picture:
        stream = container.add_stream_from_template(picture.streams.video[0])
        stream.disposition = Disposition.attached_pic
        stream.metadata["comment"] = "Cover (front)"
        packet = next(picture.demux(video=0))
    packet.stream = stream
    container.mux(packet)


def _picture_block(jpeg: bytes) -> str:
    """Return a picture as FLAC writes one, which Ogg took over: in base 64."""
    kind = b"image/jpeg"
    width, height = Image.open(io.BytesIO(jpeg)).size
    head = struct.pack(
        ">II10sIIIIII", _FRONT_COVER, len(kind), kind, 0, width, height, 24, 0, len(jpeg)
    )
    return b64encode(head + jpeg).decode()
