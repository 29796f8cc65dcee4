"""What the templates of stops are given, as values: nothing here knows where they come from."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from markupsafe import Markup

from tourapp.stops.content import FactSource, Position
from tourapp.stops.distance import Way
from tourapp.stops.passages import Fragment
from tourapp.visit.photographs import ShownPicture


@dataclass(frozen=True, slots=True)
class ShownDrawing:
    """A picture; every drawing is made on a ground of 800 by 500."""

    url: str
    alt: str
    credit: str
    width: int = 800
    height: int = 500


@dataclass(frozen=True, slots=True)
class ShownNarration:
    """The player's sound: its length in seconds, its files, and what to know of it."""

    duration_s: float
    provisional: bool
    older_than_text: bool
    speaker: str | None
    credit: str | None
    files: list[dict[str, Any]]
    vtt_url: str


@dataclass(frozen=True, slots=True)
class ShownNeighbour:
    """A stop before, after or near, and the straight way to it."""

    number: int
    title: str
    lang: str
    url: str
    distance_m: int
    direction_deg: int


@dataclass(frozen=True, slots=True)
class ShownPassage:
    """An itinerary that passes by, and where its page tells of this stop."""

    title: str
    lang: str
    url: str


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """What became of an observation, as staff say it in French, and since when."""

    outcome: str
    text: str
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownObservation:
    """What somebody noticed; visitors are told the month."""

    text: str
    lang: str
    kind: str | None
    noticed_on: date
    answer: ShownAnswer | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownNoticing:
    """What was noticed at a stop, and the form for more, with what was typed and is wrong in it."""

    stop: str
    url: str
    observations: list[ShownObservation]
    has_more: bool
    kinds: dict[str, str]
    text: str = ""
    kind: str = ""
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class ShownSign:
    """The sign's code, the address that it stands for, and where one tells that it is damaged."""

    code: str
    url: str
    report_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownClosure:
    """Days on which the stop is closed, the last one included, and why."""

    from_day: date
    until_day: date | None
    reason: str
    lang: str
    holds_today: bool


@dataclass(frozen=True, slots=True)
class ListedStop:
    """A stop in a list."""

    number: int
    title: str
    lede: str
    lang: str
    url: str
    duration_s: float | None
    drawing: ShownDrawing
    photograph: ShownPicture | None
    closed_today: bool
    way: Way | None
    passage: tuple[Fragment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownStop:
    """A stop's page."""

    number: int
    title: str
    lede: str
    look: str
    question: str
    access: str
    safety: str
    lang: str
    requested_lang: str
    variant: str
    other_telling_url: str | None
    narrative_html: Markup
    drawing: ShownDrawing
    photograph: ShownPicture | None
    pictures: list[ShownPicture]
    position: Position
    closures: list[ShownClosure]
    rescue_post: str | None
    sources: tuple[FactSource, ...]
    narration: ShownNarration | None
    sign: ShownSign | None
    updated_at: datetime
    previous: ShownNeighbour | None
    next: ShownNeighbour | None
    nearby: list[ShownNeighbour]
    itineraries: list[ShownPassage]
    noticing: ShownNoticing
