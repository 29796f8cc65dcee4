"""German: its ranks and its one agree with the words before and after."""

import re

from tourapp.narration.script.foreign.metric import metric
from tourapp.narration.script.foreign.numbers import cardinal, ordinal
from tourapp.narration.script.foreign.tongue import Tongue, Unit
from tourapp.narration.script.numerals import in_words

_MONTHS = (
    "Januar", "Februar", "März", "April", "Mai", "Juni",
    "Juli", "August", "September", "Oktober", "November", "Dezember",
)  # fmt: skip
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})(?!\w)"
_WEAK = r"\b(?:am|im|vom|zum|beim|dem|den|des|seit|bis|ab|zur) $"
_NAMED = r"\b(?:das|die|der) $"


def _unit(name: str) -> Unit:
    """Return a unit that German counts without a plural."""
    return Unit(name, name)


def _feminine(name: str) -> Unit:
    return Unit(name, f"{name}n", "eine")


_UNITS = metric(
    {
        "m": _unit("Meter"),
        "cm": _unit("Zentimeter"),
        "mm": _unit("Millimeter"),
        "km": _unit("Kilometer"),
        "ha": _unit("Hektar"),
        "g": _unit("Gramm"),
        "kg": _unit("Kilogramm"),
        "t": _feminine("Tonne"),
        "l": _unit("Liter"),
        "L": _unit("Liter"),
        "W": _unit("Watt"),
        "kW": _unit("Kilowatt"),
        "MW": _unit("Megawatt"),
        "kWp": _unit("Kilowatt Peak"),
        "Wh": _feminine("Wattstunde"),
        "kWh": _feminine("Kilowattstunde"),
        "MWh": _feminine("Megawattstunde"),
        "GWh": _feminine("Gigawattstunde"),
        "dB": _unit("Dezibel"),
        "s": _feminine("Sekunde"),
        "min": _feminine("Minute"),
        "Min.": _feminine("Minute"),
        "h": _feminine("Stunde"),
        "Std.": _feminine("Stunde"),
        "%": _unit("Prozent"),
        "°C": _unit("Grad Celsius"),
        "°": _unit("Grad"),
        "€": _unit("Euro"),
        "£": _unit("Pfund"),
        "$": _unit("Dollar"),
        "M€": _unit("Millionen Euro"),
    },
    square="Quadrat",
    cubic="Kubik",
)


def _ordinal(number: int, before: str) -> str:
    words = ordinal(number, "de")
    if re.search(_WEAK, before, re.IGNORECASE):
        return f"{words}n"
    return words if re.search(_NAMED, before, re.IGNORECASE) else f"{words}r"


def _year(number: int) -> str:
    return in_words(number, lang="de", to="year")


def _decade(digits: str) -> str:
    number = int(digits)
    return f"{_year(number) if len(digits) > 2 else cardinal(number, 'de')}er"  # noqa: PLR2004 -- 80er, 1980er


def _clock(hours: int, minutes: int, _half: str) -> str:
    said = f"{'ein' if hours == 1 else cardinal(hours, 'de')} Uhr"
    return f"{said} {cardinal(minutes, 'de')}" if minutes else said


GERMAN = Tongue(
    code="de",
    thousands=" .",
    decimal_mark=",",
    point="Komma",
    one="ein",
    half="einhalb",
    to="bis",
    per="pro",
    minus="minus",
    calling="rufen Sie|wählen Sie|Notruf|Nummer",
    scales={
        "tausend": "tausend",
        "Millionen": "Millionen",
        "Million": "Million",
        "Mio.": "Millionen",
        "Milliarden": "Milliarden",
        "Milliarde": "Milliarde",
        "Mrd.": "Milliarden",
    },
    months=_MONTHS,
    abbreviations={
        "z. B.": "zum Beispiel",
        "z.B.": "zum Beispiel",
        "d. h.": "das heißt",
        "d.h.": "das heißt",
        "u. a.": "unter anderem",
        "u.a.": "unter anderem",
        "bzw.": "beziehungsweise",
        "ca.": "circa",
        "evtl.": "eventuell",
        "ggf.": "gegebenenfalls",
        "inkl.": "inklusive",
        "usw.": "und so weiter",
        "vgl.": "vergleiche",
        "Mio.": "Millionen",
        "Mrd.": "Milliarden",
        "Jh.": "Jahrhundert",
        "Str.": "Straße",
        "St.": "Sankt",
        "v. Chr.": "vor Christus",
        "CO2": "C O zwei",
        "1 Million": "eine Million",
        "1 Milliarde": "eine Milliarde",
    },
    numbered={"Nr.": "Nummer", "S.": "Seite"},
    titles=frozenset({"dr.", "prof.", "hr.", "fr.", "chr."}),
    signs={
        "&": " und ",
        r"\+": " plus ",
        "±": " plus minus ",
        "÷": " geteilt durch ",
        r"[x×](?= ?\d)": " mal ",
        "=": " gleich ",
        "≈": " ungefähr ",
        r"~(?= ?\d)": " ungefähr ",
        "≤": " höchstens ",
        "≥": " mindestens ",
        "→": " nach ",
        "@": " at ",
    },
    units=_UNITS,
    ordinal_ends=r"\.(?= (?:Jahrhundert|Jh|Stock|Etage|Klasse|Mal|Platz)(?!\w))",
    typed_dates=(
        r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})(?!\d)",
        rf"(?P<day>\d{{1,2}})\. ?{_MONTH}(?: (?P<year>\d{{4}})(?!\d))?",
    ),
    typed_times=(
        r"(?P<hours>\d{1,2})(?:[.:](?P<minutes>\d\d))? ?Uhr(?!\w)",
        r"(?P<hours>\d{1,2}):(?P<minutes>\d\d)(?![\d:])",
    ),
    year=_year,
    date=lambda day, month, before: f"{_ordinal(day, before)} {month}",
    ordinal=_ordinal,
    decade=_decade,
    decade_ends="er",
    clock=_clock,
)
"""German as a visitor from the Ruhr expects it."""
