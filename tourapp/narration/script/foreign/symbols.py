"""Signs, ranks, spans, pits, and the numbers that no other rule has claimed."""

import re
from collections.abc import Iterator
from functools import partial

from tourapp.narration.script.foreign.numbers import (
    apart,
    digits_words,
    number_pattern,
    number_words,
)
from tourapp.narration.script.foreign.tongue import Tongue
from tourapp.narration.script.rules import Rule, preceding, rule


def rules(tongue: Tongue) -> tuple[Rule, ...]:
    """Return the rules of a language's signs."""
    return tuple(_rules(tongue))


def _rules(tongue: Tongue) -> Iterator[Rule]:
    number, least = number_pattern(tongue, "number"), number_pattern(tongue, "least")
    yield rule(r"[-–−](?=\d)", partial(_minus, tongue=tongue))
    yield rule(r"'(?=\d0(?!\d))", "")
    yield from (rule(sign, said) for sign, said in tongue.signs.items())
    yield rule(r"112(?![\w]|[.,]\d)", partial(_called, tongue=tongue))
    yield rule(r"1/2(?![\w/])", tongue.half)
    yield rule(r"(\d+)[/-](\d+) ?bis(?!\w)", partial(_with_bis, tongue=tongue))
    yield rule(r"\d+(?:/\d+)+(?!\w)", partial(_pit, tongue=tongue))
    yield rule(rf"(\d{{1,9}})(?:{tongue.ordinal_ends})", partial(_rank, tongue=tongue))
    yield rule(rf"{least} ?[-–] ?{number}(?![\w-])", partial(_span, tongue=tongue))
    yield rule(number, partial(_number, tongue=tongue))


def _minus(match: re.Match[str], *, tongue: Tongue) -> str | None:
    before = preceding(match)
    return f"{tongue.minus} " if not before or before[-1] in " (" else None


def _called(match: re.Match[str], *, tongue: Tongue) -> str | None:
    """Say a number that is dialled digit by digit."""
    calls = re.search(rf"\b(?:{tongue.calling}) $", preceding(match), re.IGNORECASE)
    return apart(match[0], tongue=tongue) if calls else None


def _with_bis(match: re.Match[str], *, tongue: Tongue) -> str:
    return ", ".join(digits_words(match[at], tongue=tongue) for at in (1, 2)) + " bis"


def _pit(match: re.Match[str], *, tongue: Tongue) -> str:
    return " ".join(digits_words(digits, tongue=tongue) for digits in match[0].split("/"))


def _rank(match: re.Match[str], *, tongue: Tongue) -> str:
    return tongue.ordinal(int(match[1]), preceding(match))


def _span(match: re.Match[str], *, tongue: Tongue) -> str:
    least, most = (number_words(match[name], tongue=tongue) for name in ("least", "number"))
    return f"{least} {tongue.to} {most}"


def _number(match: re.Match[str], *, tongue: Tongue) -> str:
    return number_words(match["number"], tongue=tongue)
