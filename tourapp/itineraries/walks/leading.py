"""Leading walks: where the group is, as its guide tells it, perhaps late; and their end."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from tourapp.accounts.services import Actor, record
from tourapp.errors import ConflictError, InvalidError
from tourapp.itineraries.walks.models import Walk, WalkHalt, WalkPhone
from tourapp.itineraries.walks.queries import count_phones, list_forgotten
from tourapp.itineraries.walks.services import get_locked, require_going_on, touch


def note_arrival(session: Session, walk_id: int, position: int, *, at: datetime, by: Actor) -> Walk:
    """Note that the whole group is at a halt, since a moment that may be told late.

    Told twice, it stays as it was. Halts after this one are not reached yet, whatever was tapped by
    mistake; but what is told later than something newer changes nothing of that. Raises
    NotFoundError, InvalidError for a position that there is not, ConflictError once it is over.
    """
    walk = get_locked(session, walk_id, by=by)
    require_going_on(walk)
    if not 1 <= position <= len(walk.halts):
        message = f"the walk has no halt {position}; there are {len(walk.halts)}"
        raise InvalidError(message)
    halt, told_at = walk.halts[position - 1], _bounded(walk, at, by)
    if walk.current is halt and halt.left_at is None:
        return walk
    halt.reached_at = halt.reached_at or told_at
    if told_at >= _newest(walk, but=halt):
        _stand_at(walk, halt, told_at)
    touch(walk, by=by)
    return walk


def note_departure(session: Session, walk_id: int, *, at: datetime, by: Actor) -> Walk:
    """Note that the group leaves the halt where it is; raises as `note_arrival` does."""
    walk = get_locked(session, walk_id, by=by)
    require_going_on(walk)
    if walk.current is None:
        message = "the group is at no halt yet"
        raise ConflictError(message)
    if walk.current.left_at is None:
        walk.current.left_at = max(_bounded(walk, at, by), _newest(walk))
        touch(walk, by=by)
    return walk


def end_walk(session: Session, walk_id: int, *, at: datetime, by: Actor) -> Walk:
    """End a walk: its code leads nowhere any more, phones are counted and forgotten.

    Ended twice, it stays as it was. Raises NotFoundError.
    """
    walk = get_locked(session, walk_id, by=by)
    if walk.ended_at is None:
        _end(session, walk, at=max(_bounded(walk, at, by), _newest(walk)))
        touch(walk, by=by)
        record(session, by, "walk.end", str(walk_id), joined=walk.joined)
    return walk


def end_forgotten(session: Session, *, now: datetime) -> bool:
    """End walks that nobody ended, and tell whether there were any; no code outlives its day."""
    forgotten = list_forgotten(session, now=now)
    for walk in forgotten:
        _end(session, walk, at=max(walk.planned_end_at, _newest(walk)))
        walk.version += 1
    return bool(forgotten)


def _stand_at(walk: Walk, halt: WalkHalt, at: datetime) -> None:
    for other in walk.halts:
        if other.position > halt.position:
            other.reached_at = other.left_at = None
        elif other.position < halt.position and other.reached_at and not other.left_at:
            other.left_at = at
    halt.left_at = None


def _end(session: Session, walk: Walk, *, at: datetime) -> None:
    if walk.current is not None and walk.current.left_at is None:
        walk.current.left_at = at
    walk.joined = count_phones(session, walk)
    walk.ended_at, walk.code = at, None
    session.execute(delete(WalkPhone).where(WalkPhone.walk_id == walk.id))


def _newest(walk: Walk, *, but: WalkHalt | None = None) -> datetime:
    """Return when something was last noted of a walk; at the earliest, when it was made."""
    noted = [
        moment
        for halt in walk.halts
        if halt is not but
        for moment in (halt.reached_at, halt.left_at)
    ]
    return max([walk.created_at, *(moment for moment in noted if moment is not None)])


def _bounded(walk: Walk, at: datetime, by: Actor) -> datetime:
    """Return a moment that somebody's clock told, neither in the future nor before the walk."""
    return max(min(at, by.at), walk.created_at)
