"""Whether a French number counts what follows it, and in which gender."""

import re

from tourapp.narration.script.french.numbers import Gender
from tourapp.narration.script.french.vocabulary import (
    FEMININE_ADJECTIVES,
    FEMININE_ENDINGS,
    FEMININE_NOUNS,
    MASCULINE_NOUNS,
    NEUTRAL_ADJECTIVES,
    NUMBERED,
)

_STREETS = frozenset(("allée", "avenue", "chaussée", "impasse", "place", "route", "rue"))
_PLURAL = ("s", "x")


def is_name(typed: str, *, preceding: str, following: str) -> bool:
    """Tell whether a number names a year, a house or a pit, and counts nothing."""
    if re.fullmatch(r"1\d{3}|20\d{2}", typed):
        return re.match(r" [^\W\d_]{4,}[sx](?!\w)", following) is None
    return re.fullmatch(r"[1-9]\d{,3}", typed) is not None and _is_numbered(preceding)


def gender_before(following: str, *, typed: str = "1") -> Gender:
    """Return the gender of a number as typed, from the text that follows it."""
    several = re.sub(r"^ (?:à|ou|et) \d+(?= ?\w)", "", following)
    if several != following and re.match(r" ?(?:h|min|t)(?!\w)", several):
        return "f"
    is_one = typed == "1" and several == following
    run = re.match(r"(?: [^\W\d_]+(?:-[^\W\d_]+)*)*", several)
    counted = (word for word in (run[0].lower().split() if run else ()))
    return next((_gender(word, is_one=is_one) for word in counted if not _is_neutral(word)), "m")


def _is_numbered(preceding: str) -> bool:
    word = re.search(r"([^\W\d_]+|n°) ?$", preceding.lower())
    return word is not None and word[1] in NUMBERED


def _is_neutral(word: str) -> bool:
    return word.removesuffix("s") in NEUTRAL_ADJECTIVES


def _gender(word: str, *, is_one: bool) -> Gender:
    """Return the gender of a noun or adjective; after « 21 » a singular is not what is counted."""
    if word in _STREETS or not (is_one or word.endswith(_PLURAL)):
        return "m"
    singular = word if word in FEMININE_NOUNS else re.sub(r"[sx]$", "", word)
    if singular in FEMININE_NOUNS or singular in FEMININE_ADJECTIVES:
        return "f"
    ends_like_one = singular.endswith(FEMININE_ENDINGS)
    return "f" if ends_like_one and singular not in MASCULINE_NOUNS else "m"
