"""Giving a stop another name or number: no two share one, and a former name is kept for ever."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourapp.errors import ConflictError
from tourapp.stops.models import FormerSlug, Stop


class SlugTakenError(ConflictError):
    """The name belongs to another stop, or did."""


class NumberTakenError(ConflictError):
    """The number belongs to another stop."""


def rename_stop(session: Session, stop: Stop, slug: str) -> None:
    """Give a stop another name; the addresses under the one that it had go on leading to it.

    Raises SlugTakenError.
    """
    if slug == stop.slug:
        return
    check_slug(session, stop, slug)
    if (former := session.get(FormerSlug, slug)) is not None:
        session.delete(former)
    session.add(FormerSlug(slug=stop.slug, stop_id=stop.id))
    stop.slug = slug


def check_slug(session: Session, stop: Stop, slug: str) -> None:
    """Raise SlugTakenError where a stop cannot get a name, which it may have had itself."""
    holder = session.scalar(select(Stop).where(Stop.slug == slug))
    former = session.get(FormerSlug, slug)
    if holder is not None or (former is not None and former.stop_id != stop.id):
        message = f"{slug!r} belongs to another stop, or did: its addresses are printed and linked"
        raise SlugTakenError(message)


def check_number(session: Session, stop: Stop, number: int) -> None:
    """Raise NumberTakenError where a stop cannot get a number."""
    holder = session.scalar(select(Stop).where(Stop.number == number, Stop.id != stop.id))
    if holder is not None:
        message = f"number {number} belongs to {holder.slug!r}"
        raise NumberTakenError(message)
