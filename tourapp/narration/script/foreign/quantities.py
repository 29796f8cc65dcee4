"""Numbers with their units, and money."""

import re
from collections.abc import Iterator
from functools import partial

from tourapp.narration.script.foreign.numbers import number_pattern, number_words
from tourapp.narration.script.foreign.tongue import Tongue, Unit
from tourapp.narration.script.rules import Rule, rule

_MONEY = "€£$"


def rules(tongue: Tongue) -> tuple[Rule, ...]:
    """Return the rules of a language's quantities."""
    return tuple(_rules(tongue))


def _rules(tongue: Tongue) -> Iterator[Rule]:
    longest_first = sorted(map(re.escape, tongue.units), key=len, reverse=True)
    unit = rf"(?:{'|'.join(longest_first)})"
    scales = "|".join(map(re.escape, tongue.scales))
    scale = rf"(?: ?(?P<scale>{scales})(?!\w))?"
    number, least = number_pattern(tongue, "number"), number_pattern(tongue, "least")
    span = rf"(?:{least} ?[-–] ?)?{number}{scale}"
    cents = rf"(?P<whole>\d+){re.escape(tongue.decimal_mark)}(?P<cents>\d\d)(?!\d)"
    money = rf"(?P<unit>[{_MONEY}])"
    yield rule(rf"{money} ?{cents}", partial(_price, tongue=tongue))
    yield rule(rf"{cents} ?{money}", partial(_price, tongue=tongue))
    yield rule(rf"{money} ?{span}", partial(_quantity, tongue=tongue))
    yield rule(
        rf"{span}[ -]?(?P<unit>{unit})(?:/(?P<each>{unit}))?(?![\w²³])",
        partial(_quantity, tongue=tongue),
    )


def _quantity(match: re.Match[str], *, tongue: Tongue) -> str:
    unit = tongue.units[match["unit"]]
    given = match.groupdict()
    counted, scale = _counted(match, unit, tongue), tongue.scales.get(given["scale"])
    is_one = match["number"] == "1" and not (given["least"] or scale)
    said = " ".join(filter(None, (counted, scale, unit.one if is_one else unit.many)))
    each = given.get("each")
    return f"{said} {tongue.per} {tongue.units[each].one}" if each else said


def _counted(match: re.Match[str], unit: Unit, tongue: Tongue) -> str:
    number = number_words(match["number"], tongue=tongue)
    if match["least"]:
        return f"{number_words(match['least'], tongue=tongue)} {tongue.to} {number}"
    return (unit.article or tongue.one) if match["number"] == "1" else number


def _price(match: re.Match[str], *, tongue: Tongue) -> str:
    unit = tongue.units[match["unit"]]
    whole = tongue.one if match["whole"] == "1" else number_words(match["whole"], tongue=tongue)
    named = unit.one if match["whole"] == "1" else unit.many
    cents = int(match["cents"])
    said = f"{whole} {named}"
    return f"{said} {number_words(str(cents), tongue=tongue)}" if cents else said
