"""French ranks, in digits and in Roman numerals: 1re, XIXe siècle, Louis XIV, tome IV."""

import re

from tourapp.narration.script.french.agreement import gender_before
from tourapp.narration.script.french.numbers import WHOLE, Gender, cardinal, ordinal, parted
from tourapp.narration.script.french.vocabulary import DIVISIONS, RULERS
from tourapp.narration.script.rules import Rule, following, preceding, rule

_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_ROMAN = r"(?=[IVXL])(?:X[CL]|L?X{0,3})(?:I[XV]|V?I{0,3})"
_SUFFIX = r"(?P<suffix>ers?|i?[èe]res?|res?|(?:n|(?<=2))de?s?|i?[èe]?mes?|es?|è)(?!\w)"
_ROMAN_SUFFIX = r"(?P<suffix>(?<=I)er|(?<=I)[èe]?re|i?[èe]me|e|è)(?!\w)"
_LONGEST_RANK = 12
_SECOND = 2


def _roman_rank(match: re.Match[str]) -> str | None:
    return None if match["roman"] == "L" else _rank(_value(match["roman"]), match)


def _rank_of_digits(match: re.Match[str]) -> str | None:
    digits = parted(match["digits"])[0]
    return None if len(digits) > _LONGEST_RANK else _rank(int(digits), match)


def _rank(number: int, match: re.Match[str]) -> str:
    suffix = match["suffix"]
    plural = "s" if suffix.endswith("s") else ""
    if number == _SECOND and suffix.startswith(("nd", "d")):
        return f"{'seconde' if 'e' in suffix else 'second'}{plural}"
    return f"{ordinal(number, gender=_gender(match))}{plural}"


def _gender(match: re.Match[str]) -> Gender:
    if match["suffix"] in {"e", "è"}:
        return gender_before(following(match))
    return "m" if match["suffix"].startswith("er") else "f"


def _centuries(match: re.Match[str]) -> str:
    first, last = _value(match["first"]), _value(match["last"])
    between = "au" if preceding(match).endswith("du ") else "à"
    return f"{ordinal(first)} {'et' if last == first + 1 else between} {ordinal(last)}"


def _roman(match: re.Match[str]) -> str | None:
    before = re.search(r"([\w°.-]+) $", preceding(match))
    roman = match["roman"]
    word = before[1] if before else ""
    if word.title() in RULERS:
        return ordinal(1) if roman == "I" else cardinal(_value(roman))
    named = len(roman) > 1 and word[:1].isupper() and not word.isupper()
    return cardinal(_value(roman)) if named or word.lower() in DIVISIONS else None


def _value(roman: str) -> int:
    values = [_VALUES[letter] for letter in roman]
    return sum(
        -value if value < max(values[place:]) else value for place, value in enumerate(values)
    )


RULES: tuple[Rule, ...] = (
    rule(rf"(?P<first>{_ROMAN})e ?[-–] ?(?P<last>{_ROMAN})e(?!\w)", _centuries),
    rule(rf"(?P<roman>{_ROMAN}){_ROMAN_SUFFIX}", _roman_rank),
    rule(rf"(?P<roman>{_ROMAN})(?!\w)", _roman),
    rule(rf"(?P<digits>{WHOLE}){_SUFFIX}", _rank_of_digits),
)
