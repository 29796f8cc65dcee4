"""Paths that were drawn or walked, in place of the estimates between two halts."""

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from tourapp.accounts.services import Actor, record
from tourapp.errors import InvalidError
from tourapp.itineraries.former import keep_former, no_path
from tourapp.itineraries.models import Itinerary, Leg
from tourapp.itineraries.paths import DrawnPath, gaps
from tourapp.itineraries.route import Point
from tourapp.itineraries.services import get_for_change
from tourapp.itineraries.writing import content_of, key_of, path_of, point_of


def set_path(
    session: Session,
    slug: str,
    position: int,
    path: DrawnPath,
    *,
    tag: str,
    by: Actor,
) -> Itinerary:
    """Let a path lead to the halt at a position, in place of the estimate.

    Raises InvalidError for a position that no way leads to, and as `change_itinerary` does.
    """
    itinerary = get_for_change(session, slug, tag=tag, by=by)
    start, end = _ends(itinerary, position)
    _clear(itinerary, start, end, by=by)
    # The former path gives up its place before the new one takes it.
    session.flush()
    itinerary.legs.append(_leg(start, end, path))
    record(session, by, "itinerary.path", slug, position=position, points=len(path.points))
    return itinerary


def remove_path(session: Session, slug: str, position: int, *, tag: str, by: Actor) -> Itinerary:
    """Go back to the estimate for the way to a halt; raises as `set_path` does."""
    itinerary = get_for_change(session, slug, tag=tag, by=by)
    _clear(itinerary, *_ends(itinerary, position), by=by)
    record(session, by, "itinerary.path", slug, position=position, points=0)
    return itinerary


def redraw(session: Session, itinerary: Itinerary, paths: Mapping[int, DrawnPath]) -> list[Leg]:
    """Let these paths, and no others, lead to the halts at their positions.

    Returns the paths that were there in the place of those that changed, for `keep_former`.
    """
    wanted = {_ends(itinerary, position): path for position, path in paths.items()}
    present = {(leg.start, leg.end): leg for leg in itinerary.legs}
    changed = [
        ends
        for ends in {**present, **wanted}
        if ends not in wanted or ends not in present or path_of(present[ends]) != wanted[ends]
    ]
    itinerary.legs = [leg for ends, leg in present.items() if ends not in changed]
    # The former paths give up their places before the new ones take them.
    session.flush()
    itinerary.legs.extend(_leg(*ends, wanted[ends]) for ends in changed if ends in wanted)
    return [present.get(ends) or no_path(*ends) for ends in changed]


def gaps_of(itinerary: Itinerary, position: int, path: Sequence[Point]) -> tuple[int, int]:
    """Return how many metres a path begins and ends from the halts that it should join."""
    start, end = (point_of(itinerary.halts[index]) for index in (position - 2, position - 1))
    return gaps(path, start, end)


def _leg(start: str, end: str, path: DrawnPath) -> Leg:
    points = [list(point) for point in path.points]
    return Leg(start=start, end=end, source=path.source, points=points)


def _clear(itinerary: Itinerary, start: str, end: str, *, by: Actor) -> None:
    """Take the path between two halts away, so that undoing brings it back."""
    former = [leg for leg in itinerary.legs if (leg.start, leg.end) == (start, end)]
    keep_former(itinerary, content_of(itinerary), dropped=former or [no_path(start, end)])
    itinerary.legs = [leg for leg in itinerary.legs if leg not in former]
    itinerary.version += 1
    itinerary.updated_at = by.at


def _ends(itinerary: Itinerary, position: int) -> tuple[str, str]:
    if not 1 < position <= len(itinerary.halts):
        message = f"no way leads to halt {position}; there are {len(itinerary.halts)} halts"
        raise InvalidError(message)
    return key_of(itinerary.halts[position - 2]), key_of(itinerary.halts[position - 1])
