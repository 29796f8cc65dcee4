"""Numbers in words, in English, Dutch and German."""

import re
from functools import lru_cache

from tourapp.narration.script.foreign.tongue import Tongue
from tourapp.narration.script.numerals import in_words

_LONGEST_CARDINAL = 15


def number_pattern(tongue: Tongue, name: str) -> str:
    """Return the pattern of a number as typed, perhaps with thousands apart and decimals."""
    whole = rf"[1-9]\d{{0,2}}(?:[{tongue.thousands}]\d{{3}})+(?!\d)|\d+"
    return rf"(?P<{name}>(?:{whole})(?:{re.escape(tongue.decimal_mark)}\d+)?)"


@lru_cache(maxsize=1024)
def cardinal(number: int, lang: str) -> str:
    """Return a number in words, without the commas that a reader does not pause at."""
    return in_words(number, lang=lang).replace(",", "")


@lru_cache(maxsize=1024)
def ordinal(number: int, lang: str) -> str:
    """Return a rank in words: nineteenth, negentiende, neunzehnte."""
    return in_words(number, lang=lang, to="ordinal").replace(",", "")


def digits_words(digits: str, *, tongue: Tongue) -> str:
    """Return digits in words; a run too long for a number is said digit by digit."""
    if len(digits) > _LONGEST_CARDINAL:
        return apart(digits, tongue=tongue)
    return cardinal(int(digits), tongue.code)


def apart(digits: str, *, tongue: Tongue) -> str:
    """Return digits one by one: 112 as one one two."""
    return " ".join(cardinal(int(digit), tongue.code) for digit in digits)


def number_words(typed: str, *, tongue: Tongue) -> str:
    """Return a number as typed in words: two point five, twee komma vijf."""
    whole, _, decimals = typed.partition(tongue.decimal_mark)
    words = digits_words(re.sub(r"\D", "", whole), tongue=tongue)
    return f"{words} {tongue.point} {apart(decimals, tongue=tongue)}" if decimals else words
