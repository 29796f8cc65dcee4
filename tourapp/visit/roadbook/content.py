"""What a road book says, as plain values: lengths in metres, times in seconds, texts as written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, get_args

from tourapp.itineraries.route import PaceName
from tourapp.signage.plates.content import Imprint

PaperFormat = Literal["a4", "a5", "booklet"]
Version = Literal["public", "guide"]

PAPER_FORMATS: tuple[PaperFormat, ...] = get_args(PaperFormat)
VERSIONS: tuple[Version, ...] = get_args(Version)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Which road book somebody wants; `starts_at` writes times by the clock."""

    format: PaperFormat = "a4"
    version: Version = "public"
    pace: PaceName = "adult"
    starts_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperHalt:
    """A halt as it is printed; `url` is what its code says, if it has one.

    `way` tells how one comes there; `note` and `question` are the guide's, and empty in public.
    """

    position: int
    title: str
    lede: str
    lang: str
    number: int | None
    way: str
    arrives: str
    leaves: str
    stay: str
    look: str
    safety: str
    place: str
    rescue_post: str | None
    url: str | None
    note: str
    question: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadBook:
    """A road book before it is set in type; map and profile are SVG documents.

    `facts` are pairs of a heading and what is told of it; `day` is that of its newest change.
    """

    title: str
    summary: str
    lang: str
    version: Version
    is_by_the_clock: bool
    facts: Sequence[tuple[str, str]]
    map: str
    profile: str | None
    halts: Sequence[PaperHalt]
    day: date
    written_day: str
    address: str | None
    imprint: Imprint
