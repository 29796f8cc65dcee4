"""Finding words in many texts: what is forgiven, and what comes first."""

import pytest

from tourapp.stops.index import WordIndex
from tourapp.stops.search import fold

TEXTS = {
    1: ("Ascension du terril", "On monte sur le terril, une montagne noire. Il pleut."),
    2: ("Toit de l’église", "Des panneaux photovoltaïques sur le toit. On y voit deux terrils."),
    3: ("Résidence Chènelet", "Des logements économes ; la pluie tombe sur la toiture."),
    4: ("La façade", "Une façade d’aluminium, et l’on doit entrer par le puits n° 9."),
}


@pytest.fixture
def index() -> WordIndex:
    """Index four short texts."""
    made = WordIndex()
    for text_id, (title, text) in TEXTS.items():
        made.add(text_id, title=fold(title), text=fold(f"{title} {text}"))
    return made


def found(index: WordIndex, asked: str) -> list[int]:
    """Return the texts that say it, best first."""
    scores = index.find(asked, among=TEXTS).scores
    return sorted(scores, key=lambda text_id: (-scores[text_id], text_id))


@pytest.mark.parametrize(
    ("asked", "best"),
    [
        ("terril", [1, 2]),
        ("TERRILS", [1, 2]),
        ("église", [2]),
        ("l'eglise", [2]),
        ("le toit de l’église", [2]),
        ("photovolt", [2]),
        ("toit", [2, 3]),
        ("toi", [2, 3]),
        ("9", [4]),
        ("un puits", [4]),
        ("d", [4]),
        ("", []),
        ("%", []),
    ],
)
def test_words_are_found_as_they_are_typed_a_title_first(
    index: WordIndex, asked: str, best: list[int]
) -> None:
    assert found(index, asked) == best


@pytest.mark.parametrize(
    ("mistyped", "best"),
    [
        ("chenlet", [3]),
        ("chennelet", [3]),
        ("eglize", [2]),
        ("teril", [1, 2]),
        ("terirl", [1, 2]),
        ("fotovoltaique", [2]),
        ("photovoltaikes", [2]),
        ("residance chenlet", [3]),
        ("egl1se", [2]),
    ],
)
def test_a_slip_of_the_finger_is_forgiven(index: WordIndex, mistyped: str, best: list[int]) -> None:
    assert found(index, mistyped) == best


@pytest.mark.parametrize("asked", ["terril louvre", "abc", "1914", "10"])
def test_what_no_text_says_is_not_found(index: WordIndex, asked: str) -> None:
    assert found(index, asked) == []


def test_a_word_that_is_right_is_not_taken_for_another(index: WordIndex) -> None:
    assert found(index, "doit") == [4]
    assert found(index, "pluie") == [3]


def test_a_text_that_no_longer_counts_is_not_found(index: WordIndex) -> None:
    assert index.find("terril", among={2}).scores.keys() == {2}
    assert index.find("ascension", among={2}).scores == {}


def test_the_words_that_were_meant_are_told(index: WordIndex) -> None:
    assert index.find("teril eglize", among=TEXTS).words == {"terril", "eglise"}


def test_many_words_are_cut_short(index: WordIndex) -> None:
    asked = "terril " * 20 + " ".join(f"mot{number}" for number in range(100))
    assert found(index, asked) == []
    assert found(index, "on monte sur le terril une montagne noire zeppelin") == [1]
