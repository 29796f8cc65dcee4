"""Dutch, as it is spoken on both sides of its border."""

from tourapp.narration.script.foreign.metric import metric
from tourapp.narration.script.foreign.numbers import cardinal, ordinal
from tourapp.narration.script.foreign.tongue import Tongue, Unit
from tourapp.narration.script.numerals import in_words

_MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
_NUMERIC_DAY = r"(?P<day>\d{1,2})[/-](?P<month>\d{1,2})[/-](?P<year>\d{4})(?![\d/-])"


def _unit(name: str) -> Unit:
    """Return a unit that Dutch counts without a plural."""
    return Unit(name, name)


_UNITS = metric(
    {
        "m": _unit("meter"),
        "cm": _unit("centimeter"),
        "mm": _unit("millimeter"),
        "km": _unit("kilometer"),
        "ha": _unit("hectare"),
        "g": _unit("gram"),
        "kg": _unit("kilogram"),
        "t": _unit("ton"),
        "l": _unit("liter"),
        "L": _unit("liter"),
        "W": _unit("watt"),
        "kW": _unit("kilowatt"),
        "MW": _unit("megawatt"),
        "kWp": _unit("kilowattpiek"),
        "Wh": _unit("wattuur"),
        "kWh": _unit("kilowattuur"),
        "MWh": _unit("megawattuur"),
        "GWh": _unit("gigawattuur"),
        "dB": _unit("decibel"),
        "s": Unit("seconde", "seconden"),
        "min": Unit("minuut", "minuten"),
        "min.": Unit("minuut", "minuten"),
        "%": _unit("procent"),
        "°C": Unit("graad Celsius", "graden Celsius"),
        "°": Unit("graad", "graden"),
        "€": _unit("euro"),
        "£": _unit("pond"),
        "$": _unit("dollar"),
        "M€": _unit("miljoen euro"),
    },
    square="vierkante ",
    cubic="kubieke ",
)


def _year(number: int) -> str:
    return in_words(number, lang="nl", to="year").replace(" ", "")


def _clock(hours: int, minutes: int, _half: str) -> str:
    said = f"{cardinal(hours, 'nl')} uur"
    return f"{said} {cardinal(minutes, 'nl')}" if minutes else said


DUTCH = Tongue(
    code="nl",
    thousands=" .",
    decimal_mark=",",
    point="komma",
    one="één",
    half="een half",
    to="tot",
    per="per",
    minus="min",
    calling="bel|belt|draai|nummer",
    scales={"duizend": "duizend", "miljoen": "miljoen", "miljard": "miljard"},
    months=_MONTHS,
    abbreviations={
        "bijv.": "bijvoorbeeld",
        "bv.": "bijvoorbeeld",
        "d.w.z.": "dat wil zeggen",
        "o.a.": "onder andere",
        "m.a.w.": "met andere woorden",
        "t.e.m.": "tot en met",
        "t/m": "tot en met",
        "ca.": "circa",
        "enz.": "enzovoort",
        "incl.": "inclusief",
        "dhr.": "de heer",
        "mevr.": "mevrouw",
        "mw.": "mevrouw",
        "v.Chr.": "voor Christus",
        "St.": "Sint",
        "CO2": "C O twee",
    },
    numbered={"nr.": "nummer", "nrs.": "nummers", "Nr.": "nummer", "blz.": "bladzijde"},
    titles=frozenset({"dr.", "ir.", "ing.", "prof."}),
    signs={
        "&": " en ",
        r"\+": " plus ",
        "±": " plus of min ",
        "÷": " gedeeld door ",
        r"[x×](?= ?\d)": " bij ",
        "=": " is ",
        "≈": " ongeveer ",
        r"~(?= ?\d)": " ongeveer ",
        "≤": " hoogstens ",
        "≥": " minstens ",
        "→": " naar ",
        "@": " apenstaartje ",
    },
    units=_UNITS,
    ordinal_ends=r"(?:ste|de|e)(?!\w)",
    typed_dates=(
        _NUMERIC_DAY,
        rf"(?P<day>\d{{1,2}}) (?P<month>{'|'.join(_MONTHS)})(?!\w)(?: (?P<year>\d{{4}})(?!\d))?",
    ),
    typed_times=(
        r"(?P<hours>\d{1,2})(?:[.:](?P<minutes>\d\d))? ?uur(?!\w)",
        r"(?P<hours>\d{1,2}) ?u(?P<minutes>\d\d)?(?!\w)",
        r"(?P<hours>\d{1,2}):(?P<minutes>\d\d)(?![\d:])",
    ),
    year=_year,
    date=lambda day, month, _before: f"{cardinal(day, 'nl')} {month}",
    ordinal=lambda number, _before: ordinal(number, "nl"),
    clock=_clock,
)
"""Dutch as a visitor from Ghent expects it."""
