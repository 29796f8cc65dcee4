"""The sentence that says what was searched for."""

import pytest

from tourapp.stops.passages import LONGEST, find_passage

TEXT = "Le brouillard se lève. Deux terrils noirs sortent de la brume ! On voit l’église."


def shown(text: str, *words: str) -> str:
    """Return a passage with what was found in square brackets."""
    fragments = find_passage(text, words)
    return "".join(f"[{each.text}]" if each.is_found else each.text for each in fragments)


@pytest.mark.parametrize(
    ("words", "passage"),
    [
        (("terril",), "Deux [terrils] noirs sortent de la brume !"),
        (("eglise",), "On voit l’[église]."),
        (("brume", "noir"), "Deux terrils [noirs] sortent de la [brume] !"),
        (("brouillard",), "Le [brouillard] se lève."),
        (("deu",), "[Deux] terrils noirs sortent de la brume !"),
        (("toit",), ""),
        ((), ""),
    ],
)
def test_the_sentence_that_says_most_is_shown(words: tuple[str, ...], passage: str) -> None:
    assert shown(TEXT, *words) == passage


def test_letters_that_were_put_together_are_the_same() -> None:
    assert shown("Une e\u0301glise.", "eglise") == "Une [église]."


@pytest.mark.parametrize("before", [0, 30, 100])
@pytest.mark.parametrize("after", [0, 30, 100])
def test_a_long_sentence_is_cut_between_words(before: int, after: int) -> None:
    text = "avant " * before + "le terril" + " apres" * after
    passage = "".join(fragment.text for fragment in find_passage(text, {"terril"}))
    assert "terril" in passage
    assert len(passage) <= LONGEST + 2
    assert passage.startswith("…") == (before > 0 and len(text) > LONGEST and before > 10)
    assert set(passage.strip("…").split()) <= {"avant", "le", "terril", "apres"}
    assert passage.endswith("…") == (len(text) > LONGEST and after > before / 4 and after > 0)
