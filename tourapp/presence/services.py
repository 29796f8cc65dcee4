"""Noting that somebody has a text open, and telling the others who do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from tourapp.accounts.models import Person
from tourapp.accounts.services import Actor
from tourapp.db import insert_into
from tourapp.presence.models import Presence
from tourapp.stops.editing import Telling
from tourapp.stops.models import Draft
from tourapp.stops.services import get_stop

LASTS = timedelta(minutes=2)
"""How long somebody is said to be there who was not seen again."""

_NOTED_AGAIN = timedelta(seconds=20)


@dataclass(frozen=True, slots=True, kw_only=True)
class Companion:
    """Somebody else at a text: whether they have it open, and since when a draft is theirs."""

    person: Person
    is_here: bool
    drafted_at: datetime | None


def is_noted(session: Session, telling: Telling, *, by: Actor) -> bool:
    """Tell whether somebody was seen at a text a moment ago: then nothing is to be written."""
    own = _present(session, telling).where(Presence.person_id == by.person_id)
    return session.scalar(own.where(Presence.seen_at > by.at - _NOTED_AGAIN)) is not None


def note(session: Session, telling: Telling, *, by: Actor) -> None:
    """Note that somebody has a text open, and forget who was not seen for long; NotFoundError."""
    stop = get_stop(session, telling.slug)
    which = {"stop_id": stop.id, "lang": telling.lang, "variant": telling.variant}
    insert = insert_into(session, Presence).values(person_id=by.person_id, seen_at=by.at, **which)
    one = ["person_id", "stop_id", "lang", "variant"]
    session.execute(insert.on_conflict_do_update(index_elements=one, set_={"seen_at": by.at}))
    session.execute(delete(Presence).where(Presence.seen_at <= by.at - LASTS))


def list_company(session: Session, telling: Telling, *, by: Actor) -> Sequence[Companion]:
    """Return who else has a text open or a draft of it, by name; NotFoundError."""
    seen = _present(session, telling).where(Presence.seen_at > by.at - LASTS)
    here = set(session.scalars(seen))
    drafts = select(Draft.person_id, Draft.updated_at).where(
        Draft.stop_id == get_stop(session, telling.slug).id,
        Draft.lang == telling.lang,
        Draft.variant == telling.variant,
    )
    drafted = {person_id: at for person_id, at in session.execute(drafts)}  # noqa: C416 -- rows are no pairs to dict()
    others = (here | drafted.keys()) - {by.person_id}
    people = select(Person).where(Person.id.in_(others)).order_by(Person.name, Person.id)
    return [
        Companion(person=person, is_here=person.id in here, drafted_at=drafted.get(person.id))
        for person in session.scalars(people)
    ]


def _present(session: Session, telling: Telling) -> Select[int]:
    return select(Presence.person_id).where(
        Presence.stop_id == get_stop(session, telling.slug).id,
        Presence.lang == telling.lang,
        Presence.variant == telling.variant,
    )
