import io
import wave

import numpy as np
import pytest

from tourapp.errors import InvalidError
from tourapp.narration.engines.protocol import Speech
from tourapp.narration.loudness import measure
from tourapp.narration.sound import MP3, OPUS, Codec, decode, encode, encode_flac


def tone(*, hertz: float = 997, peak: float = 0.1, seconds: float = 2.0) -> Speech:
    moments = np.arange(round(seconds * 48_000)) / 48_000
    return Speech((peak * np.sin(2 * np.pi * hertz * moments)).astype(np.float32), 48_000)


def test_a_sentence_kept_as_flac_comes_back_as_it_was(french: tuple[Speech, ...]) -> None:
    kept = decode(encode_flac(french[0]))
    assert kept.rate_hz == french[0].rate_hz
    assert np.array_equal(kept.samples, french[0].samples)


def test_flac_needs_less_room_than_the_samples(french: tuple[Speech, ...]) -> None:
    assert len(encode_flac(french[0])) < 2 * len(french[0].samples)


def test_equal_sentences_give_equal_flac(french: tuple[Speech, ...]) -> None:
    assert encode_flac(french[0]) == encode_flac(french[0])


def stereo(samples: bytes) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setparams((2, 2, 8_000, 0, "NONE", ""))
        writer.writeframes(samples)
    return file.getvalue()


def test_two_channels_are_read_as_one() -> None:
    speech = decode(stereo(bytes(2 * 2 * 800)))
    assert (speech.rate_hz, len(speech.samples)) == (8_000, 800)


@pytest.mark.parametrize("audio", [b"", b"<html></html>", b"\xff\xf3\x84\xc4" + bytes(3_000)])
def test_what_is_no_sound_is_refused(audio: bytes) -> None:
    with pytest.raises(InvalidError, match=f"these {len(audio)} bytes"):
        decode(audio)


def test_a_file_without_a_single_sample_is_refused() -> None:
    with pytest.raises(InvalidError, match="no sound"):
        decode(stereo(b""))


def test_a_container_that_holds_no_sound_is_refused() -> None:
    caption = b"WEBVTT\n\n00:00.000 --> 00:01.000\nBonjour\n"
    with pytest.raises(InvalidError, match="no sound"):
        decode(caption)


def test_loudness_and_true_peak_of_a_known_tone() -> None:
    heard = measure(encode_flac(tone()))
    assert heard.integrated_lufs == pytest.approx(-23.0, abs=0.1)
    assert heard.true_peak_dbtp == pytest.approx(-20.0, abs=0.1)
    assert heard.duration_s == 2.0


def test_a_peak_in_the_last_instant_counts() -> None:
    sound = tone(seconds=1.05)
    sound.samples[-500] = 0.9
    assert measure(encode_flac(sound)).true_peak_dbtp > -1.5


def test_silence_measures_minus_seventy() -> None:
    heard = measure(encode_flac(Speech(np.zeros(4_800, np.float32), 48_000)))
    assert (heard.integrated_lufs, heard.true_peak_dbtp) == (-70, -60)


@pytest.mark.parametrize("codec", [OPUS, MP3])
def test_a_file_is_measured_as_it_is_heard(codec: Codec) -> None:
    heard = measure(encode(tone(), codec))
    assert heard.integrated_lufs == pytest.approx(-23.0, abs=0.5)
    assert heard.duration_s == pytest.approx(2.0, abs=0.001)
