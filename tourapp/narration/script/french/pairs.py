"""French fractions, spans, and pairs of numbers such as the pit 11/19."""

import re

from tourapp.narration.script.french.agreement import gender_before
from tourapp.narration.script.french.numbers import (
    WHOLE,
    cardinal,
    digits_words,
    naming,
    number_words,
    ordinal,
    parted,
)
from tourapp.narration.script.rules import Rule, following, preceding, rule

_MINING_PLACE = re.compile(r"\b(?:base|carreau|cité|fosse|puits|site|terril)s? $", re.IGNORECASE)
_PARTS = {2: ("demi", "demis"), 3: ("tiers", "tiers"), 4: ("quart", "quarts")}
_DENOMINATORS = frozenset((*range(2, 11), 12, 20, 100, 1000))
_DENOMINATOR = r"\d{1,3} \d{3}(?!\d)|\d{1,9}"
_HALF = 2
_LEAST_SPAN = 100


def _fraction(match: re.Match[str]) -> str | None:
    numerator, denominator = int(match[1]), int(parted(match[2])[0])
    if _MINING_PLACE.search(preceding(match)):
        return None
    return _fraction_words(numerator, denominator)


def _fraction_words(numerator: int, denominator: int) -> str | None:
    of_a_scale = numerator == 1 and denominator > max(_DENOMINATORS)
    if numerator >= denominator or not (of_a_scale or denominator in _DENOMINATORS):
        return None
    rank = ordinal(denominator)
    one, many = _PARTS.get(denominator, (rank, f"{rank}s"))
    return f"{cardinal(numerator)} {one if numerator == 1 else many}"


def _mixed(match: re.Match[str]) -> str | None:
    numerator, denominator = int(match[2]), int(match[3])
    fraction = _fraction_words(numerator, denominator)
    if fraction and denominator == _HALF:
        fraction = "et demi"
    return fraction and f"{digits_words(match[1])} {fraction}"


def _half(match: re.Match[str]) -> str:
    gender = gender_before(f" {following(match)}")
    return f"{cardinal(1, gender=gender)} demi-"


def _span(match: re.Match[str]) -> str:
    return f"{number_words(match[1])} à {number_words(match[2])}"


def _span_of_hundreds(match: re.Match[str]) -> str | None:
    first, last = (int(parted(number)[0]) for number in match.groups())
    return _span(match) if _LEAST_SPAN <= first < last else None


def _series(match: re.Match[str]) -> str:
    """Say the numbers one after the other, with a breath before a `bis`."""
    *first, last = [naming(digits) for digits in re.findall(r"\d+", match[0])]
    if match["again"]:
        return f"{', '.join(first)}, {last} {match['again']}"
    return f"{', '.join(first)}{' ' if len(first) == 1 else ', '}{last}"


RULES: tuple[Rule, ...] = (
    rule(r"(\d{1,3}) (\d{1,2})/(\d{1,2})(?![\w/])", _mixed),
    rule(r"1/2 (?=[a-zà-ÿ]{3})(?!de[s ]|du )", _half),
    rule(rf"(\d{{1,3}})/({_DENOMINATOR})(?:e|ème)?(?![\w/])", _fraction),
    rule(rf"({WHOLE}) ?– ?({WHOLE})(?!\w)", _span),
    rule(r"(\d{1,9})-(\d{1,9})(?![\w/-])", _span_of_hundreds),
    rule(r"\d+(?:[/-]\d+)+(?: ?(?P<again>bis|ter|quater))?(?!\w)", _series),
)
