"""Which ways are wanted of a routing service, and those that it found. A worker fills them in."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourapp.itineraries.models import Halt, Itinerary, RoutedWay
from tourapp.itineraries.paths import DrawnPath
from tourapp.itineraries.route import Point, Transport
from tourapp.itineraries.writing import key_of, point_of

RETRY = timedelta(hours=6)
"""After how long a way that a service did not know is asked for again."""

Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class WantedWay:
    """A way between two places that no path is known for."""

    start: Point
    end: Point
    transport: Transport

    @property
    def key(self) -> Key:
        """What the way is kept under: where it leads, whatever stands there."""
        return _place(self.start), _place(self.end), self.transport


def find_wanted(
    session: Session,
    *,
    service: str,
    transports: Collection[Transport],
    now: datetime,
) -> WantedWay | None:
    """Return a way that a service is yet to be asked for."""
    known = {
        (way.start, way.end, way.transport)
        for way in session.scalars(select(RoutedWay).where(RoutedWay.service == service))
        if way.points is not None or (way.retry_at is not None and way.retry_at > now)
    }
    for itinerary in session.scalars(select(Itinerary).order_by(Itinerary.id)):
        for wanted in _ways(itinerary):
            if wanted.transport in transports and wanted.key not in known:
                return wanted
    return None


def keep_way(
    session: Session,
    wanted: WantedWay,
    points: Sequence[Point] | None,
    *,
    service: str,
    now: datetime,
) -> None:
    """Keep what a service found; without points, that it found nothing, which is asked again."""
    way = session.get(RoutedWay, wanted.key) or RoutedWay(
        start=wanted.key[0], end=wanted.key[1], transport=wanted.transport
    )
    way.service = service
    way.points = None if points is None else [list(point.place) for point in points]
    way.retry_at = now + RETRY if points is None else None
    session.add(way)


def find_routed(session: Session, halts: Sequence[Halt]) -> dict[Key, DrawnPath]:
    """Return the ways between halts that a service found, with its name as their source."""
    keys = [routed_key(before, halt) for before, halt in pairwise(halts)]
    if not keys:
        return {}
    chosen = select(RoutedWay).where(
        RoutedWay.start.in_({start for start, _, _ in keys}), RoutedWay.points.is_not(None)
    )
    return {
        (way.start, way.end, way.transport): DrawnPath(
            [Point(*place) for place in way.points], way.service
        )
        for way in session.scalars(chosen)
        if way.points is not None
    }


def _ways(itinerary: Itinerary) -> Iterable[WantedWay]:
    drawn = {(leg.start, leg.end) for leg in itinerary.legs}
    for before, halt in pairwise(itinerary.halts):
        wanted = WantedWay(point_of(before), point_of(halt), halt.transport)
        is_no_way = wanted.start == wanted.end
        if not is_no_way and (key_of(before), key_of(halt)) not in drawn:
            yield wanted


def routed_key(before: Halt, halt: Halt) -> Key:
    """Return what a way between two halts is kept under."""
    return WantedWay(point_of(before), point_of(halt), halt.transport).key


def _place(point: Point) -> str:
    return f"{point.latitude:.6f},{point.longitude:.6f}"
