"""A published stop as a visitor meets it: all that a page or a document tells of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tourapp.itineraries.models import Itinerary
from tourapp.narration.queries import Heard
from tourapp.observations.models import Observation
from tourapp.pictures.models import PictureForm
from tourapp.stops.content import Closure, Variant
from tourapp.stops.distance import Way
from tourapp.stops.models import Narrative, Revision, Stop
from tourapp.stops.passages import Fragment
from tourapp.stops.services import closures_of
from tourapp.visit.pictures import Pictured

MOST_NOTICED = 5
"""How much of what was noticed a stop's page shows; one more tells that there is more."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A stop before, after or near another, and the straight way to it."""

    stop: Stop
    lang: str
    revision: Revision
    way: Way
    variant: Variant = "standard"


@dataclass(frozen=True, slots=True, kw_only=True)
class Visited:
    """Everything that a page or a document tells of one published stop."""

    stop: Stop
    narrative: Narrative
    revision: Revision
    languages: list[str]
    code: str | None
    heard: Heard | None
    card: PictureForm | None = None
    leading: Pictured | None = None
    pictures: tuple[Pictured, ...] = ()
    way: Way | None = None
    passage: tuple[Fragment, ...] = ()
    easy_languages: Sequence[str] = ()
    previous: Neighbour | None = None
    next: Neighbour | None = None
    nearby: tuple[Neighbour, ...] = ()
    itineraries: Sequence[Itinerary] = ()
    noticed: Sequence[Observation] = ()

    @property
    def told_languages(self) -> Sequence[str]:
        """The languages that there are of the same variant."""
        return self.easy_languages if self.narrative.variant == "facile" else self.languages

    @property
    def updated_at(self) -> datetime:
        """When anything that is shown changed last, in UTC."""
        times = [self.stop.updated_at, self.narrative.published_at]
        if self.heard is not None:
            times.append(self.heard.narration.rendered_at)
        return max(time for time in times if time is not None)

    def list_closures(self, today: date) -> list[Closure]:
        """Return the closures that are not over, in the order of their days."""
        lasting = (each for each in closures_of(self.stop) if not each.is_over(today))
        return sorted(lasting, key=lambda closure: closure.from_day)

    def is_closed(self, today: date) -> bool:
        """Tell whether the stop is closed on that day."""
        return any(closure.holds(today) for closure in self.list_closures(today))
