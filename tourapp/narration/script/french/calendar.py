"""French dates, hours and spans of years."""

import re

from tourapp.narration.script.french.numbers import cardinal, naming, ordinal
from tourapp.narration.script.rules import Rule, preceding, rule

_MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
_ABBREVIATED_MONTHS = {
    "janv": "janvier",
    "févr": "février",
    "fév": "février",
    "avr": "avril",
    "juil": "juillet",
    "sept": "septembre",
    "oct": "octobre",
    "nov": "novembre",
    "déc": "décembre",
}
_WEEKDAYS = "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
_LAST_DAY = 31

_HOUR = r"(\d{1,2}) ?h(?: ?(?:(\d{2})(?: ?mi?n)?|(\d) ?mi?n))?(?!\w| ?/ ?[a-zà-ÿ])"
_YEAR = r"1\d{3}|20\d{2}"


def _date(match: re.Match[str]) -> str | None:
    day, month = int(match["day"]), int(match["month"])
    if not (1 <= day <= _LAST_DAY and 1 <= month <= len(_MONTHS)):
        return None
    spoken = f"{_day(day)} {_MONTHS[month - 1]}"
    given = match.groupdict().get("year")
    return f"{spoken} {naming(given)}" if given else spoken


def _day_and_month(match: re.Match[str]) -> str | None:
    """Say a day and a month without a year, where the words before make it a date."""
    leads = rf"(?:\b(?:le|du|au|{_WEEKDAYS}) )$"
    return _date(match) if re.search(leads, preceding(match)) else None


def _day(number: int) -> str:
    return ordinal(1) if number == 1 else cardinal(number)


def _hour(match: re.Match[str]) -> str:
    return _hour_words(*match.groups())


def _hour_words(hours: str, minutes: str | None, few_minutes: str | None) -> str:
    count, rest = int(hours), int(minutes or few_minutes or 0)
    words = f"{cardinal(count, gender='f')} heure{'s' * (count > 1)}"
    return f"{words} {cardinal(rest, gender='f')}" if rest else words


def _hour_span(match: re.Match[str]) -> str:
    first, last = match.groups()[:3], match.groups()[3:]
    return f"{_from(match)}{_hour_words(*first)} à {_hour_words(*last)}"


def _hour_and_a_half(match: re.Match[str]) -> str:
    return f"{_hour_words(match[1], None, None)} et demie"


def _clock(match: re.Match[str]) -> str:
    return _hour_words(match[1], match[2], None)


def _round_the_clock(match: re.Match[str]) -> str:
    unit = {"h": "heures", "j": "jours"}[match["unit"]]
    gender = "f" if match["unit"] == "h" else "m"
    return f"{cardinal(int(match['count']), gender=gender)} {unit} sur {cardinal(int(match['of']))}"


def _years(match: re.Match[str]) -> str | None:
    if match[2] < match[1]:
        return None
    between = re.search(r"\bentre $", preceding(match), re.IGNORECASE)
    return f"{_from(match)}{naming(match[1])} {'et' if between else 'à'} {naming(match[2])}"


def _from(match: re.Match[str]) -> str:
    """Return « de » unless a word before the span does its work."""
    led = re.search(r"\b(?:années|de|depuis|dès|entre) $", preceding(match), re.IGNORECASE)
    return "" if led else "de "


RULES: tuple[Rule, ...] = (
    rule(r"(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4}|\d{2})(?![\d/])", _date),
    rule(r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})(?!\d)", _date),
    rule(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?!\d)", _date),
    rule(r"(?P<day>\d{1,2})/(?P<month>\d{1,2})(?![\d/])", _day_and_month),
    rule(r"(?P<day>0\d|[12]\d|3[01])/(?P<month>0\d)(?![\d/])", _date),
    rule(rf"({_YEAR}) ?[-–—] ?({_YEAR})(?![\d/-])", _years),
    rule(r"(?P<count>24|7) ?(?P<unit>[hj])(?:eures|ours)?/(?P<of>24|7)(?!\w)", _round_the_clock),
    rule(rf"{_HOUR} ?[-–/] ?{_HOUR}", _hour_span),
    rule(r"(\d{1,2}) ?h ?1/2(?![\w/])", _hour_and_a_half),
    rule(_HOUR, _hour),
    rule(r"([01]\d|2[0-3]):([0-5]\d)(?![\d:])", _clock),
    rule(rf"1(?= (?:{'|'.join(_MONTHS)})(?!\w))", "premier"),
    *(rule(rf"{short}\.", month) for short, month in _ABBREVIATED_MONTHS.items()),
)
