"""Making walks, and changing what was said of them beforehand."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourapp.accounts.secrets import digest_of, new_secret
from tourapp.accounts.services import Actor, record
from tourapp.errors import ConflictError, ForbiddenError, StaleError
from tourapp.itineraries.models import Itinerary
from tourapp.itineraries.outline import PlacedHalt, outline
from tourapp.itineraries.planning import PlannedStage
from tourapp.itineraries.queries import get_itinerary
from tourapp.itineraries.route import duration_s
from tourapp.itineraries.services import may_lead
from tourapp.itineraries.telling import find_told
from tourapp.itineraries.walks.content import WalkPlan
from tourapp.itineraries.walks.models import Walk, WalkFeed, WalkHalt
from tourapp.itineraries.walks.queries import get_walk
from tourapp.signage.codes import draw_code

CODE_LENGTH = 8
"""Two letters more than a sign's: who guesses a million times a day finds a walk in centuries."""

_KEPT_ONCE_BEGUN = {"lang", "pace"}


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
    require_going_on(walk)
    if _KEPT_ONCE_BEGUN & set(changes) and walk.state != "planned":
        message = "the walk has begun: its language and its pace stay as they are"
        raise ConflictError(message)
    for name, value in changes.items():
        setattr(walk, name, value)
    if "lang" in changes:
        _name_anew(session, walk)
    if "pace" in changes:
        _time_anew(walk)
    touch(walk, by=by)
    record(session, by, "walk.change", str(walk_id), fields=sorted(changes))
    return walk


def delete_walk(session: Session, walk_id: int, *, tag: str, by: Actor) -> None:
    """Delete a walk with all that was noted of it; raises as `get_walk` does, or StaleError."""
    walk = _get_at(session, walk_id, tag=tag, by=by)
    record(session, by, "walk.delete", str(walk_id), itinerary=walk.itinerary)
    session.delete(walk)


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


def get_locked(session: Session, walk_id: int, *, by: Actor) -> Walk:
    """Return a walk that others change only after; raises as `get_walk` does."""
    session.execute(select(Walk.id).where(Walk.id == walk_id).with_for_update())
    return get_walk(session, walk_id, viewer=by)


def touch(walk: Walk, *, by: Actor) -> None:
    """Note that a walk is another one than before."""
    walk.version += 1
    walk.updated_at = by.at


def require_going_on(walk: Walk) -> None:
    """Raise ConflictError for a walk that is over."""
    if walk.ended_at is not None:
        message = f"walk {walk.id} is over"
        raise ConflictError(message)


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
        variant=halt.variant,
        transport=halt.transport,
        distance_m=0 if stage.way is None else stage.way.distance_m,
        ascent_m=stage.way and stage.way.ascent_m,
        descent_m=stage.way and stage.way.descent_m,
        way_s=stage.way_s,
        is_estimate=stage.is_estimate,
        arrives_s=stage.arrives_s,
        leaves_s=stage.leaves_s,
        note=halt.note if is_told else "",
        question=halt.question if is_told else "",
    )


def _name_anew(session: Session, walk: Walk) -> None:
    """Name stops in the walk's language; one that nobody is told of any more keeps its name."""
    told = find_told(session, walk.halts, lang=walk.lang)
    for halt in walk.halts:
        if halt.stop_id is not None and (halt.stop_id, halt.variant) in told:
            halt.title = told[halt.stop_id, halt.variant].revision.title


def _time_anew(walk: Walk) -> None:
    """Time the walk's own order at its pace, whatever became of its itinerary."""
    leaves_s = 0
    for halt in walk.halts:
        stay_s = halt.leaves_s - halt.arrives_s
        if halt.position > 1:
            halt.way_s = duration_s(halt.way, halt.transport, walk.pace)
        halt.arrives_s = leaves_s + halt.way_s
        leaves_s = halt.leaves_s = halt.arrives_s + stay_s


def _get_at(session: Session, walk_id: int, *, tag: str, by: Actor) -> Walk:
    walk = get_locked(session, walk_id, by=by)
    if tag != str(walk.version):
        message = f"walk {walk_id} changed meanwhile: it is at {walk.version}, not {tag}"
        raise StaleError(message)
    return walk
