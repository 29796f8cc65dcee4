"""Phones that follow a walk: counted by a number of their own, and told where the group is."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourapp.accounts.secrets import digest_of
from tourapp.db import insert_into
from tourapp.errors import ExceededError
from tourapp.itineraries.telling import find_told
from tourapp.itineraries.walks.models import Walk, WalkHalt, WalkPhone, WalkState
from tourapp.itineraries.walks.queries import count_phones
from tourapp.stops.queries import PublishedStop

MOST_PHONES = 600
"""More than the largest group has: who joins under many numbers fills no database."""

_LATER_S = 600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Whereabouts:
    """Where a group is, as its participants are told; `page` is what visitors read there."""

    walk: Walk
    state: WalkState
    here: WalkHalt | None
    page: PublishedStop | None
    following: WalkHalt | None


def join(session: Session, walk: Walk, phone: str) -> None:
    """Count a phone by the number that it drew, once; ExceededError where too many joined."""
    values = {"walk_id": walk.id, "phone": digest_of(phone)}
    known = select(WalkPhone.phone).filter_by(**values)
    if session.scalar(known) is None and count_phones(session, walk) >= MOST_PHONES:
        message = "no more phones can join this walk"
        raise ExceededError(message, retry_after_s=_LATER_S)
    insert = insert_into(session, WalkPhone).values(**values)
    session.execute(insert.on_conflict_do_nothing(index_elements=["walk_id", "phone"]))


def whereabouts(session: Session, walk: Walk) -> Whereabouts:
    """Return where a group is; a stop that visitors do not see has a name, and no page."""
    here = walk.current if walk.state == "at" else None
    return Whereabouts(
        walk=walk,
        state=walk.state,
        here=here,
        page=_find_page(session, here, lang=walk.lang),
        following=walk.following,
    )


def _find_page(session: Session, halt: WalkHalt | None, *, lang: str) -> PublishedStop | None:
    return (
        None if halt is None else next(iter(find_told(session, [halt], lang=lang).values()), None)
    )
