"""What an itinerary said before its newest changes, so that they can be undone."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from itertools import pairwise
from typing import Any

from sqlalchemy.orm import Session

from tourapp.errors import ConflictError
from tourapp.itineraries.content import HaltContent, ItineraryContent, Spot
from tourapp.itineraries.models import FormerItinerary, Itinerary, Leg
from tourapp.itineraries.writing import key_of, write

KEPT = 20
"""How many changes of an itinerary can be undone."""


def keep_former(
    itinerary: Itinerary, content: ItineraryContent, *, dropped: Sequence[Leg] = ()
) -> None:
    """Keep what an itinerary said until now, with the paths that its change dropped."""
    former = FormerItinerary(
        version=itinerary.version,
        content=asdict(content),
        legs=[_told(leg) for leg in dropped],
    )
    itinerary.former = [*itinerary.former[1 - KEPT :], former]


def go_back(session: Session, itinerary: Itinerary, *, now: datetime) -> None:
    """Write what an itinerary said before its newest change. Raises ConflictError without one."""
    if not itinerary.former:
        message = f"itinerary {itinerary.slug!r} has no change that can be undone"
        raise ConflictError(message)
    former = itinerary.former.pop()
    write(session, itinerary, _content(former.content), now=now)
    following = set(pairwise(key_of(halt) for halt in itinerary.halts))
    legs = [Leg(**told) for told in former.legs]
    itinerary.legs.extend(leg for leg in legs if (leg.start, leg.end) in following)


def _told(leg: Leg) -> dict[str, Any]:
    return {"start": leg.start, "end": leg.end, "source": leg.source, "points": leg.points}


def _content(told: dict[str, Any]) -> ItineraryContent:
    return ItineraryContent(**told | {"halts": tuple(map(_halt, told["halts"]))})


def _halt(told: dict[str, Any]) -> HaltContent:
    spot = told["spot"]
    return HaltContent(**told | {"spot": None if spot is None else Spot(**spot)})
