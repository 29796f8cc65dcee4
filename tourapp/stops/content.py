"""What a stop says, as values: the same in a file, in the database and between them."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Literal, get_args

from tourapp.pictures.framing import Focus
from tourapp.web.characters import evened

Variant = Literal["standard", "facile"]

VARIANTS: tuple[Variant, ...] = get_args(Variant)
"""The ways of telling: the whole story, and plain words."""

LANGUAGES = ("fr", "en", "nl", "de")
"""The languages that a narrative may be written in, the reference first."""


LONGEST = {
    "title": 120,
    "lede": 240,
    "look": 600,
    "question": 600,
    "access": 1200,
    "safety": 1200,
    "drawing_alt": 600,
    "text": 20_000,
}
"""The most characters that each part of a narrative may have."""


SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
"""What a stop's address is made of: small letters, digits and single hyphens."""


MOST_SOURCES = 20
"""How many sources of its facts a stop may name: more is a bibliography."""

MOST_PICTURES = 12
"""How many photographs a stop may have: more is an album."""

PICTURE_FILE = r"[a-z0-9-]{1,80}\.jpg\Z"
"""What the file of a photograph is called, in the stop's folder and in addresses."""


def told_in(texts: Mapping[str, str], lang: str) -> tuple[str, str]:
    """Return the language in which a text is told, French where that one lacks, and the text."""
    told = lang if lang in texts else LANGUAGES[0]
    return told, texts[told]


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Where a stop is: WGS 84 degrees, metres, and who says so."""

    latitude: float
    longitude: float
    accuracy_m: int
    source: str
    altitude_m: int | None = None
    altitude_source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FactSource:
    """Where a narrative's facts come from."""

    title: str
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A picture of the place: its file in the stop's folder, its media name, whom to thank."""

    file: str
    media: str
    credit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A photograph of the place: its file in the stop's folder, and what is said of it.

    What it shows is told in French, and in what other languages there are; a caption may lack.
    `focus` is the point that stays where it is cut, in hundredths from the left and from the top.
    """

    file: str
    media: str
    bytes: int
    width: int
    height: int
    alt: dict[str, str]
    caption: dict[str, str]
    credit: str
    licence: str
    focus: Focus = (50, 50)


@dataclass(frozen=True, slots=True, kw_only=True)
class Closure:
    """Days on which a stop is closed, and why: in French, and in what other languages there are.

    `until_day` is the last of them; without it, nobody knows yet when the stop opens again.
    """

    from_day: date
    until_day: date | None = None
    reason: dict[str, str]

    @property
    def turns(self) -> tuple[date, ...]:
        """The days on which what visitors are told of it changes."""
        return (self.from_day, *([self.until_day + timedelta(days=1)] if self.until_day else []))

    def reason_in(self, lang: str) -> tuple[str, str]:
        """Return the language in which the reason is told where that one lacks, and the reason."""
        return told_in(self.reason, lang)

    def is_over(self, today: date) -> bool:
        """Tell whether its last day has passed."""
        return self.until_day is not None and self.until_day < today

    def holds(self, today: date) -> bool:
        """Tell whether the stop is closed on that day."""
        return self.from_day <= today and not self.is_over(today)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What a stop is in every language."""

    number: int
    position: Position
    drawing: Drawing
    sources: tuple[FactSource, ...]
    closures: tuple[Closure, ...] = ()
    rescue_post: str | None = None
    pictures: tuple[Picture, ...] = ()

    @property
    def digest(self) -> str:
        """A digest that changes with anything said of the place."""
        # What is not said is left out, so that a new part does not make every place another.
        said = {name: part for name, part in asdict(self).items() if part}
        return hashlib.sha256(json.dumps(said, default=str).encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class NarrativeContent:
    """What is told at a stop in one language and variant."""

    title: str
    lede: str
    look: str
    question: str
    access: str
    safety: str
    drawing_alt: str
    text: str

    @property
    def digest(self) -> str:
        """A digest that changes with anything that is told."""
        return hashlib.sha256(json.dumps(asdict(self)).encode()).hexdigest()

    def tidied(self) -> "NarrativeContent":
        """Return it as a file keeps it: plain ends of lines, no blank lines around the text."""
        parts = {name: evened(part) for name, part in asdict(self).items()}
        return NarrativeContent(**parts | {"text": parts["text"].strip("\n")})


@dataclass(frozen=True, slots=True, kw_only=True)
class StopContent:
    """Everything that the folder of a stop says, and the bytes of its media files by name.

    `code` is its first sign's; a stop may stand there without one.
    """

    slug: str
    code: str | None
    place: Place
    narratives: dict[tuple[str, Variant], NarrativeContent]
    media: dict[str, bytes]
