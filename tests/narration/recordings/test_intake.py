"""What is taken in and what is refused: by what it is, not by what it says it is."""

import io
import struct
import sys
import tempfile
from collections.abc import Callable
from fractions import Fraction
from itertools import count
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from av.stream import Disposition
from av.video.frame import VideoFrame

from tests.narration.readings import file_of
from tests.narration.recordings.conftest import KINDS, Writer
from tourapp.errors import ExceededError
from tourapp.intake import RefusedFileError
from tourapp.media import MediaStore
from tourapp.narration import splicing
from tourapp.narration.engines.protocol import Speech
from tourapp.narration.recordings import hearing_child, intake
from tourapp.narration.recordings.intake import TakenIn, take_in
from tourapp.narration.sound import decode

RATE_HZ = 24_000
HUM = (0.3 * np.sin(np.arange(2 * RATE_HZ) / 20)).astype(np.float32)


@pytest.fixture
def media() -> MediaStore:
    return MediaStore("memory://")


def wave(samples: Any, *, form: str = "<i2", rate_hz: int = RATE_HZ, channels: int = 1) -> bytes:  # noqa: ANN401 -- numbers of any kind
    """Return a WAV file of samples, whatever they are."""
    is_float = form == "<f4"
    scaled = samples if is_float else np.clip(samples, -1, 1) * 32_767
    raw: bytes = scaled.astype(form).tobytes()
    width = 4 if is_float else 2
    layout = (3 if is_float else 1, channels, rate_hz, rate_hz * channels * width, channels * width)
    head = struct.pack("<4sI4s4sI", b"RIFF", 36 + len(raw), b"WAVE", b"fmt ", 16)
    return head + struct.pack("<HHIIHH", *layout, 8 * width) + b"data" + size(raw) + raw


def size(raw: bytes) -> bytes:
    return struct.pack("<I", len(raw))


def video(disposition: Disposition = Disposition.default) -> bytes:
    file = io.BytesIO()
    with av.open(file, "w", format="mp4") as written:
        stream = written.add_stream("mjpeg", rate=10)
        stream.disposition = disposition
        stream.width = stream.height = 64
        stream.pix_fmt = "yuvj420p"
        written.mux([*stream.encode(VideoFrame(64, 64, "yuvj420p")), *stream.encode(None)])
    return file.getvalue()


def hours_of(container: str, codec: str, hours: int) -> bytes:
    """Return a small file that holds hours of silence: one minute, again and again."""
    silence = Speech(np.zeros(60 * 8000, np.float32), 8000)
    minute = file_of(silence, container, codec, rate_hz=8000)
    with av.open(io.BytesIO(minute)) as read:
        tick = read.streams.audio[0].time_base or Fraction(1, 8000)
        packets = [(bytes(packet), packet.duration or 0) for packet in read.demux() if packet.size]
    file, moment = io.BytesIO(), 0
    with av.open(file, "w", format=container) as written:
        stream = written.add_stream(codec, rate=8000, layout="mono")
        for content, duration in packets * (hours * 60):
            packet = av.Packet(content)
            packet.stream, packet.time_base, packet.duration = stream, tick, duration
            packet.pts = packet.dts = moment
            written.mux(packet)
            moment += duration
    return file.getvalue()


def cut(whole: bytes, kept: float = 0.6) -> bytes:
    return whole[: int(len(whole) * kept)]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_kept_as_what_is_heard_of_it(
    media: MediaStore, written: Writer, reading: Speech, kind: str
) -> None:
    taken = take_in(io.BytesIO(written(kind)), media)
    kept = decode(media.read(taken.media))
    assert kept.rate_hz == RATE_HZ
    assert kept.duration_s == pytest.approx(reading.duration_s, abs=0.1)
    assert taken.duration_s == pytest.approx(kept.duration_s, abs=0.001)
    assert taken.bytes == media.find_size(taken.media)
    assert "48000 Hz, 1 channels" in taken.format


def test_two_channels_at_the_rate_of_a_studio_are_taken(media: MediaStore) -> None:
    taken = take_in(io.BytesIO(wave(np.repeat(HUM, 8), rate_hz=96_000, channels=2)), media)
    assert taken.duration_s == pytest.approx(2, abs=0.01)


def test_a_picture_beside_the_sound_is_no_video(media: MediaStore, written: Writer) -> None:
    plain = written("MP3")
    jpeg = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffd9")
    frame = b"\0image/jpeg\0\3\0" + jpeg
    tag = b"APIC" + struct.pack(">I", len(frame)) + b"\0\0" + frame
    head = b"ID3\3\0\0" + bytes([0, 0, len(tag) >> 7, len(tag) & 127])
    assert take_in(io.BytesIO(head + tag + plain), media).duration_s > 1


def test_what_is_kept_has_the_rate_that_clips_are_mastered_at() -> None:
    assert hearing_child.RATE_HZ == splicing.RATE_HZ


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "an empty file": (lambda: b"", "the file is empty"),
    "a text": (lambda: b"Bonjour. " * 500, "no sound that can be decoded"),
    "a list of addresses": (lambda: b"#EXTM3U\n#EXTINF:5,\n/etc/passwd\n", "no sound"),
    "a list of files": (lambda: b"ffconcat version 1.0\nfile /etc/passwd\n", "no sound"),
    "noise": (lambda: np.random.default_rng(3).bytes(200_000), "no sound"),
    "a video": (video, "a video"),
    "a cover alone": (lambda: video(Disposition.attached_pic), "no sound in this file"),
    "no sound at all": (lambda: wave(HUM[:0]), "cannot be decoded|lasts 0.0 s"),
    "half a second": (lambda: wave(HUM[: RATE_HZ // 2]), "lasts 0.5 s"),
    "silence": (lambda: wave(HUM * 0), "silence"),
    "a clipped voice": (lambda: wave(HUM * 20), "clipped"),
    "no numbers": (lambda: wave(HUM * np.nan, form="<f4"), "no numbers"),
    "eight channels": (lambda: wave(np.repeat(HUM, 8), channels=8), "got 8"),
    "a rate of 384 kHz": (lambda: wave(HUM, rate_hz=384_000), "got 384000"),
    "hours in a small Ogg": (lambda: hours_of("ogg", "libopus", 2), "15 minutes"),
    "hours in a small FLAC": (lambda: hours_of("flac", "flac", 3), "15 minutes"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_recording_is_refused_with_its_reason(media: MediaStore, what: str) -> None:
    make, reason = REFUSED[what]
    with pytest.raises(RefusedFileError, match=reason):
        take_in(io.BytesIO(make()), media)
    assert not list(media.list_files())


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_that_is_cut_short_is_refused(media: MediaStore, written: Writer, kind: str) -> None:
    with pytest.raises(RefusedFileError, match=r"cut short|decoded to its end"):
        take_in(io.BytesIO(cut(written(kind))), media)
    assert not list(media.list_files())


def test_a_stream_that_could_not_tell_its_length_is_taken(media: MediaStore) -> None:
    streamed = wave(HUM)
    unknown = streamed[:4] + b"\xff" * 4 + streamed[8:40] + b"\xff" * 4 + streamed[44:]
    assert take_in(io.BytesIO(unknown), media).duration_s == pytest.approx(2, abs=0.01)


def test_an_mp3_without_a_head_is_taken_as_it_is(media: MediaStore, written: Writer) -> None:
    headless = written("MP3").replace(b"Info", b"\0\0\0\0").replace(b"Xing", b"\0\0\0\0")
    assert take_in(io.BytesIO(headless), media).duration_s > 1


class Endless(io.RawIOBase):
    """Somebody who never stops sending, and how much was read of it."""

    taken = 0

    def read(self, size: int = -1) -> bytes:
        self.taken += size
        return bytes(size)


def test_no_more_than_50_mb_are_read(media: MediaStore) -> None:
    endless = Endless()
    with pytest.raises(RefusedFileError, match="at most 50 MB"):
        take_in(endless, media)  # type: ignore[arg-type] # it is only read
    assert endless.taken < 51_000_000


def test_nobody_sends_for_longer_than_ten_minutes(media: MediaStore) -> None:
    minutes = count(step=60)
    with pytest.raises(RefusedFileError, match="within 10 minutes"):
        take_in(Endless(), media, clock=lambda: next(minutes))  # type: ignore[arg-type]


def test_one_is_taken_in_after_the_other(media: MediaStore) -> None:
    class Nested(io.BytesIO):
        """Somebody who sends while another one sends."""

        def read(self, size: int | None = -1) -> bytes:
            with pytest.raises(ExceededError, match="another recording"):
                take_in(io.BytesIO(), media)
            return super().read(size)

    assert isinstance(take_in(Nested(wave(HUM)), media), TakenIn)


@pytest.mark.parametrize(
    ("patience_s", "child", "reason"),
    [
        (0.01, "import time; time.sleep(9)", "too long to decode"),
        (30, "import os; os.kill(os.getpid(), 9)", "too much to decode"),
    ],
)
def test_what_takes_too_much_is_ended(
    media: MediaStore,
    monkeypatch: pytest.MonkeyPatch,
    patience_s: float,
    child: str,
    reason: str,
) -> None:
    monkeypatch.setattr(intake, "_PATIENCE_S", patience_s)
    monkeypatch.setattr(intake, "_CHILD", (sys.executable, "-c", child))
    with pytest.raises(RefusedFileError, match=reason):
        take_in(io.BytesIO(wave(HUM)), media)


def test_what_is_sent_leaves_no_file(
    media: MediaStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    class Watched(io.BytesIO):
        """Looks for files while it is read, as whoever finds a killed process' would."""

        def read(self, size: int | None = -1) -> bytes:
            assert list(tmp_path.iterdir()) == []
            return super().read(size)

    take_in(Watched(wave(HUM)), media)
    assert list(tmp_path.iterdir()) == []
