"""What an itinerary said before its newest changes, so that they can be undone."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from tourapp.errors import ConflictError
from tourapp.itineraries.content import HaltContent, ItineraryContent, Spot
from tourapp.itineraries.models import FormerItinerary, Itinerary, Leg
from tourapp.itineraries.writing import write

KEPT = 20
"""How many changes of an itinerary can be undone."""


class NothingFormerError(ConflictError):
    """An itinerary has no change that could be undone."""


def keep_former(
    itinerary: Itinerary, content: ItineraryContent, *, dropped: Sequence[Leg] = ()
) -> None:
    """Keep what an itinerary said until now, with the paths that its change dropped.

    A path without points stands for there having been none: see `no_path`.
    """
    former = FormerItinerary(
        version=itinerary.version,
        content=asdict(content),
        legs=[_told(leg) for leg in dropped],
    )
    itinerary.former = [*itinerary.former[1 - KEPT :], former]


def go_back(session: Session, itinerary: Itinerary, *, now: datetime) -> None:
    """Write what an itinerary said before its newest change; NothingFormerError without one."""
    if not itinerary.former:
        message = f"itinerary {itinerary.slug!r} has no change that can be undone"
        raise NothingFormerError(message)
    former = itinerary.former.pop()
    write(session, itinerary, _content(former.content), now=now)
    changed = {(told["start"], told["end"]) for told in former.legs}
    itinerary.legs = [leg for leg in itinerary.legs if (leg.start, leg.end) not in changed]
    # The newer paths give up their places before the former ones take them.
    session.flush()
    itinerary.legs.extend(Leg(**told) for told in former.legs if told["points"])


def no_path(start: str, end: str) -> Leg:
    """Return what stands for no path between two halts."""
    return Leg(start=start, end=end, source="", points=[])


def _told(leg: Leg) -> dict[str, Any]:
    return {"start": leg.start, "end": leg.end, "source": leg.source, "points": leg.points}


def _content(told: dict[str, Any]) -> ItineraryContent:
    return ItineraryContent(**told | {"halts": tuple(map(_halt, told["halts"]))})


def _halt(told: dict[str, Any]) -> HaltContent:
    spot = told["spot"]
    return HaltContent(**told | {"spot": None if spot is None else Spot(**spot)})
