"""Figures as a French page writes them, with no-break spaces and decimal commas."""

from collections.abc import Callable
from datetime import datetime, tzinfo
from decimal import ROUND_HALF_UP, Decimal

NARROW = "\N{NARROW NO-BREAK SPACE}"
SPACE = "\N{NO-BREAK SPACE}"

_MINUTE_S = 60
_KILOMETRE_M = 1000
_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet",
    "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
_WINDS = (
    "au nord", "au nord-est", "à l’est", "au sud-est",
    "au sud", "au sud-ouest", "à l’ouest", "au nord-ouest",
)  # fmt: skip


def spoken_duration(seconds: float) -> str:
    """Write a length of sound, such as « 2 min 05 s »."""
    minutes, rest = divmod(round(seconds), _MINUTE_S)
    if not minutes:
        return f"{rest}{NARROW}s"
    return f"{minutes}{NARROW}min{SPACE}{rest:02}{NARROW}s"


def weight(size: int) -> str:
    """Write a number of bytes as it weighs on a phone's contract, « 480 ko » or « 1,2 Mo »."""
    kilobytes = max(1, round(size / 1000))
    if kilobytes < 1000:  # noqa: PLR2004 -- a thousand kilobytes make a megabyte
        return f"{kilobytes}{NARROW}ko"
    return f"{_decimal(size / 1_000_000)}{NARROW}Mo"


def distance(metres: float) -> str:
    """Write a distance as a walker needs it: to ten metres, then to a tenth of a kilometre."""
    tens = round(metres / 10) * 10
    if tens < _KILOMETRE_M:
        return f"{tens}{NARROW}m"
    return f"{_decimal(metres / _KILOMETRE_M)}{NARROW}km"


def direction(degrees: float) -> str:
    """Write a bearing as one of eight winds, « au nord-est »."""
    return _WINDS[round(degrees / 45) % 8]


def coordinates(latitude: float, longitude: float) -> str:
    """Write a position, « 50,44306° N, 2,77788° E »."""
    north = "N" if latitude >= 0 else "S"
    east = "E" if longitude >= 0 else "O"
    return f"{_degrees(latitude)}{SPACE}{north}, {_degrees(longitude)}{SPACE}{east}"


def day(moment: datetime, *, zone: tzinfo) -> str:
    """Write the day of a moment where the visitors are, « 1er mars 2026 »."""
    local = moment.astimezone(zone)
    number = "1er" if local.day == 1 else str(local.day)
    return f"{number}{SPACE}{_MONTHS[local.month - 1]}{SPACE}{local.year}"


def filters(zone: tzinfo) -> dict[str, Callable[..., str]]:
    """Return what templates write figures with."""
    return {
        "coordinates": coordinates,
        "day": lambda moment: day(moment, zone=zone),
        "direction": direction,
        "distance": distance,
        "spoken_duration": spoken_duration,
        "weight": weight,
    }


def _decimal(value: float) -> str:
    rounded = Decimal(value).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{rounded}".removesuffix(".0").replace(".", ",")


def _degrees(value: float) -> str:
    return f"{abs(value):.5f}°".replace(".", ",")
