"""The stops that the project tells: complete, careful in each language, ready to be spoken."""

import re
from dataclasses import asdict

import pytest

from tourapp.settings import PROJECT_ROOT
from tourapp.stops.content import NarrativeContent, StopContent, Variant
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
FIGURE = re.compile(r"\d+(?:[.,\u202f\u00a0]\d{3})*")
SENTENCE = re.compile(r"[^.!?]+[.!?]")
WAYS: list[tuple[str, Variant]] = [
    ("fr", "standard"),
    ("fr", "facile"),
    ("en", "standard"),
    ("nl", "standard"),
]
WORDS = {"standard": (220, 320), "facile": (120, 220)}
MOST_WORDS_OF_AN_EASY_SENTENCE = 16
LOOSE_SIGN = re.compile(r"\w[ ]?[;!?»]|\w:|\w[ ]:|«[ ]?\w|« ")


@pytest.fixture(params=STOPS, ids=SLUGS)
def stop(request: pytest.FixtureRequest) -> StopContent:
    content: StopContent = request.param
    return content


@pytest.fixture(
    params=[
        pytest.param((stop, way), id=f"{stop.slug}-{'.'.join(way)}")
        for stop in STOPS
        for way in stop.narratives
    ]
)
def telling(request: pytest.FixtureRequest) -> tuple[StopContent, tuple[str, Variant]]:
    chosen: tuple[StopContent, tuple[str, Variant]] = request.param
    return chosen


@pytest.fixture
def told(telling: tuple[StopContent, tuple[str, Variant]]) -> NarrativeContent:
    stop, way = telling
    return stop.narratives[way]


def figures(content: NarrativeContent) -> set[str]:
    texts = " ".join(asdict(content).values())
    return {re.sub(r"\D", "", figure) for figure in FIGURE.findall(texts)}


def test_the_stops_are_told_in_order() -> None:
    assert [stop.slug for stop in STOPS] == SLUGS
    assert [stop.place.number for stop in STOPS] == list(range(1, len(SLUGS) + 1))


def test_no_two_stops_share_a_code_or_a_drawing() -> None:
    assert len({stop.code for stop in STOPS}) == len(SLUGS)
    assert len({stop.place.drawing.media for stop in STOPS}) == len(SLUGS)


def test_a_narrative_is_long_enough_to_tell_and_short_enough_to_hear(
    told: NarrativeContent, telling: tuple[StopContent, tuple[str, Variant]]
) -> None:
    _, (_, variant) = telling
    least, most = WORDS[variant]
    assert least <= len(WORD.findall(told.text)) <= most


def test_every_part_of_a_narrative_is_written(told: NarrativeContent) -> None:
    assert [part for part, text in asdict(told).items() if not text.strip()] == []
    assert told.question.endswith("?")
    assert "112" in told.safety


def test_the_text_looks_no_farther_than_a_line(told: NarrativeContent) -> None:
    parts = asdict(told)
    del parts["text"]
    assert [part for part, text in parts.items() if "\n" in text] == []


def test_apostrophes_and_quotes_are_typographic(told: NarrativeContent) -> None:
    assert [part for part, text in asdict(told).items() if re.search(r"['\"]|\.\.\.", text)] == []


def test_no_language_claims_a_figure_that_the_french_does_not(
    told: NarrativeContent, telling: tuple[StopContent, tuple[str, Variant]]
) -> None:
    known = figures(telling[0].narratives["fr", "standard"])
    unknown = {each for each in figures(told) if not any(one.endswith(each) for one in known)}
    assert unknown == set()


@pytest.mark.parametrize("stop", STOPS[: len(FIRST)], ids=FIRST)
def test_plain_words_come_in_short_sentences(stop: StopContent) -> None:
    sentences = SENTENCE.findall(" ".join(asdict(stop.narratives["fr", "facile"]).values()))
    longest = max(sentences, key=lambda sentence: len(WORD.findall(sentence)))
    assert len(WORD.findall(longest)) <= MOST_WORDS_OF_AN_EASY_SENTENCE


def test_figures_hold_to_their_units(told: NarrativeContent) -> None:
    loose = {part: LOOSE_FIGURE.findall(text) for part, text in asdict(told).items()}
    assert [found for found in loose.items() if found[1]] == []


def test_high_punctuation_holds_to_its_word_in_french(stop: StopContent) -> None:
    french = [content for (lang, _), content in stop.narratives.items() if lang == "fr"]
    texts = [text for content in french for text in asdict(content).values()]
    assert [found for text in texts if (found := LOOSE_SIGN.findall(text))] == []


@pytest.mark.parametrize("stop", STOPS[: len(FIRST)], ids=FIRST)
def test_the_first_stops_are_told_in_every_way(stop: StopContent) -> None:
    assert set(stop.narratives) == set(WAYS)


def test_a_place_says_how_well_it_is_known(stop: StopContent) -> None:
    position = stop.place.position
    assert 50.3 < position.latitude < 50.6
    assert 2.5 < position.longitude < 3.1
    assert position.accuracy_m <= 800
    assert stop.place.sources
