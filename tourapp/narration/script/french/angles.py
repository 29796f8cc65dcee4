"""French readings of angles and positions: 50° 26' N."""

import re

from tourapp.narration.script.french.numbers import NUMBER, is_plural, number_words
from tourapp.narration.script.rules import Rule, rule

_QUARTERS = {"N": "nord", "S": "sud", "E": "est", "O": "ouest", "W": "ouest"}


def _angle(match: re.Match[str]) -> str:
    parts = ("degré", match["degrees"]), ("minute", match["minutes"]), ("seconde", match["seconds"])
    said = [_counted(number, unit) for unit, number in parts if number]
    quarter = match["quarter"]
    return " ".join([*said, _QUARTERS[quarter]] if quarter else said)


def _counted(number: str, unit: str) -> str:
    words = number_words(number, gender="m" if unit == "degré" else "f")
    return f"{words} {unit}{'s' * is_plural(number)}"


RULES: tuple[Rule, ...] = (
    rule(
        rf"(?P<degrees>{NUMBER}) ?°(?: ?(?P<minutes>{NUMBER}) ?')?"
        rf"(?: ?(?P<seconds>{NUMBER}) ?\")?(?: ?(?P<quarter>[NSEOW]))?(?!\w)",
        _angle,
    ),
)
