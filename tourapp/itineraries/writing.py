"""What an itinerary says, written into its rows and read out of them."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourapp.errors import InvalidError
from tourapp.itineraries.content import HaltContent, ItineraryContent, Spot
from tourapp.itineraries.models import Halt, Itinerary, Leg
from tourapp.itineraries.paths import DrawnPath
from tourapp.itineraries.route import Point
from tourapp.stops.models import Stop

_FIELDS = tuple(name for name in ItineraryContent.__dataclass_fields__ if name != "halts")


def begin(
    session: Session, itinerary: Itinerary, content: ItineraryContent, *, now: datetime
) -> None:
    """Write a new itinerary, whose slug and visibility are given already. Raises InvalidError."""
    itinerary.secret = secrets.token_urlsafe(16)
    itinerary.version = 1
    itinerary.created_at = now
    write(session, itinerary, content, now=now)


def write(
    session: Session, itinerary: Itinerary, content: ItineraryContent, *, now: datetime
) -> list[Leg]:
    """Write what an itinerary says; paths between halts that part are dropped, and returned."""
    stops = _stops_of(session, content.halts)
    for name in _FIELDS:
        setattr(itinerary, name, getattr(content, name))
    itinerary.updated_at = now
    session.add(itinerary)
    # The former halts give up their positions before the new ones take them.
    itinerary.halts = []
    session.flush()
    itinerary.halts = [
        _halt(halt, position, stops) for position, halt in enumerate(content.halts, 1)
    ]
    # A new halt knows its stop's id once it is written.
    session.flush()
    following = set(pairwise(key_of(halt) for halt in itinerary.halts))
    dropped = [leg for leg in itinerary.legs if (leg.start, leg.end) not in following]
    itinerary.legs = [leg for leg in itinerary.legs if leg not in dropped]
    return dropped


def content_of(itinerary: Itinerary) -> ItineraryContent:
    """Return what an itinerary says."""
    fields = {name: getattr(itinerary, name) for name in _FIELDS}
    return ItineraryContent(**fields, halts=tuple(_halt_content(halt) for halt in itinerary.halts))


def point_of(halt: Halt) -> Point:
    """Return where a halt is; heights of halts are not known."""
    if halt.stop is not None:
        return Point(halt.stop.latitude, halt.stop.longitude)
    return Point(halt.latitude or 0.0, halt.longitude or 0.0)


def path_of(leg: Leg) -> DrawnPath:
    """Return the path that a leg keeps."""
    return DrawnPath([Point(*numbers) for numbers in leg.points], leg.source)


def paths_of(itinerary: Itinerary) -> dict[int, DrawnPath]:
    """Return the paths that are kept, by the position of the first halt that each leads to."""
    legs = {(leg.start, leg.end): leg for leg in itinerary.legs}
    pairs = enumerate(pairwise(key_of(halt) for halt in itinerary.halts), 2)
    found = {position: legs.pop(pair, None) for position, pair in pairs}
    return {position: path_of(leg) for position, leg in found.items() if leg is not None}


def key_of(halt: Halt) -> str:
    """Return what a path knows a halt by, whatever its place in the order."""
    if halt.stop_id is not None:
        return f"stop:{halt.stop_id}"
    return f"spot:{halt.latitude:.6f},{halt.longitude:.6f}"


def _stops_of(session: Session, halts: Sequence[HaltContent]) -> dict[str, Stop]:
    slugs = {halt.stop for halt in halts if halt.stop is not None}
    stops = {stop.slug: stop for stop in session.scalars(select(Stop).where(Stop.slug.in_(slugs)))}
    if unknown := sorted(slugs - set(stops)):
        message = f"there are no stops {', '.join(unknown)}"
        raise InvalidError(message)
    return stops


def _halt(content: HaltContent, position: int, stops: Mapping[str, Stop]) -> Halt:
    stop = None if content.stop is None else stops[content.stop]
    spot = content.spot
    return Halt(
        position=position,
        follows=position - 1 or None,
        stop=stop,
        spot_name=spot and spot.name,
        latitude=spot and spot.latitude,
        longitude=spot and spot.longitude,
        stay_min=content.stay_min,
        variant=content.variant,
        transport=content.transport,
        note=content.note,
        question=content.question,
    )


def _halt_content(halt: Halt) -> HaltContent:
    spot = None
    if halt.spot_name is not None and halt.latitude is not None and halt.longitude is not None:
        spot = Spot(name=halt.spot_name, latitude=halt.latitude, longitude=halt.longitude)
    return HaltContent(
        stop=None if halt.stop is None else halt.stop.slug,
        spot=spot,
        stay_min=halt.stay_min,
        variant=halt.variant,
        transport=halt.transport,
        note=halt.note,
        question=halt.question,
    )
