"""Codes that are drawn: easy to read, rude to nobody."""

import pytest

from tourapp.signage.codes import draw_code, is_rude, normalise_code


def test_a_drawn_code_reads_the_same_however_it_is_typed() -> None:
    for code in {draw_code() for _ in range(200)}:
        assert len(code) == 6
        assert normalise_code(code.lower()) == code
        assert not set(code) & set("0O1ILQS5BZ2G6AEU") - set("256")


@pytest.mark.parametrize("code", ["XFDPX2", "3PD3XX", "X88XX2", "XP3DXX", "T4R3XX", "XXKKKX"])
def test_an_insult_is_no_code(code: str) -> None:
    assert is_rude(code)


def test_what_is_rude_is_drawn_again() -> None:
    letters = iter("XFDPX2" + "9XW7KT")
    assert draw_code(lambda _: next(letters)) == "9XW7KT"
