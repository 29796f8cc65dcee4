"""Where each sentence is in a recording: shown on synthetic voices only, which differ a lot."""

import numpy as np
import pytest

from tests.narration.readings import Reader, script_of
from tourapp.narration.engines.espeak import EspeakEngine
from tourapp.narration.engines.protocol import Speech
from tourapp.narration.recordings.aligning import align
from tourapp.narration.recordings.warping import warp
from tourapp.narration.script import SpokenSentence
from tourapp.settings import PROJECT_ROOT
from tourapp.stops.source.reading import read_stops

FAST = Reader("fr+f3", 1.3)
SLOW = Reader("fr+m7", 0.75)
NARRATIVES = {
    stop.slug: script_of(stop.narratives["fr", "standard"].text)[:12]
    for stop in read_stops(PROJECT_ROOT / "stops")[:2]
}
[FIRST, OTHER] = NARRATIVES


def spoken(script: tuple[SpokenSentence, ...]) -> list[Speech]:
    engine = EspeakEngine()
    voice = engine.find_voice("fr")
    assert voice is not None
    return [engine.speak(sentence.text, voice=voice) for sentence in script]


@pytest.fixture(scope="session")
def said() -> list[Speech]:
    """Return the first sentences of a narrative, as the known voice says them."""
    return spoken(NARRATIVES[FIRST])


def pauses(script: tuple[SpokenSentence, ...]) -> list[float]:
    return [sentence.pause_after_s for sentence in script]


@pytest.mark.parametrize("reader", [FAST, SLOW], ids=["fast", "slow"])
def test_every_sentence_is_found_within_half_a_second(said: list[Speech], reader: Reader) -> None:
    script = NARRATIVES[FIRST]
    recording, spans_s = reader.read(script)
    found = align(recording, said, pauses_s=pauses(script))
    off_s = np.abs(np.array(found.spans_s) - np.array(spans_s))
    assert off_s.max() < 0.5
    assert np.median(off_s) < 0.1
    assert found.doubtful == ()


def test_the_confidence_parts_this_text_from_another(said: list[Speech]) -> None:
    pauses_s = pauses(NARRATIVES[FIRST])
    for reader in (FAST, SLOW):
        right, _ = reader.read(NARRATIVES[FIRST])
        wrong, _ = reader.read(NARRATIVES[OTHER])
        assert align(right, said, pauses_s=pauses_s).confidence > 0.35
        assert align(wrong, said, pauses_s=pauses_s).confidence < 0.15


def test_a_sentence_that_was_left_out_is_doubtful(said: list[Speech]) -> None:
    script = NARRATIVES[FIRST]
    longest = max(range(len(script)), key=lambda number: len(script[number].text))
    left_out = script[:longest] + script[longest + 1 :]
    recording, _ = SLOW.read(left_out)
    assert longest in align(recording, said, pauses_s=pauses(script)).doubtful


def test_spans_stay_in_order_and_in_the_recording_whatever_was_read(said: list[Speech]) -> None:
    for samples in (np.zeros(3000), np.random.default_rng(1).normal(0, 0.1, 30_000)):
        recording = Speech(samples.astype(np.float32), 22_050)
        spans = np.array(align(recording, said, pauses_s=pauses(NARRATIVES[FIRST])).spans_s)
        assert (np.diff(spans[:, 0]) >= 0).all()
        assert (spans[:, 1] > spans[:, 0]).all()
        assert spans.min() >= 0


def test_a_quarter_of_an_hour_takes_a_bounded_number_of_cells() -> None:
    moments = np.random.default_rng(1).normal(size=(22_500, 10)).astype(np.float32)
    way = warp(moments, moments)
    assert (way.firsts == np.arange(22_500)).all()
    assert way.distances.max() < 0.01


def test_one_moment_is_warped_onto_one() -> None:
    moment = np.ones((1, 10), np.float32)
    assert warp(moment, moment).lasts.tolist() == [0]
