"""How long a text is, and how easily it is read."""

import pytest

from tourapp.narration.lexicon import Lexicon
from tourapp.narration.script import spoken_sentences
from tourapp.staff.writing.measures import Measures, measure

SIMPLE = "Le chat dort. Il est gris."
SCHOLARLY = (
    "L’industrialisation progressive des exploitations charbonnières septentrionales a"
    " irrémédiablement transformé l’organisation administrative intercommunale."
)


def measured(text: str, *, lang: str = "fr") -> Measures:
    return measure(spoken_sentences(text, lang=lang, lexicon=Lexicon()), lang=lang)


def test_words_are_those_that_a_reader_counts() -> None:
    assert measured("C’est **l’arc-en-ciel** de 1982 : *voilà* !").words == 5


def test_numbers_take_the_time_that_saying_them_takes() -> None:
    assert measured("En 1982.").listening_s > 2 * measured("En mai.").listening_s


def test_a_text_for_children_is_easier_than_a_decree() -> None:
    simple, scholarly = measured(SIMPLE).ease, measured(SCHOLARLY).ease
    assert (simple, scholarly) == (100, 0)


@pytest.mark.parametrize(
    ("lang", "text", "ease"),
    [
        ("fr", "La montagne noire regarde la ville. Elle change de couleur à chaque saison.", 65),
        ("en", "The black mountain looks over the town. It changes with every season.", 81),
        ("nl", "De zwarte berg kijkt over de stad. Hij verandert met elk seizoen.", 92),
        ("de", "Der schwarze Berg schaut über die Stadt. Er ändert sich in jeder Zeit.", 97),
    ],
)
def test_each_language_has_its_formula(lang: str, text: str, ease: int) -> None:
    assert measured(text, lang=lang).ease == ease


def test_nothing_is_neither_easy_nor_hard() -> None:
    assert measured("***") == Measures(0, 0, None)


def test_what_is_beyond_two_minutes_is_told() -> None:
    assert measured("Le chat dort. " * 30).beyond_s == 0
    assert measured("Le chat dort. " * 200).beyond_s > 60
