"""What a search takes for the same."""

import pytest

from tourapp.stops.search import fold


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("L’Église", "l'eglise"),
        ("CŒUR d’œuvre", "coeur d'oeuvre"),
        ("Ex æquo", "EX AEQUO"),
        ("Saint\u2011Vaast", "saint-vaast"),
        ("bassin\u00ad-minier", "Bassin-minier"),
        ("250\u202fm²", "250 m2"),
        ("Chènelet", "Che\u0300nelet"),
        ("  deux \n\n lignes ", "deux lignes"),
        ("ﬁn", "fin"),
        ("", " "),
    ],
)
def test_what_is_written_is_found_as_it_is_typed(written: str, typed: str) -> None:
    assert fold(written) == fold(typed)


def test_different_words_stay_different() -> None:
    assert fold("terril 11/19") != fold("terril 1119")
