"""An itinerary laid out: its halts by name and place, its ways, and its times."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from sqlalchemy.orm import Session

from tourapp.itineraries.models import Halt, Itinerary
from tourapp.itineraries.paths import DrawnPath
from tourapp.itineraries.planning import Plan, Stage, make_plan
from tourapp.itineraries.route import PaceName, Point
from tourapp.itineraries.routing.services import find_routed, routed_key
from tourapp.itineraries.telling import Told, find_told
from tourapp.itineraries.writing import key_of, path_of, point_of
from tourapp.stops.content import Variant
from tourapp.stops.queries import PublishedStop
from tourapp.stops.titles import find_last_titles

Origin = Literal["estimate", "path", "service"]


@dataclass(frozen=True, slots=True)
class PlacedHalt:
    """A halt with its name and place; `published` is what visitors read there, if anything.

    `path` leads there where one is known, from a `source` that says so; `is_routed` where that is a
    service that reckoned it, and nobody who walked or drew it.
    """

    halt: Halt
    title: str
    point: Point
    path: Sequence[Point]
    source: str | None
    is_routed: bool
    published: PublishedStop | None

    @property
    def origin(self) -> Origin:
        """Where the way there comes from."""
        if self.is_routed:
            return "service"
        return "path" if self.path else "estimate"

    @property
    def variant(self) -> Variant:
        """The variant in which the group is told of it, where it is told anything."""
        return "standard" if self.published is None else self.published.narrative.variant


@dataclass(frozen=True, slots=True)
class Outlined:
    """An itinerary with everything that a page, a document or a road book tells of it."""

    itinerary: Itinerary
    pace: PaceName
    places: tuple[PlacedHalt, ...]
    plan: Plan

    def at_pace(self, pace: PaceName) -> "Outlined":
        """Return the same itinerary, walked at another pace."""
        plan = make_plan([_stage(place) for place in self.places], pace=pace)
        return replace(self, pace=pace, plan=plan)

    @property
    def overruns_s(self) -> int:
        """By how much the whole takes longer than it should."""
        target_min = self.itinerary.target_min
        return 0 if target_min is None else max(0, self.plan.total_s - target_min * 60)


def outline(
    session: Session,
    itinerary: Itinerary,
    *,
    lang: str | None = None,
    pace: PaceName = "adult",
) -> Outlined:
    """Lay an itinerary out, with the names of its stops in a language, its own by default."""
    published = find_told(session, itinerary.halts, lang=lang or itinerary.lang)
    named = _last_titles(session, itinerary, published, lang=lang or itinerary.lang)
    drawn = {(leg.start, leg.end): path_of(leg) for leg in itinerary.legs}
    routed = find_routed(session, itinerary.halts)
    places: list[PlacedHalt] = []
    before: Halt | None = None
    for halt in itinerary.halts:
        known, reckoned = None, None
        if before is not None:
            known = drawn.get((key_of(before), key_of(halt)))
            reckoned = routed.get(routed_key(before, halt))
        told = None if halt.stop_id is None else published.get((halt.stop_id, halt.variant))
        title = halt.spot_name if halt.stop_id is None else named.get(halt.stop_id)
        places.append(_placed(halt, told, title, known or reckoned, is_routed=known is None))
        before = halt
    plan = make_plan([_stage(place) for place in places], pace=pace)
    return Outlined(itinerary, pace, tuple(places), plan)


def _last_titles(
    session: Session, itinerary: Itinerary, published: Told, *, lang: str
) -> dict[int, str]:
    """Return how those stops were called that visitors are told nothing of."""
    hidden = {halt.stop_id for halt in itinerary.halts} - {stop_id for stop_id, _ in published}
    stop_ids = {stop_id for stop_id in hidden if stop_id is not None}
    return find_last_titles(session, stop_ids, lang=lang) if stop_ids else {}


def _placed(
    halt: Halt,
    published: PublishedStop | None,
    title: str | None,
    path: DrawnPath | None,
    *,
    is_routed: bool,
) -> PlacedHalt:
    if published is not None:
        title = published.revision.title
    return PlacedHalt(
        halt=halt,
        title=title or (halt.stop and halt.stop.slug) or "",
        point=point_of(halt),
        path=() if path is None else path.points,
        source=None if path is None else path.source,
        is_routed=is_routed and path is not None,
        published=published,
    )


def _stage(place: PlacedHalt) -> Stage:
    return Stage(
        place=place.point,
        stay_min=place.halt.stay_min,
        transport=place.halt.transport,
        path=place.path,
    )
