"""What an itinerary says, as values: the same in a file, in the database and between them."""

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from typing import Literal

from tourapp.itineraries.route import Transport
from tourapp.stops.content import LANGUAGES, Variant

Difficulty = Literal["easy", "moderate", "hard"]
Visibility = Literal["private", "unlisted", "published"]

LONGEST = {
    "title": 120,
    "summary": 600,
    "theme": 60,
    "audience": 120,
    "accessibility": 600,
    "meeting": 300,
    "note": 2000,
    "question": 600,
}
"""The most characters that each text may have."""

MOST_HALTS = 60
LONGEST_STAY_MIN = 480
LONGEST_TARGET_MIN = 1440


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place that is no stop, such as a station, a picnic table or a coach park."""

    name: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True, kw_only=True)
class HaltContent:
    """Where a group stays for a while: at a stop by its slug, or at a spot; and how it comes there.

    `note` and `question` are for whoever leads the group, and are never public.
    """

    stop: str | None = None
    spot: Spot | None = None
    stay_min: int = 10
    variant: Variant = "standard"
    transport: Transport = "walk"
    note: str = ""
    question: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItineraryContent:
    """An itinerary as its author writes it; its halts in order."""

    title: str
    summary: str
    theme: str = ""
    audience: str = ""
    lang: str = LANGUAGES[0]
    difficulty: Difficulty = "easy"
    accessibility: str = ""
    meeting: str = ""
    target_min: int | None = None
    halts: tuple[HaltContent, ...] = ()

    def for_others(self) -> "ItineraryContent":
        """Return the same without what is kept for whoever leads it."""
        halts = tuple(replace(halt, note="", question="") for halt in self.halts)
        return replace(self, halts=halts)

    @property
    def digest(self) -> str:
        """A digest that changes with anything the itinerary says."""
        return hashlib.sha256(json.dumps(asdict(self)).encode()).hexdigest()
