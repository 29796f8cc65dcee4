"""What is left of a said text's punctuation: the marks that shape its pauses."""

import re
import unicodedata
from collections.abc import Callable
from fractions import Fraction

PRIVATE = 0xF0000
"""The first of the private characters that stand for phonemes until the end."""

_SPEECHLESS = re.compile(r"[^\w\s.,;:!?'%€$£&+=@°-]|_")
_ENDS = ".?!:"

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


def punctuated(text: str, *, numeral: Callable[[str], str]) -> str:
    """Return a text without digits, with plain marks and an end; "" where nothing is said."""
    shaped = _replaced(_worded(text, numeral), _SHAPES)
    spoken = _SPEECHLESS.sub(_kept_mark, shaped)
    single = re.sub(r"[,.;:!?](?:\s*[,.;:!?])+", lambda run: _strongest(run[0]), spoken)
    said = _replaced(single, _SPACES)
    if not any(character.isalpha() or ord(character) >= PRIVATE for character in said):
        return ""
    return said if said[-1] in _ENDS else f"{said}."


def _replaced(text: str, replacements: tuple[tuple[re.Pattern[str], str], ...]) -> str:
    for pattern, said in replacements:
        text = pattern.sub(said, text)
    return text


def _strongest(marks: str) -> str:
    return next(mark for mark in "?!.:;," if mark in marks)


def _kept_mark(match: re.Match[str]) -> str:
    """Keep the marks that belong to letters, and what stands for phonemes."""
    character = match[0]
    belongs = unicodedata.category(character).startswith("M") or ord(character) >= PRIVATE
    return character if belongs else " "


def _worded(text: str, numeral: Callable[[str], str]) -> str:
    """Say every digit and numeral of any script that no rule has claimed."""
    if not any(character.isnumeric() for character in text):
        return text
    spaced = re.sub(r"\d+", lambda match: f" {numeral(match[0])} ", text)
    return "".join(
        f" {_value_words(character, numeral)} " if character.isnumeric() else character
        for character in spaced
    )


def _value_words(character: str, numeral: Callable[[str], str]) -> str:
    value = abs(Fraction(unicodedata.numeric(character)).limit_denominator(1000))
    parts = [value.numerator] if value.denominator == 1 else [value.numerator, value.denominator]
    return " ".join(numeral(str(part)) for part in parts)
