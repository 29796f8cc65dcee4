"""British English."""

import re

from tourapp.narration.script.foreign.metric import metric
from tourapp.narration.script.foreign.numbers import cardinal, ordinal
from tourapp.narration.script.foreign.tongue import Tongue, Unit
from tourapp.narration.script.numerals import in_words

_NOON = 12
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})(?!\w)"
_NUMERIC_DAY = r"(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})(?![\d/])"
_HALF = r"(?P<half>[ap]\.?m\.?)(?!\w)"


def _unit(name: str) -> Unit:
    return Unit(name, f"{name}s")


_UNITS = metric(
    {
        "m": _unit("metre"),
        "cm": _unit("centimetre"),
        "mm": _unit("millimetre"),
        "km": _unit("kilometre"),
        "ha": _unit("hectare"),
        "g": _unit("gram"),
        "kg": _unit("kilogram"),
        "t": _unit("tonne"),
        "l": _unit("litre"),
        "L": _unit("litre"),
        "W": _unit("watt"),
        "kW": _unit("kilowatt"),
        "MW": _unit("megawatt"),
        "kWp": Unit("kilowatt peak", "kilowatts peak"),
        "Wh": _unit("watt-hour"),
        "kWh": _unit("kilowatt-hour"),
        "MWh": _unit("megawatt-hour"),
        "GWh": _unit("gigawatt-hour"),
        "dB": _unit("decibel"),
        "s": _unit("second"),
        "min": _unit("minute"),
        "h": _unit("hour"),
        "%": Unit("per cent", "per cent"),
        "°C": Unit("degree Celsius", "degrees Celsius"),
        "°": _unit("degree"),
        "€": _unit("euro"),
        "£": _unit("pound"),
        "$": _unit("dollar"),
        "M€": Unit("million euros", "million euros"),
        "ft": Unit("foot", "feet"),
        "mph": Unit("mile an hour", "miles an hour"),
    },
    square="square ",
    cubic="cubic ",
)


def _year(number: int) -> str:
    return in_words(number, lang="en", to="year")


def _date(day: int, month: str, before: str) -> str:
    article = "" if re.search(r"\bthe $", before, re.IGNORECASE) else "the "
    return f"{article}{ordinal(day, 'en')} of {month}"


def _decade(digits: str) -> str:
    words = _year(int(digits)) if len(digits) > 2 else cardinal(int(digits), "en")  # noqa: PLR2004 -- '80s and 1980s
    return f"{words[:-1]}ies" if words.endswith("y") else f"{words}s"


def _clock(hours: int, minutes: int, half: str) -> str:
    said = cardinal(hours, "en")
    if minutes:
        said = f"{said} {'oh ' if minutes < 10 else ''}{cardinal(minutes, 'en')}"  # noqa: PLR2004 -- 9:05
    elif not half:
        said = f"{said} o'clock" if hours <= _NOON else f"{said} hundred"
    return f"{said} {' '.join(half)}" if half else said


ENGLISH = Tongue(
    code="en",
    thousands=" ,",
    decimal_mark=".",
    point="point",
    one="one",
    half="a half",
    to="to",
    per="per",
    minus="minus",
    calling="call|dial|ring|phone|number",
    scales={"thousand": "thousand", "million": "million", "billion": "billion"},
    months=_MONTHS,
    abbreviations={
        "approx.": "approximately",
        "ca.": "about",
        "e.g.": "for example",
        "i.e.": "that is",
        "etc.": "et cetera",
        "vs.": "versus",
        "vs": "versus",
        "incl.": "including",
        "St.": "Saint",
        "St": "Saint",
        "CO2": "C O two",
        "24/7": "twenty-four seven",
    },
    numbered={
        "No.": "number",
        "no.": "number",
        "Nos.": "numbers",
        "p.": "page",
        "pp.": "pages",
        "c.": "about",
    },
    titles=frozenset({"mr.", "mrs.", "ms.", "dr.", "prof.", "rev."}),
    signs={
        "&": " and ",
        r"\+": " plus ",
        "±": " plus or minus ",
        "÷": " divided by ",
        r"[x×](?= ?\d)": " by ",
        "=": " equals ",
        "≈": " about ",
        r"~(?= ?\d)": " about ",
        "≤": " at most ",
        "≥": " at least ",
        "→": " to ",
        "@": " at ",
    },
    units=_UNITS,
    ordinal_ends=r"(?:st|nd|rd|th)(?!\w)",
    typed_dates=(
        _NUMERIC_DAY,
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)? {_MONTH}(?:,? (?P<year>\d{{4}})(?!\d))?",
    ),
    typed_times=(
        rf"(?P<hours>\d{{1,2}})(?:[.:](?P<minutes>\d\d))? ?{_HALF}",
        r"(?P<hours>\d{1,2}):(?P<minutes>\d\d)(?![\d:])",
    ),
    year=_year,
    date=_date,
    ordinal=lambda number, _before: ordinal(number, "en"),
    decade=_decade,
    decade_ends="s",
    clock=_clock,
)
"""English as a visitor from Kent expects it."""
