"""Formats of plates, and how large a code has to be."""

from dataclasses import dataclass
from typing import Literal, get_args

from tourapp.signage.codes import QUIET_ZONE
from tourapp.signage.plates.content import PlateError, Theme

FormatName = Literal["a6", "a5", "a4", "a3", "stickers"]

EASY, HARD = 10, 8
"""How many times its own width a code is read from: at best, and in poor light or at an angle."""

_MM_PER_CM = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A page, how many plates stand on it, and from how far one reads them by default.

    `widest_mm` is the room for a code with its quiet zone.
    """

    template: str
    width_mm: float
    height_mm: float
    per_page: int
    distance_cm: int
    widest_mm: float


def _sheet(width_mm: int, height_mm: int, *, distance_cm: int) -> Format:
    # A code takes at most six tenths of a plate's width: words stand beside it.
    return Format(
        template="plate.typ",
        width_mm=width_mm,
        height_mm=height_mm,
        per_page=1,
        distance_cm=distance_cm,
        widest_mm=width_mm * 0.6,
    )


FORMATS: dict[FormatName, Format] = {
    "a6": _sheet(105, 148, distance_cm=35),
    "a5": _sheet(148, 210, distance_cm=50),
    "a4": _sheet(210, 297, distance_cm=70),
    "a3": _sheet(297, 420, distance_cm=100),
    # Twelve labels of 60 mm on A4: the square that a round label holds, with words above and below.
    "stickers": Format(
        template="stickers.typ",
        width_mm=210,
        height_mm=297,
        per_page=12,
        distance_cm=24,
        widest_mm=38.5,
    ),
}
FORMAT_NAMES: tuple[FormatName, ...] = get_args(FormatName)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How plates are made: format, colours, the distance that they are read from, trim marks."""

    format: FormatName
    theme: Theme = "light"
    distance_cm: int | None = None
    hard: bool = False
    marks: bool = False

    @property
    def page(self) -> Format:
        """The measures of the format."""
        return FORMATS[self.format]

    @property
    def code_mm(self) -> float:
        """How wide the code has to be, without its quiet zone."""
        distance_cm = self.distance_cm or self.page.distance_cm
        return distance_cm * _MM_PER_CM / (HARD if self.hard else EASY)


def quiet_mm(layout: Layout, modules: int) -> float:
    """Return how wide a code of so many modules is with its quiet zone.

    Raises PlateError where that is wider than the format has room for.
    """
    with_quiet_zone = (modules + 2 * QUIET_ZONE) / modules
    wide_mm = layout.code_mm * with_quiet_zone
    if wide_mm > layout.page.widest_mm:
        most_mm = layout.page.widest_mm / with_quiet_zone
        most_cm = int(most_mm * (HARD if layout.hard else EASY) / _MM_PER_CM)
        message = (
            f"a code of {layout.code_mm:.0f} mm does not fit on {layout.format}: "
            f"it can be read from at most {most_cm} cm, or choose a larger format"
        )
        raise PlateError(message)
    return wide_mm
