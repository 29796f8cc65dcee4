"""What stands on a plate, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from tourapp.errors import InvalidError

Theme = Literal["light", "dark"]
Pictogram = Literal["listen", "read", "easy", "wheelchair"]

THEMES: tuple[Theme, ...] = get_args(Theme)


class PlateError(InvalidError):
    """A plate that cannot be made as it is asked for, or that nobody could scan."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondLanguage:
    """A stop's title and lede in another language, told small."""

    lang: str
    title: str
    lede: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plate:
    """Everything that one sign says: of the sign, of its stop, and of the text that it is made of.

    `url` is what its code says; `version` is the number of the French text; `drawing` names one of
    the drawings that are given with the plates.
    """

    code: str
    url: str
    number: int
    title: str
    lede: str
    second: SecondLanguage | None
    duration_s: float | None
    pictograms: tuple[Pictogram, ...]
    version: int
    drawing: str
    drawing_alt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Imprint:
    """What all plates of a batch say alike; a trial is not to be hung."""

    organisation: str
    logo: str | None
    """An SVG document."""
    printed_on: date
    trial: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Plates that are printed together, with their drawings (SVG documents) by name."""

    plates: tuple[Plate, ...]
    drawings: Mapping[str, str]
    imprint: Imprint
