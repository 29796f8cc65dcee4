"""Finding walks, for whoever leads them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.orm import Session, selectinload

from tourapp.accounts.secrets import digest_of
from tourapp.accounts.services import Actor
from tourapp.errors import NotFoundError
from tourapp.itineraries.walks.models import Walk, WalkFeed, WalkHalt, WalkPhone
from tourapp.signage.codes import normalise_code

LONGEST_LATE = timedelta(hours=12)
"""How long after its planned end a walk that nobody ended still goes on."""

_LOADED = (selectinload(Walk.halts).selectinload(WalkHalt.stop), selectinload(Walk.guide))


class UnknownWalkError(NotFoundError):
    """No walk that goes on has this code."""


def get_walk(session: Session, walk_id: int, *, viewer: Actor) -> Walk:
    """Return a walk that somebody leads or looks after, or raise NotFoundError."""
    chosen = select(Walk).where(Walk.id == walk_id, _led_by(viewer)).options(*_LOADED)
    walk = session.scalar(chosen)
    if walk is None:
        message = f"no walk {walk_id}"
        raise NotFoundError(message)
    return walk


def list_walks(
    session: Session,
    *,
    viewer: Actor,
    is_over: bool | None = None,
    offset: int = 0,
    limit: int | None = None,
) -> Sequence[Walk]:
    """Return the walks that somebody leads or looks after, the latest first."""
    chosen = select(Walk).where(_led_by(viewer), _that_is(is_over=is_over)).options(*_LOADED)
    ordered = chosen.order_by(Walk.starts_at.desc(), Walk.id.desc())
    return session.scalars(ordered.offset(offset).limit(limit)).all()


def count_walks(session: Session, *, viewer: Actor, is_over: bool | None = None) -> int:
    """Return how many walks somebody leads or looks after."""
    chosen = select(func.count(Walk.id)).where(_led_by(viewer), _that_is(is_over=is_over))
    return session.scalar(chosen) or 0


def get_walk_by_code(session: Session, typed: str) -> Walk:
    """Return the walk that a participant joins, or raise UnknownWalkError; ended ones have none."""
    chosen = select(Walk).where(Walk.code == normalise_code(typed)).options(*_LOADED)
    walk = session.scalar(chosen)
    if walk is None:
        message = f"no walk that goes on has the code {typed!r}"
        raise UnknownWalkError(message)
    return walk


def count_phones(session: Session, walk: Walk) -> int:
    """Return how many phones have joined a walk."""
    return count_phones_of(session, [walk])[walk.id]


def count_phones_of(session: Session, walks: Sequence[Walk]) -> dict[int, int]:
    """Return how many phones have joined each of some walks; those that ended know it."""
    going_on = [walk.id for walk in walks if walk.ended_at is None]
    counting = select(WalkPhone.walk_id, func.count()).where(WalkPhone.walk_id.in_(going_on))
    counted = {walk.id: walk.joined for walk in walks} | dict.fromkeys(going_on, 0)
    for walk_id, count in session.execute(counting.group_by(WalkPhone.walk_id)):
        counted[walk_id] = count
    return counted


def list_walks_of_feed(session: Session, secret: str, *, since: datetime) -> Sequence[Walk]:
    """Return a guide's walks since a moment, by the secret of their feed; NotFoundError."""
    feed = session.scalar(select(WalkFeed).where(WalkFeed.digest == digest_of(secret)))
    if feed is None:
        message = "no calendar has this link"
        raise NotFoundError(message)
    led = select(Walk).where(Walk.guide_id == feed.person_id, Walk.starts_at >= since)
    return session.scalars(led.options(*_LOADED).order_by(Walk.starts_at, Walk.id)).all()


def list_forgotten(session: Session, *, now: datetime) -> Sequence[Walk]:
    """Return walks that should be over for long, and that nobody ended."""
    begun = select(Walk).where(Walk.ended_at.is_(None), Walk.starts_at < now - LONGEST_LATE)
    walks = session.scalars(begun.options(*_LOADED)).all()
    return [walk for walk in walks if walk.planned_end_at < now - LONGEST_LATE]


def is_any_forgotten(session: Session, *, now: datetime) -> bool:
    """Tell whether any walk should be over for long."""
    return bool(list_forgotten(session, now=now))


def _led_by(viewer: Actor) -> ColumnElement[bool]:
    if "stops:publish" in viewer.permissions:
        return true()
    return Walk.guide_id == viewer.person_id


def _that_is(*, is_over: bool | None) -> ColumnElement[bool]:
    if is_over is None:
        return true()
    return Walk.ended_at.is_not(None) if is_over else Walk.ended_at.is_(None)
