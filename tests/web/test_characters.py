"""What texts are made of, whoever writes them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tourapp.web.characters import KEPT_TEXT, evened, readable, tidied, unkept

UNSEEN = (
    *map(chr, (*range(9), 11, 12, *range(14, 32), *range(127, 160))),
    *"\u2028\u2029\u202a\u202e\u2066\u2069\ufffe\uffff",
)
SEEN = "Œuvre, l’été\u202f! «\u00a0Ça va\u00a0?\u00a0» א\u200f\u200b\u00ad👩\u200d🌾\t\n"


def is_kept(text: str) -> bool:
    return re.match(KEPT_TEXT, text) is not None


@pytest.mark.parametrize("character", UNSEEN)
def test_what_nobody_sees_is_no_part_of_a_text(character: str) -> None:
    text = f"ter{character}ril"
    assert not is_kept(text)
    assert list(unkept(text)) == [(3, f"U+{ord(character):04X}")]
    assert readable(text) == "ter�ril"


def test_letters_of_every_writing_are() -> None:
    assert is_kept(SEEN)
    assert list(unkept(SEEN)) == []
    assert tidied(SEEN) == readable(SEEN) == SEEN


@given(st.text(st.characters(exclude_categories=()) | st.sampled_from(UNSEEN)))
def test_whatever_is_tidied_can_be_kept(text: str) -> None:
    assert is_kept(tidied(text))
    assert tidied(tidied(text)) == tidied(text)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("a\r\nb\rc\n", "a\nb\nc\n"),
        ("une ligne\vune autre\u2028une autre\x0c", "une ligne\nune autre\nune autre\n"),
        ("\ufefftitre", "\ufefftitre"),
        ("user\u202etxt.exe\u202c", "usertxt.exe"),
        ("nul\0le", "nulle"),
    ],
)
def test_what_is_pasted_keeps_its_lines(written: str, kept: str) -> None:
    assert tidied(written) == kept


def test_lines_may_end_as_anywhere() -> None:
    assert evened("a\r\nb\rc\nd") == "a\nb\nc\nd"
    assert is_kept("a\r\nb")
    assert not is_kept("a\rb")
