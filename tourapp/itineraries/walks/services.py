"""Making walks, leading them, and ending them."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from tourapp.accounts.secrets import digest_of, new_secret
from tourapp.accounts.services import Actor, record
from tourapp.errors import ConflictError, ForbiddenError, InvalidError, StaleError
from tourapp.itineraries.models import Itinerary
from tourapp.itineraries.outline import PlacedHalt, outline
from tourapp.itineraries.planning import PlannedStage
from tourapp.itineraries.queries import get_itinerary
from tourapp.itineraries.services import may_lead
from tourapp.itineraries.walks.content import WalkPlan
from tourapp.itineraries.walks.models import Walk, WalkFeed, WalkHalt, WalkPhone
from tourapp.itineraries.walks.queries import count_phones, get_walk, list_forgotten
from tourapp.signage.codes import draw_code

CODE_LENGTH = 8
"""Two letters more than a sign's: who guesses a million times a day finds a walk in centuries."""

_ORDERED_ANEW = {"lang", "pace"}


def create_walk(session: Session, slug: str, plan: WalkPlan, *, by: Actor) -> Walk:
    """Make a walk of an itinerary, in the order that it has now, and its maker's to lead.

    Notes and questions come along where the maker may read them. Raises NotFoundError for an
    itinerary that the maker does not see, and ConflictError for one without halts.
    """
    if by.person_id is None:
        message = f"{by.who} is nobody who could lead a walk"
        raise ForbiddenError(message)
    itinerary = get_itinerary(session, slug, viewer=by)
    walk = Walk(
        guide_id=by.person_id,
        itinerary=slug,
        title=itinerary.title,
        code=draw_code(length=CODE_LENGTH),
        joined=0,
        version=1,
        created_at=by.at,
        updated_at=by.at,
        **asdict(plan),
    )
    walk.halts = _running_order(session, itinerary, walk, by=by)
    session.add(walk)
    session.flush()
    record(session, by, "walk.create", str(walk.id), itinerary=slug)
    return walk


def change_walk(
    session: Session,
    walk_id: int,
    changes: Mapping[str, Any],
    *,
    tag: str,
    by: Actor,
) -> Walk:
    """Change what was said of a walk beforehand.

    Raises NotFoundError, StaleError where it changed meanwhile, and ConflictError once it is over,
    or once it began where the times of its order would change.
    """
    walk = _get_at(session, walk_id, tag=tag, by=by)
    _require_going_on(walk)
    for name, value in changes.items():
        setattr(walk, name, value)
    if _ORDERED_ANEW & set(changes):
        _order_anew(session, walk, by=by)
    _touch(walk, by)
    record(session, by, "walk.change", str(walk_id), fields=sorted(changes))
    return walk


def delete_walk(session: Session, walk_id: int, *, tag: str, by: Actor) -> None:
    """Delete a walk with all that was noted of it; raises as `get_walk` does, or StaleError."""
    walk = _get_at(session, walk_id, tag=tag, by=by)
    record(session, by, "walk.delete", str(walk_id), itinerary=walk.itinerary)
    session.delete(walk)


def note_arrival(session: Session, walk_id: int, position: int, *, at: datetime, by: Actor) -> Walk:
    """Note that the whole group is at a halt, since a moment that may be told late.

    Told twice, it stays as it was. Halts after this one are not reached yet, whatever was tapped by
    mistake; but what is told later than something newer changes nothing of that. Raises
    NotFoundError, InvalidError for a position that there is not, ConflictError once it is over.
    """
    walk = _get_locked(session, walk_id, by=by)
    _require_going_on(walk)
    if not 1 <= position <= len(walk.halts):
        message = f"the walk has no halt {position}; there are {len(walk.halts)}"
        raise InvalidError(message)
    halt, told_at = walk.halts[position - 1], _bounded(walk, at, by)
    if walk.current is halt and halt.left_at is None:
        return walk
    halt.reached_at = halt.reached_at or told_at
    if told_at >= _newest(walk, but=halt):
        _stand_at(walk, halt, told_at)
    _touch(walk, by)
    return walk


def note_departure(session: Session, walk_id: int, *, at: datetime, by: Actor) -> Walk:
    """Note that the group leaves the halt where it is; raises as `note_arrival` does."""
    walk = _get_locked(session, walk_id, by=by)
    _require_going_on(walk)
    if walk.current is None:
        message = "the group is at no halt yet"
        raise ConflictError(message)
    if walk.current.left_at is None:
        walk.current.left_at = max(_bounded(walk, at, by), _newest(walk))
        _touch(walk, by)
    return walk


def end_walk(session: Session, walk_id: int, *, at: datetime, by: Actor) -> Walk:
    """End a walk: its code leads nowhere any more, phones are counted and forgotten.

    Ended twice, it stays as it was. Raises NotFoundError.
    """
    walk = _get_locked(session, walk_id, by=by)
    if walk.ended_at is None:
        _end(session, walk, at=max(_bounded(walk, at, by), _newest(walk)))
        _touch(walk, by)
        record(session, by, "walk.end", str(walk_id), joined=walk.joined)
    return walk


def end_forgotten(session: Session, *, now: datetime) -> bool:
    """End walks that nobody ended, and tell whether there were any; no code outlives its day."""
    forgotten = list_forgotten(session, now=now)
    for walk in forgotten:
        _end(session, walk, at=max(walk.planned_end_at, _newest(walk)))
        walk.version += 1
    return bool(forgotten)


def renew_feed(session: Session, *, by: Actor) -> str:
    """Return a new secret for the link to one's calendar; a former one leads nowhere any more."""
    if by.person_id is None:
        message = f"{by.who} has no calendar"
        raise ForbiddenError(message)
    secret = new_secret()
    feed = WalkFeed(person_id=by.person_id, digest=digest_of(secret), made_at=by.at)
    session.merge(feed)
    record(session, by, "walk.feed", by.who)
    return secret


def _running_order(
    session: Session, itinerary: Itinerary, walk: Walk, *, by: Actor
) -> list[WalkHalt]:
    outlined = outline(session, itinerary, lang=walk.lang, pace=walk.pace)
    if not outlined.places:
        message = f"itinerary {itinerary.slug!r} has no halt to walk to"
        raise ConflictError(message)
    is_told = may_lead(itinerary, by)
    staged = zip(outlined.places, outlined.plan.stages, strict=True)
    return [_halt(place, stage, is_told=is_told) for place, stage in staged]


def _halt(place: PlacedHalt, stage: PlannedStage, *, is_told: bool) -> WalkHalt:
    halt = place.halt
    return WalkHalt(
        position=halt.position,
        stop=halt.stop,
        title=place.title,
        transport=halt.transport,
        distance_m=0 if stage.way is None else stage.way.distance_m,
        way_s=stage.way_s,
        is_estimate=stage.is_estimate,
        arrives_s=stage.arrives_s,
        leaves_s=stage.leaves_s,
        note=halt.note if is_told else "",
        question=halt.question if is_told else "",
    )


def _order_anew(session: Session, walk: Walk, *, by: Actor) -> None:
    if walk.state != "planned":
        message = "the walk has begun: its language and its pace stay as they are"
        raise ConflictError(message)
    itinerary = get_itinerary(session, walk.itinerary, viewer=by)
    # The former halts give up their positions before the new ones take them.
    walk.halts = []
    session.flush()
    walk.halts = _running_order(session, itinerary, walk, by=by)


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
    noted: Sequence[datetime | None] = [
        moment
        for halt in walk.halts
        if halt is not but
        for moment in (halt.reached_at, halt.left_at)
    ]
    return max([walk.created_at, *(moment for moment in noted if moment is not None)])


def _bounded(walk: Walk, at: datetime, by: Actor) -> datetime:
    """Return a moment that somebody's clock told, neither in the future nor before the walk."""
    return max(min(at, by.at), walk.created_at)


def _touch(walk: Walk, by: Actor) -> None:
    walk.version += 1
    walk.updated_at = by.at


def _require_going_on(walk: Walk) -> None:
    if walk.ended_at is not None:
        message = f"walk {walk.id} is over"
        raise ConflictError(message)


def _get_at(session: Session, walk_id: int, *, tag: str, by: Actor) -> Walk:
    walk = _get_locked(session, walk_id, by=by)
    if tag != str(walk.version):
        message = f"walk {walk_id} changed meanwhile: it is at {walk.version}, not {tag}"
        raise StaleError(message)
    return walk


def _get_locked(session: Session, walk_id: int, *, by: Actor) -> Walk:
    session.execute(select(Walk.id).where(Walk.id == walk_id).with_for_update())
    return get_walk(session, walk_id, viewer=by)
