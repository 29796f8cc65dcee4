"""Figures as a page of each language writes them, held to their units by no-break spaces."""

from collections.abc import Callable
from datetime import date, datetime, tzinfo
from decimal import ROUND_HALF_UP, Decimal
from functools import wraps

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal
from babel.units import format_unit
from flask_babel import get_locale, lazy_gettext

from tourapp.itineraries.clock import clock, french_day

NARROW = "\N{NARROW NO-BREAK SPACE}"
SPACE = "\N{NO-BREAK SPACE}"

_MINUTE_S = 60
_KILOMETRE_M = 1000
_HEMISPHERES = {
    "fr": ("N", "S", "E", "O"),
    "en": ("N", "S", "E", "W"),
    "nl": ("NB", "ZB", "OL", "WL"),
    "de": ("N", "S", "O", "W"),
}
_BRITISH = Locale("en", "GB")
_WINDS = (
    lazy_gettext("au nord"), lazy_gettext("au nord-est"),
    lazy_gettext("à l’est"), lazy_gettext("au sud-est"),
    lazy_gettext("au sud"), lazy_gettext("au sud-ouest"),
    lazy_gettext("à l’ouest"), lazy_gettext("au nord-ouest"),
)  # fmt: skip


def spoken_duration(seconds: float) -> str:
    """Write a length of sound by the symbols that all languages share, such as « 2 min 05 s »."""
    minutes, rest = divmod(round(seconds), _MINUTE_S)
    if not minutes:
        return f"{rest}{NARROW}s"
    return f"{minutes}{NARROW}min{SPACE}{rest:02}{NARROW}s"


def walking_time(seconds: float) -> str:
    """Write how long a way takes, to five minutes, such as « 1 h 05 min »."""
    minutes = max(5, 5 * round(seconds / (5 * _MINUTE_S)))
    return to_the_minute(minutes)


def to_the_minute(minutes: int) -> str:
    """Write how long something takes, « 50 min », « 2 h », « 1 h 05 min »."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest}{NARROW}min"
    return f"{hours}{NARROW}h" + f"{SPACE}{rest:02}{NARROW}min" * (rest > 0)


def weight(size: int, *, locale: Locale) -> str:
    """Write a number of bytes as it weighs on a phone's contract, « 480 ko » or « 1,2 Mo »."""
    kilobytes = max(1, round(size / 1000))
    if kilobytes < 1000:  # noqa: PLR2004 -- a thousand kilobytes make a megabyte
        return _measured(kilobytes, "digital-kilobyte", locale=locale)
    return _measured(size / 1_000_000, "digital-megabyte", locale=locale)


def distance(metres: float, *, locale: Locale) -> str:
    """Write a distance as a walker needs it: to ten metres, then to a tenth of a kilometre."""
    tens = round(metres / 10) * 10
    if tens < _KILOMETRE_M:
        return _measured(tens, "length-meter", locale=locale)
    return _measured(metres / _KILOMETRE_M, "length-kilometer", locale=locale)


def direction(degrees: float) -> str:
    """Write a bearing as one of eight winds, « au nord-est »."""
    return str(_WINDS[round(degrees / 45) % 8])


def coordinates(latitude: float, longitude: float, *, locale: Locale) -> str:
    """Write a position, « 50,44306° N, 2,77788° E »."""
    north, south, east, west = _HEMISPHERES[locale.language]
    upright = f"{_degrees(latitude, locale=locale)}{SPACE}{north if latitude >= 0 else south}"
    across = f"{_degrees(longitude, locale=locale)}{SPACE}{east if longitude >= 0 else west}"
    return f"{upright}, {across}"


def day(moment: datetime, *, zone: tzinfo, locale: Locale) -> str:
    """Write the day of a moment where the visitors are, « 1er mars 2026 »."""
    return calendar_day(moment.astimezone(zone).date(), locale=locale)


def calendar_day(on: date, *, locale: Locale) -> str:
    """Write a day of the calendar, « 1er mars 2026 »."""
    if locale.language == "fr":
        return _held(french_day(on, "long"))
    return _held(format_date(on, "long", locale=locale))


def month(on: date, *, locale: Locale) -> str:
    """Write the month of a day, « mars 2026 »."""
    return _held(format_date(on, "MMMM y", locale=locale))


def filters(zone: tzinfo) -> dict[str, Callable[..., str]]:
    """Return what templates write figures with, in the language of the page."""
    return {
        "calendar_day": _of_the_page(calendar_day),
        "clock": lambda moment: clock(moment.astimezone(zone), lang=page_locale().language),
        "coordinates": _of_the_page(coordinates),
        "day": lambda moment: day(moment, zone=zone, locale=page_locale()),
        "direction": direction,
        "distance": _of_the_page(distance),
        "month": _of_the_page(month),
        "spoken_duration": spoken_duration,
        "walking_time": walking_time,
        "weight": _of_the_page(weight),
    }


def page_locale() -> Locale:
    """Return how the language of the page writes figures."""
    locale: Locale = get_locale()
    return _BRITISH if locale.language == _BRITISH.language else locale


def _of_the_page(write: Callable[..., str]) -> Callable[..., str]:
    @wraps(write)
    def written(*values: object) -> str:
        return write(*values, locale=page_locale())

    return written


def _measured(value: float, unit: str, *, locale: Locale) -> str:
    tenths = Decimal(value).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return _held(format_unit(tenths, unit, length="short", format="0.#", locale=locale))


def _degrees(value: float, *, locale: Locale) -> str:
    return f"{format_decimal(abs(value), '0.00000', locale=locale)}°"


def _held(written: str) -> str:
    return written.replace(" ", SPACE)
