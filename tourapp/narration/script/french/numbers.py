"""French numbers in words."""

import re
from functools import lru_cache
from typing import Literal

from tourapp.narration.script.numerals import in_words

Gender = Literal["m", "f"]

WHOLE = r"(?:[1-9]\d{0,2}(?:[ .]\d{3})+(?!\d)|\d+)"
"""A cardinal as typed, perhaps with its thousands apart."""

NUMBER = rf"(?:{WHOLE}(?:[.,]\d+)?)"
"""A cardinal or a decimal number as typed."""

_LONGEST_CARDINAL = 15
_LONGEST_DECIMALS = 3
_FEMININE = {"premier": "première", "second": "seconde"}


@lru_cache(maxsize=1024)
def cardinal(number: int, *, gender: Gender = "m") -> str:
    """Return a number in words: its last `un` agrees."""
    words = in_words(number, lang="fr")
    return f"{words}e" if gender == "f" and re.search(r"\bun$", words) else words


@lru_cache(maxsize=1024)
def ordinal(number: int, *, gender: Gender = "m") -> str:
    """Return a rank in words: premier, deuxième, quatre-vingtième."""
    words = in_words(number, lang="fr", to="ordinal")
    # The library keeps the plural of quatre-vingts, deux cents and deux millions.
    words = re.sub(r"sième$", "ième", words) if re.search(r"[dnt]sième$", words) else words
    words = re.sub(r"^un (?=milli)", "", words)
    return _FEMININE.get(words, words) if gender == "f" else words


def naming(digits: str) -> str:
    """Return a number that names and does not count: mille neuf cent quatre-vingt, without s."""
    return re.sub(r"(?<=vingt|.cent)s$", "", digits_words(digits))


def number_words(typed: str, *, gender: Gender = "m") -> str:
    """Return the words of a number as typed: a cardinal agrees, a decimal number does not."""
    whole, decimals = parted(typed)
    if decimals:
        return f"{digits_words(whole)} virgule {_decimals(decimals)}"
    return digits_words(whole, gender=gender)


def parted(typed: str) -> tuple[str, str]:
    """Return the digits before and after the decimal mark of a number as typed."""
    plain = re.sub(r"(?<=\d)[ .](?=\d{3}(?!\d))", "", typed) if _has_thousands(typed) else typed
    whole, _, decimals = plain.replace(",", ".").partition(".")
    return whole, decimals


def is_plural(typed: str) -> bool:
    """Tell whether what is counted is in the plural, which in French begins at two."""
    whole, _ = parted(typed)
    return len(whole.lstrip("0")) > 1 or whole[-1] > "1"


def digits_words(digits: str, *, gender: Gender = "m") -> str:
    """Return the words of a string of digits: leading zeros are said, the longest one by one."""
    significant = digits.lstrip("0")
    zeros = ["zéro"] * (len(digits) - len(significant))
    if len(significant) > _LONGEST_CARDINAL:
        return " ".join([*zeros, *(cardinal(int(digit)) for digit in significant)])
    return " ".join([*zeros, cardinal(int(significant), gender=gender)] if significant else zeros)


def of(noun: str) -> str:
    """Return a noun after « de », which gives up its vowel before another."""
    return f"d'{noun}" if re.match(r"[aeéèêiîoôuh]", noun) else f"de {noun}"


def _decimals(digits: str) -> str:
    if len(digits.lstrip("0")) > _LONGEST_DECIMALS:
        return " ".join(cardinal(int(digit)) for digit in digits)
    return digits_words(digits)


def _has_thousands(typed: str) -> bool:
    return re.match(r"[1-9]\d{0,2}(?:[ .]\d{3})+(?!\d)", typed) is not None
