"""Copying a stop: another place with the same texts, which nobody sees before it is published."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tourapp.accounts.services import Actor, record
from tourapp.signage.models import Sign
from tourapp.signage.register.numbers import check_number
from tourapp.signage.register.services import add_sign
from tourapp.stops.editing import Telling, lock_every_stop
from tourapp.stops.models import FormerSlug, Narrative, Stop
from tourapp.stops.renaming import check_slug
from tourapp.stops.services import (
    add_revision,
    content_of,
    get_head,
    get_stop,
    list_narratives,
    place_of,
    set_place,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A stop that was made from another, and the code of its own sign, which is not printed yet."""

    stop: Stop
    code: str


def suggest_slug(session: Session, slug: str) -> str:
    """Return the first name like this one that no stop has, or had."""
    return next(name for name in _names(slug) if not _is_taken(session, name))


def suggest_number(session: Session) -> int:
    """Return a number that no stop has and no plate says: the one after all of them."""
    last = session.scalar(select(func.max(Stop.number))) or 0
    printed = session.scalar(select(func.max(Sign.printed_number))) or 0
    return max(last, printed) + 1


def copy_stop(
    session: Session,
    slug: str,
    *,
    to: str | None = None,
    number: int | None = None,
    by: Actor,
) -> Copy:
    """Make another stop of a stop's place and newest texts, without its closures.

    Its texts are revisions that wait to be published; a sign is planned under a code of its own.
    Raises NotFoundError, SlugTakenError, NumberTakenError or NumberCarriedError.
    """
    # Nobody else may take the name or the number meanwhile.
    lock_every_stop(session)
    original = get_stop(session, slug)
    copied = Stop(slug=to or suggest_slug(session, slug), imported_digest="")
    check_slug(session, copied, copied.slug)
    place = replace(place_of(original), number=number or suggest_number(session), closures=())
    check_number(session, copied, place.number)
    set_place(copied, place, now=by.at)
    session.add(copied)
    # The stop's id is what its texts and its sign refer to.
    session.flush()
    record(session, by, "stop.copy", copied.slug, number=place.number, copied_from=slug)
    for narrative in list_narratives(session, original):
        _copy_text(session, narrative, copied, by=by)
    return Copy(stop=copied, code=add_sign(session, copied.slug, {}, by=by).code)


def _copy_text(session: Session, narrative: Narrative, stop: Stop, *, by: Actor) -> None:
    telling = Telling(slug=stop.slug, lang=narrative.lang, variant=narrative.variant)
    copied = Narrative(stop_id=stop.id, lang=narrative.lang, variant=narrative.variant)
    session.add(copied)
    # The narrative's id is what its revision refers to.
    session.flush()
    content = content_of(get_head(session, narrative))
    revision = add_revision(session, copied, content, origin="staff", now=by.at)
    record(session, by, "revision.create", str(telling), revision=revision.number)


def _names(slug: str) -> Iterator[str]:
    return (f"{slug}-{number}" for number in count(2))


def _is_taken(session: Session, slug: str) -> bool:
    holder = session.scalar(select(Stop.id).where(Stop.slug == slug))
    return holder is not None or session.get(FormerSlug, slug) is not None
