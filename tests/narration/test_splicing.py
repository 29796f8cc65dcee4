"""Encoded sentences joined as they are: each where it belongs, and the whole as long as told."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tourapp.narration.engines.protocol import Speech
from tourapp.narration.sound import MP3, OPUS, Codec, decode
from tourapp.narration.splicing import RATE_HZ, Label, Part, encode_part, splice

CODECS = pytest.mark.parametrize("codec", [OPUS, MP3], ids=["opus", "mp3"])
LABEL = Label({})
GAP = RATE_HZ // 5
lengths = st.integers(1, RATE_HZ // 2)
gaps = st.integers(GAP, RATE_HZ)


def hum(samples: int) -> Speech:
    moments = np.arange(samples) / RATE_HZ
    return Speech((0.3 * np.sin(2 * np.pi * 200 * moments)).astype(np.float32), RATE_HZ)


@CODECS
@settings(deadline=None, max_examples=25)
@given(st.lists(st.tuples(gaps, lengths), min_size=1, max_size=4), gaps)
def test_the_whole_lasts_as_long_as_told(
    codec: Codec, placed: list[tuple[int, int]], last: int
) -> None:
    parts, position = [], 0
    for gap, length in placed:
        position += gap
        parts.append(Part(encode_part(hum(length), codec), position))
        position += length
    sound = decode(splice(parts, codec, samples=position + last, label=LABEL))
    # FFmpeg cannot always say to the last sample where an MP3 ends.
    assert sound.duration_s == pytest.approx((position + last) / RATE_HZ, abs=0.002)


@CODECS
@pytest.mark.parametrize("shift", [0, 100, 239, 287, 400, 575])
def test_a_part_begins_within_half_a_packet_of_its_place(codec: Codec, shift: int) -> None:
    start = RATE_HZ + shift
    parts = [Part(encode_part(hum(RATE_HZ), codec), start)]
    sound = decode(splice(parts, codec, samples=3 * RATE_HZ, label=LABEL))
    heard = np.flatnonzero(np.abs(sound.samples) > 0.05) / sound.rate_hz
    assert heard[0] == pytest.approx(start / RATE_HZ, abs=0.018)
    assert heard[-1] == pytest.approx(start / RATE_HZ + 1, abs=0.018)


@CODECS
def test_a_pause_of_many_seconds_stays_silent(codec: Codec) -> None:
    part = encode_part(hum(RATE_HZ), codec)
    parts = [Part(part, RATE_HZ), Part(part, 20 * RATE_HZ)]
    sound = decode(splice(parts, codec, samples=22 * RATE_HZ, label=LABEL))
    pause = sound.samples[round(2.1 * sound.rate_hz) : round(19.9 * sound.rate_hz)]
    assert np.abs(pause).max() < 0.0001


@CODECS
def test_equal_parts_give_equal_bytes(codec: Codec) -> None:
    written = [
        splice(
            [Part(encode_part(hum(9_000), codec), 7_200)],
            codec,
            samples=48_000,
            label=Label({"title": "1. Le terril"}),
        )
        for _ in range(2)
    ]
    assert written[0] == written[1]
