"""Dates, years, decades and hours."""

import re
from collections.abc import Callable, Iterator
from functools import partial

from tourapp.narration.script.foreign.tongue import Tongue
from tourapp.narration.script.rules import Rule, preceding, rule

_LAST_DAY = 31
_LAST_HOUR = 24
_LAST_MINUTE = 59
_YEAR = r"10[1-9]\d|1[1-9]\d\d|20\d\d"


def rules(tongue: Tongue) -> tuple[Rule, ...]:
    """Return the rules of a language's calendar."""
    return tuple(_rules(tongue))


def _rules(tongue: Tongue) -> Iterator[Rule]:
    for typed in tongue.typed_dates:
        yield rule(typed, partial(_date, tongue=tongue))
    for typed in tongue.typed_times:
        yield rule(typed, partial(_time, tongue=tongue))
    yield rule(rf"({_YEAR}) ?[-–—] ?({_YEAR})(?![\d/-])", partial(_years, tongue=tongue))
    if tongue.decade:
        yield rule(rf"(\d{{2,4}}){tongue.decade_ends}(?!\w)", partial(_decade, tongue.decade))
    yield rule(rf"({_YEAR})(?![\d]|[.,/:-]\d|[ .]\d{{3}}(?!\d))", partial(_year, tongue=tongue))


def _date(match: re.Match[str], *, tongue: Tongue) -> str | None:
    day = int(match["day"])
    month = _month(match["month"], tongue)
    if month is None or not 1 <= day <= _LAST_DAY:
        return None
    said = tongue.date(day, month, preceding(match))
    year = match.groupdict().get("year")
    return f"{said} {tongue.year(int(year))}" if year else said


def _month(typed: str, tongue: Tongue) -> str | None:
    if not typed.isdecimal():
        return typed
    return tongue.months[int(typed) - 1] if 1 <= int(typed) <= len(tongue.months) else None


def _time(match: re.Match[str], *, tongue: Tongue) -> str | None:
    given = match.groupdict()
    hours, minutes = int(match["hours"]), int(given.get("minutes") or 0)
    if hours > _LAST_HOUR or minutes > _LAST_MINUTE:
        return None
    return tongue.clock(hours, minutes, (given.get("half") or "").replace(".", ""))


def _years(match: re.Match[str], *, tongue: Tongue) -> str | None:
    first, last = int(match[1]), int(match[2])
    return f"{tongue.year(first)} {tongue.to} {tongue.year(last)}" if first < last else None


def _decade(say: Callable[[str], str], match: re.Match[str]) -> str:
    return say(match[1])


def _year(match: re.Match[str], *, tongue: Tongue) -> str:
    return tongue.year(int(match[1]))
