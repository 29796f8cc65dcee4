"""What the rules need to know of a language."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure, after one and after more; `article` is what one of it is counted by."""

    one: str
    many: str
    article: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tongue:
    """A language as data: its marks, its words, and how it says dates.

    `thousands` are the characters that may stand between thousands, `point` is how the
    `decimal_mark` is said. `scales` may stand between a number and its unit: `24 million m³`.
    `abbreviations` are said in full, `numbered` ones before a number only; `titles` end no sentence
    and are left to the engine.
    `calling` are words before a number that is dialled, `ordinal_ends` what makes a number a rank.
    `typed_dates` are patterns with the groups day, month and perhaps year, the month by its name
    or its number; `typed_times` have the groups hours and perhaps minutes and half. `date` and
    `ordinal` are given the words that precede; `decade` says what stands before `decade_ends`.
    """

    code: str
    thousands: str
    decimal_mark: str
    point: str
    one: str
    half: str
    to: str
    per: str
    minus: str
    calling: str
    scales: Mapping[str, str]
    months: tuple[str, ...]
    abbreviations: Mapping[str, str]
    numbered: Mapping[str, str]
    titles: frozenset[str]
    signs: Mapping[str, str]
    units: Mapping[str, Unit]
    ordinal_ends: str
    typed_dates: tuple[str, ...]
    typed_times: tuple[str, ...]
    year: Callable[[int], str]
    date: Callable[[int, str, str], str]
    ordinal: Callable[[int, str], str]
    clock: Callable[[int, int, str], str]
    decade: Callable[[str], str] | None = None
    decade_ends: str = ""
