"""From spoken sentences to a clip: each levelled by itself, then joined."""

import io
from collections.abc import Callable, Sequence
from itertools import pairwise

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from tourapp.errors import InvalidError
from tourapp.narration.covers import draw_cover
from tourapp.narration.engines.protocol import Speech
from tourapp.narration.joining import Clip, join
from tourapp.narration.loudness import measure
from tourapp.narration.mastering import Mastered, master_sentence
from tourapp.narration.sound import MP3, OPUS, Codec, decode
from tourapp.narration.splicing import encode_part

TAGS = {
    "title": "1. Le terril",
    "artist": "Bureau du tourisme",
    "album": "Loos-en-Gohelle",
    "language": "fr",
    "license": "CC BY 4.0",
}
COVER = draw_cover(b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 50"/>')


def master(
    sentences: Sequence[Speech], *, pauses_s: Sequence[float], cover: bytes | None = None
) -> Clip:
    mastered = [master_sentence(speech) for speech in sentences]
    return join(mastered, pauses_s=pauses_s, tags=TAGS, cover=cover)


def clip_of(*sentences: Speech) -> Clip:
    return master(sentences, pauses_s=[0.6] * len(sentences), cover=COVER)


def scaled(speech: Speech, factor: float) -> Speech:
    return Speech(np.clip(speech.samples * np.float32(factor), -1, 1), speech.rate_hz)


@pytest.fixture(scope="module")
def clip(french: tuple[Speech, ...]) -> Clip:
    return clip_of(*french)


INPUTS: dict[str, Callable[[tuple[Speech, ...]], tuple[Speech, ...]]] = {
    "as spoken": lambda french: french,
    "quiet": lambda french: tuple(scaled(speech, 0.01) for speech in french),
    "distorted": lambda french: tuple(scaled(speech, 8) for speech in french),
    "one word": lambda french: french[1:2],
}


@pytest.fixture(scope="module", params=INPUTS)
def any_clip(request: pytest.FixtureRequest, french: tuple[Speech, ...]) -> Clip:
    return clip_of(*INPUTS[request.param](french))


def test_the_decoded_mp3_is_as_loud_as_wanted(any_clip: Clip) -> None:
    heard = measure(any_clip.mp3)
    assert heard.integrated_lufs == pytest.approx(-16, abs=0.7)
    assert heard.true_peak_dbtp < -1


def test_the_decoded_opus_is_as_loud_as_wanted(any_clip: Clip) -> None:
    heard = measure(any_clip.opus)
    assert heard.integrated_lufs == pytest.approx(-16, abs=0.7)
    assert heard.true_peak_dbtp < -0.5


def test_both_files_last_as_long_as_the_clip(any_clip: Clip) -> None:
    lengths_s = [measure(audio).duration_s for audio in (any_clip.opus, any_clip.mp3)]
    assert lengths_s == pytest.approx([any_clip.duration_s] * 2, abs=0.001)


def test_a_usual_clip_is_within_half_a_unit(clip: Clip) -> None:
    heard = [measure(audio).integrated_lufs for audio in (clip.opus, clip.mp3)]
    assert heard == pytest.approx([-16, -16], abs=0.5)


def test_the_parts_add_up_to_the_length(clip: Clip, french: tuple[Speech, ...]) -> None:
    spoken_s = sum(speech.duration_s for speech in french)
    assert clip.duration_s == pytest.approx(0.3 + spoken_s + 2 * 0.6 + 0.5, abs=0.001)


def test_every_sentence_has_its_span(clip: Clip, french: tuple[Speech, ...]) -> None:
    lengths_s = [end_s - start_s for start_s, end_s in clip.spans_s]
    gaps_s = [later[0] - earlier[1] for earlier, later in pairwise(clip.spans_s)]
    assert lengths_s == pytest.approx([speech.duration_s for speech in french], abs=0.001)
    assert gaps_s == pytest.approx([0.6, 0.6])


@pytest.mark.parametrize("kind", ["opus", "mp3"])
def test_the_decoded_file_speaks_within_the_spans_only(clip: Clip, kind: str) -> None:
    sound = decode(getattr(clip, kind))
    moments_s = np.arange(len(sound.samples)) / sound.rate_hz
    spoken = np.any([(s <= moments_s) & (moments_s < e) for s, e in clip.spans_s], axis=0)
    near = np.any([(s - 0.1 < moments_s) & (moments_s < e + 0.1) for s, e in clip.spans_s], axis=0)
    assert level_db(sound.samples[spoken]) > -20
    assert level_db(sound.samples[~near]) < -60


def test_every_span_starts_and_ends_with_its_sentence(clip: Clip) -> None:
    sound = decode(clip.mp3)
    for start_s, end_s in clip.spans_s:
        first, last = (round(moment_s * sound.rate_hz) for moment_s in (start_s, end_s))
        heard = np.flatnonzero(np.abs(sound.samples[first:last]) > 0.05)
        assert heard[0] < 0.1 * sound.rate_hz
        assert heard[-1] > last - first - 0.15 * sound.rate_hz


def level_db(samples: NDArray[np.float32]) -> float:
    return float(10 * np.log10(np.mean(samples.astype(np.float64) ** 2) + 1e-12))


def test_equal_sentences_give_equal_bytes(french: tuple[Speech, ...]) -> None:
    assert clip_of(*french[:2]) == clip_of(*french[:2])


@pytest.mark.parametrize("kind", ["opus", "mp3"])
def test_the_tags_are_written(clip: Clip, kind: str) -> None:
    with av.open(io.BytesIO(getattr(clip, kind)), "r") as file:
        written = {**file.metadata, **file.streams.audio[0].metadata}
    assert {name: written[name] for name in TAGS} == TAGS


def read_picture(audio: bytes) -> bytes:
    """Return the picture of a file as a player finds it: as a stream of its own."""
    with av.open(io.BytesIO(audio), "r") as file:
        return bytes(next(file.demux(video=0)))


@pytest.mark.parametrize("kind", ["opus", "mp3"])
def test_the_cover_is_in_the_file(clip: Clip, kind: str) -> None:
    assert read_picture(getattr(clip, kind)) == COVER


def test_the_cover_is_told_to_be_one(clip: Clip) -> None:
    with av.open(io.BytesIO(clip.mp3), "r") as file:
        assert file.streams.video[0].metadata["comment"] == "Cover (front)"


@pytest.mark.parametrize("kind", ["opus", "mp3"])
def test_a_clip_without_a_cover_has_sound_alone(french: tuple[Speech, ...], kind: str) -> None:
    bare = master(french[1:2], pauses_s=[])
    with av.open(io.BytesIO(getattr(bare, kind)), "r") as file:
        assert [stream.type for stream in file.streams] == ["audio"]


def test_the_files_are_small_enough_for_a_phone(clip: Clip) -> None:
    bits_per_s = [8 * len(audio) / clip.duration_s for audio in (clip.opus, clip.mp3)]
    assert 24_000 < bits_per_s[0] < 32_000
    assert 47_000 < bits_per_s[1] < 50_000


def test_sentences_of_different_rates_join(french: tuple[Speech, ...]) -> None:
    faster = Speech(french[1].samples, 24_000)
    spans_s = clip_of(french[1], faster).spans_s
    lengths_s = [end_s - start_s for start_s, end_s in spans_s]
    assert lengths_s == pytest.approx([french[1].duration_s, faster.duration_s], abs=0.001)


def test_the_last_pause_may_be_left_out(french: tuple[Speech, ...]) -> None:
    assert master(french[1:2], pauses_s=[], cover=COVER) == clip_of(french[1])


def test_a_sound_that_cannot_be_so_loud_still_keeps_below_the_peaks() -> None:
    click = np.zeros(5_000, np.float32)
    click[2_000] = 1
    clip = clip_of(Speech(click, 22_050))
    assert measure(clip.mp3).true_peak_dbtp < -1
    assert measure(clip.opus).true_peak_dbtp < -0.5


EMPTY = Speech(np.zeros(0, np.float32), 22_050)
SILENT = Speech(np.zeros(22_050, np.float32), 22_050)


@pytest.mark.parametrize(
    ("sentences", "pauses_s"),
    [
        ([], []),
        ([EMPTY], [0.6]),
        ([SILENT], [0.6]),
        ([SILENT, SILENT], []),
        ([SILENT, SILENT], [0.6, 0.6]),
    ],
)
def test_what_makes_no_clip_is_refused(sentences: list[Speech], pauses_s: list[float]) -> None:
    with pytest.raises(InvalidError):
        master(sentences, pauses_s=pauses_s)


@pytest.fixture(scope="module")
def mastered(french: tuple[Speech, ...]) -> list[Mastered]:
    return [master_sentence(speech) for speech in french]


@pytest.mark.parametrize("pauses_s", [[0.6], [0.6, 0.6, 0.6, 0.6], [0.1, 0.6], [-0.1, 0.6]])
def test_pauses_that_do_not_fit_are_refused(
    mastered: list[Mastered], pauses_s: list[float]
) -> None:
    with pytest.raises(InvalidError, match="pauses"):
        join(mastered, pauses_s=pauses_s, tags=TAGS)


def test_each_file_is_told_when_it_is_joined(mastered: list[Mastered]) -> None:
    told = []
    join(mastered, pauses_s=[0.6, 0.6], tags=TAGS, after_each=lambda: told.append("file"))
    assert told == ["file", "file"]


def test_the_words_of_each_sentence_are_passed_on(clip: Clip, french: tuple[Speech, ...]) -> None:
    assert clip.words == tuple(speech.words for speech in french)


@pytest.mark.parametrize("kind", ["opus", "mp3"])
def test_a_sentence_sounds_in_a_clip_as_it_does_alone(mastered: list[Mastered], kind: str) -> None:
    clip = join(mastered, pauses_s=[0.4, 0.37], tags=TAGS)
    whole = decode(getattr(clip, kind))
    for sentence, (start_s, end_s) in zip(mastered, clip.spans_s, strict=True):
        alone = decode(getattr(sentence, kind))
        heard = whole.samples[
            round((start_s - 0.05) * whole.rate_hz) : round((end_s + 0.05) * whole.rate_hz)
        ]
        assert residue_db(heard, alone.samples) < -90


def residue_db(heard: NDArray[np.float32], alone: NDArray[np.float32]) -> float:
    """Return what is left of a sound, against it, after the best match of it is taken away."""
    size = 1 << (len(heard) + len(alone)).bit_length()
    spectra = [np.fft.rfft(samples, size) for samples in (heard, alone)]
    lag = int(np.argmax(np.fft.irfft(spectra[0] * np.conj(spectra[1]))))
    lag -= size if lag > size // 2 else 0
    first, second = (heard[lag:], alone) if lag > 0 else (heard, alone[-lag:])
    both = min(len(first), len(second))
    return level_db(first[:both] - second[:both]) - level_db(second[:both])


@pytest.mark.parametrize("codec", [OPUS, MP3], ids=["opus", "mp3"])
def test_a_clip_that_is_heard_too_loud_is_not_let_through(codec: Codec) -> None:
    moments = np.arange(48_000) / 24_000
    roar = Speech(np.sin(2 * np.pi * 400 * moments).astype(np.float32), 24_000)
    quiet = master_sentence(roar)
    files = {"opus": quiet.opus, "mp3": quiet.mp3, codec_name(codec): encode_part(roar, codec)}
    with pytest.raises(InvalidError, match="too loud"):
        join([Mastered(**files, samples=48_000, words=())], pauses_s=[], tags={})


def codec_name(codec: Codec) -> str:
    return "opus" if codec is OPUS else "mp3"
