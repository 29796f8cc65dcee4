"""What is left of a said text's punctuation: the marks that shape its pauses."""

import re
import unicodedata
from collections.abc import Callable
from fractions import Fraction

from tourapp.narration.script.tracing import Replacement, Traced

PRIVATE = 0xF0000
"""The first of the private characters that stand for phonemes until the end."""

_SPEECHLESS = re.compile(r"[^\w\s.,;:!?'%€$£&+=@°-]|_")
_NUMERAL = re.compile(r"[^\x00-\x7f]")

_SHAPES = tuple(
    (re.compile(pattern), said)
    for pattern, said in (
        (r"\s+", " "),
        (r"(?<=\w)' ?[«“\"'] ?", "'"),
        (r"(?:\.\.+|…)+(?=\W*$)", ". "),
        (r"(?:\.\.+|…)+", ", "),
        (r" ?[—–―] ?|(?<!\S)-+(?!\S)|[()|•]", ", "),
        (r"(?<!\w)'|'(?!\w)", " "),
    )
)
_SPACES = tuple(
    (re.compile(pattern), said)
    for pattern, said in (
        (r"\s+", " "),
        (r" (?=[,.;:!?])", ""),
        (r"(?<=[,;!?])(?=\w)", " "),
        (r"^[\s,.;:!?-]+|[\s,;-]+$", ""),
    )
)
_END = ((re.compile(r"(?<![.?!:])\Z"), "."),)


def punctuated(text: Traced, *, numeral: Callable[[str], str]) -> Traced:
    """Return a text without digits, with plain marks and an end; "" where nothing is said."""
    said = text.through((*_worded(numeral), *_SHAPES, *_MARKS, *_SPACES))
    if not any(character.isalpha() or ord(character) >= PRIVATE for character in said.text):
        return Traced.of("")
    return said.through(_END)


def _strongest(marks: str) -> str:
    return next(mark for mark in "?!.:;," if mark in marks)


def _kept_mark(match: re.Match[str]) -> str:
    """Keep the marks that belong to letters, and what stands for phonemes."""
    character = match[0]
    belongs = unicodedata.category(character).startswith("M") or ord(character) >= PRIVATE
    return character if belongs else " "


def _worded(numeral: Callable[[str], str]) -> tuple[Replacement, ...]:
    """Say every digit and numeral of any script that no rule has claimed."""
    return (
        (re.compile(r"\d+"), lambda match: f" {numeral(match[0])} "),
        (_NUMERAL, lambda match: _numeral_words(match[0], numeral)),
    )


def _numeral_words(character: str, numeral: Callable[[str], str]) -> str:
    return f" {_value_words(character, numeral)} " if character.isnumeric() else character


def _value_words(character: str, numeral: Callable[[str], str]) -> str:
    value = abs(Fraction(unicodedata.numeric(character)).limit_denominator(1000))
    parts = [value.numerator] if value.denominator == 1 else [value.numerator, value.denominator]
    return " ".join(numeral(str(part)) for part in parts)


_MARKS = (
    (_SPEECHLESS, _kept_mark),
    (re.compile(r"[,.;:!?](?:\s*[,.;:!?])+"), lambda match: _strongest(match[0])),
)
