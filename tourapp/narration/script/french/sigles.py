"""French sigles: said as a word where they can be, else letter by letter."""

import re
import unicodedata
from functools import lru_cache, partial

from tourapp.narration.script.french.letters import LetterNames, spelled
from tourapp.narration.script.french.numbers import digits_words, number_words
from tourapp.narration.script.rules import Rule, rule
from tourapp.narration.typography import SUPERSCRIPT

_VOWELS = r"(?:EAU|AA|EE|OO|A[IU]|E[IU]|O[IU]|I[AEO]|[AEIOUY])"
_ONSET = r"(?:[BCDFGPTV][LR]|S[CLMNPT]R?|[CPST]H|GN|QU|[BCDFGHJ-NP-TV-XZ])"
_CODA = r"(?:[LMNRS][BCDFGKLMPST]|([BCDFGKLMNPRST])\1|[BCDFGHKLMNPQRSTXZ])"
_SAYABLE = re.compile(rf"{_ONSET}?{_VOWELS}(?:[LMNRSXZ]?{_ONSET}{_VOWELS})*{_CODA}?")
_SHORTEST_WORD = 4
_LONGEST_SIGLE = 5
_RUN = re.compile(rf"\d+(?:,\d+)?|[{SUPERSCRIPT}]+|[^\W\d{SUPERSCRIPT}]+")
_SMALL_WORDS = frozenset(
    ("AU", "AUX", "CE", "DE", "DES", "DU", "EN", "ET", "LA", "LE", "LES", "SUR", "UN", "UNE"),
)
_SHORT_WORDS = frozenset(("BAC", "BIO", "CAF", "ISO", "LED", "ONU", "PAC", "ZAC", "ZAD", "ZUP"))


def _sigle(match: re.Match[str], *, names: LetterNames) -> str:
    letters = match["letters"]
    if letters in _SMALL_WORDS:
        return letters.lower()
    if _is_shouted(match.string):
        return letters.lower() if _can_be_shouted(letters) else spelled(letters, names)
    return _sigle_words(letters, names)


def _sigle_words(letters: str, names: LetterNames) -> str:
    long_word = len(letters) >= _SHORTEST_WORD and _is_sayable(letters)
    is_word = long_word or letters in _SHORT_WORDS or _is_too_long(letters)
    return letters.capitalize() if is_word else spelled(letters, names)


@lru_cache
def _is_shouted(text: str) -> bool:
    """Tell whether a whole passage stands in capitals, and not only the sigles in it."""
    words = re.findall(r"[^\W\d_]+", text)
    plain = (word in _SMALL_WORDS or len(word) > _LONGEST_SIGLE for word in words)
    return text == text.upper() and len(words) > 1 and any(plain)


def _can_be_shouted(letters: str) -> bool:
    return len(letters) > _SHORTEST_WORD or _is_sayable(letters)


def _is_too_long(letters: str) -> bool:
    return len(letters) > _LONGEST_SIGLE and re.search(r"[AEIOUY]", letters) is not None


def _is_sayable(letters: str) -> bool:
    return not letters.isascii() or _SAYABLE.fullmatch(letters) is not None


def _code(match: re.Match[str], *, names: LetterNames) -> str:
    """Say a code that mixes letters and digits: A21, CD2E, 9bis, CO2, 10⁶."""
    first, *others = _RUN.findall(match[0])
    said = first if re.fullmatch(r"[A-Z]", first) else _run(first, names)
    return " ".join([said, *(_run(run, names) for run in others)])


def _run(run: str, names: LetterNames) -> str:
    if run[0] in SUPERSCRIPT:
        return f"puissance {digits_words(unicodedata.normalize('NFKC', run))}"
    if run[0].isdecimal():
        return number_words(run)
    return _sigle_words(run, names) if run.isupper() else run


def rules(names: LetterNames) -> tuple[Rule, ...]:
    """Return the rules for sigles and codes, which spell with the names given."""
    return (
        rule(r"(?P<letters>[A-ZÀ-Þ]{2,})s?(?!\w)", partial(_sigle, names=names)),
        rule(rf"[^\W_]*[\d{SUPERSCRIPT}][^\W_]*(?:,\d+)?", partial(_code, names=names)),
    )
