"""The stops that the project itself tells: complete, in careful French, ready to be spoken."""

import re
from dataclasses import asdict

import pytest

from tourapp.settings import PROJECT_ROOT
from tourapp.stops.content import NarrativeContent, StopContent
from tourapp.stops.source.reading import read_stops

FIRST = ["terril-11-19", "facade-louvre-lens", "toit-saint-vaast", "residence-chenelet"]
FURTHER = [
    "base-11-19",
    "lumiwatt",
    "rehafutur",
    "ceinture-verte",
    "carreau-9-9bis",
    "cite-bruno",
    "terrils-jumeaux",
]
SLUGS = [*FIRST, *FURTHER]
STOPS = read_stops(PROJECT_ROOT / "stops")
WORD = re.compile(r"\w+(?:[’-]\w+)*")
UNIT = r"(?:%|€|°|ha|k?m[²³]?|cm|kWh|kWc|[lL])"
LOOSE_FIGURE = re.compile(rf"\d {UNIT}(?!\w)|\d \d{{3}}(?!\d)")
LOOSE_SIGN = re.compile(r"\w[ ]?[;!?»]|\w:|\w[ ]:|«[ ]?\w|« ")


@pytest.fixture(params=STOPS, ids=SLUGS)
def stop(request: pytest.FixtureRequest) -> StopContent:
    content: StopContent = request.param
    return content


@pytest.fixture
def french(stop: StopContent) -> NarrativeContent:
    return stop.narratives["fr", "standard"]


def test_the_stops_are_told_in_order() -> None:
    assert [stop.slug for stop in STOPS] == SLUGS
    assert [stop.place.number for stop in STOPS] == list(range(1, len(SLUGS) + 1))


def test_no_two_stops_share_a_code_or_a_drawing() -> None:
    assert len({stop.code for stop in STOPS}) == len(SLUGS)
    assert len({stop.place.drawing.media for stop in STOPS}) == len(SLUGS)


def test_a_narrative_takes_one_to_three_minutes_to_hear(french: NarrativeContent) -> None:
    assert 220 <= len(WORD.findall(french.text)) <= 320


def test_every_part_of_a_narrative_is_written(french: NarrativeContent) -> None:
    assert [part for part, text in asdict(french).items() if not text.strip()] == []
    assert french.question.endswith("?")


def test_the_text_looks_no_farther_than_a_line(french: NarrativeContent) -> None:
    parts = asdict(french)
    del parts["text"]
    assert [part for part, text in parts.items() if "\n" in text] == []


def test_apostrophes_and_quotes_are_typographic(french: NarrativeContent) -> None:
    assert [part for part, text in asdict(french).items() if re.search(r"['\"]|\.\.\.", text)] == []


def test_figures_hold_to_their_units(french: NarrativeContent) -> None:
    loose = {part: LOOSE_FIGURE.findall(text) for part, text in asdict(french).items()}
    assert [found for found in loose.items() if found[1]] == []


def test_high_punctuation_holds_to_its_word(french: NarrativeContent) -> None:
    loose = {part: LOOSE_SIGN.findall(text) for part, text in asdict(french).items()}
    assert [found for found in loose.items() if found[1]] == []


def test_a_place_says_how_well_it_is_known(stop: StopContent) -> None:
    position = stop.place.position
    assert 50.3 < position.latitude < 50.6
    assert 2.5 < position.longitude < 3.1
    assert position.accuracy_m <= 800
    assert stop.place.sources
    assert "112" in stop.narratives["fr", "standard"].safety
