"""Publishing and withdrawing at a date: the worker does it when its time has come."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from operator import itemgetter

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session

from tourapp.accounts.services import Actor, operator, record
from tourapp.errors import InvalidError, NotFoundError
from tourapp.narration.voicing import Voicing
from tourapp.publishing.services import (
    get_published_revision,
    get_stop_at,
    publish_and_tell,
    withdraw_and_tell,
)
from tourapp.stops.editing import Telling, check_in_use, get_locked_stop
from tourapp.stops.models import Narrative, Revision, Stop
from tourapp.stops.services import get_narrative, get_revision


def schedule(
    session: Session,
    telling: Telling,
    number: int,
    *,
    at: datetime,
    tag: str,
    by: Actor,
) -> Revision:
    """Have one revision of a narrative published at a time, in the place of another that waits.

    Raises InvalidError for a time that has passed, NotFoundError, ArchivedError, or StaleError
    where the stop is no longer in the state that `tag` names.
    """
    stop = get_stop_at(session, telling, tag=tag)
    check_in_use(stop)
    if at <= by.at:
        message = f"{at.isoformat()} has passed; publish the revision instead"
        raise InvalidError(message)
    narrative = get_narrative(session, stop, lang=telling.lang, variant=telling.variant)
    revision = get_revision(session, narrative, number)
    narrative.scheduled_revision_id = revision.id
    narrative.scheduled_at = at
    stop.version += 1
    record(session, by, "narrative.schedule", str(telling), revision=number, at=at.isoformat())
    return revision


def unschedule(session: Session, telling: Telling, *, tag: str, by: Actor) -> Stop:
    """Let nothing wait any more; raises NotFoundError where nothing did, or StaleError."""
    stop = get_stop_at(session, telling, tag=tag)
    narrative = get_narrative(session, stop, lang=telling.lang, variant=telling.variant)
    if narrative.scheduled_at is None:
        message = f"nothing of {telling} is scheduled"
        raise NotFoundError(message)
    narrative.scheduled_revision_id = narrative.scheduled_at = None
    stop.version += 1
    record(session, by, "narrative.unschedule", str(telling))
    return stop


def set_end(session: Session, telling: Telling, *, at: datetime, tag: str, by: Actor) -> Revision:
    """Have a narrative that is published withdrawn at a time, whatever is corrected until then.

    Raises InvalidError for a time that has passed, NotFoundError where nothing is published, or
    StaleError where the stop is no longer in the state that `tag` names.
    """
    stop = get_stop_at(session, telling, tag=tag)
    if at <= by.at:
        message = f"{at.isoformat()} has passed; withdraw the narrative instead"
        raise InvalidError(message)
    narrative = get_narrative(session, stop, lang=telling.lang, variant=telling.variant)
    revision = get_published_revision(session, narrative)
    narrative.ends_at = at
    stop.version += 1
    record(session, by, "narrative.end", str(telling), at=at.isoformat())
    return revision


def clear_end(session: Session, telling: Telling, *, tag: str, by: Actor) -> Stop:
    """Let a narrative be seen without end; NotFoundError where it had none, or StaleError."""
    stop = get_stop_at(session, telling, tag=tag)
    narrative = get_narrative(session, stop, lang=telling.lang, variant=telling.variant)
    if narrative.ends_at is None:
        message = f"{telling} has no end"
        raise NotFoundError(message)
    narrative.ends_at = None
    stop.version += 1
    record(session, by, "narrative.unend", str(telling))
    return stop


def is_due(session: Session, *, now: datetime) -> bool:
    """Tell whether something is to be published or withdrawn by now."""
    return session.scalar(_first_due(now)) is not None


def act_on_next_due(session: Session, *, voicing: Voicing, now: datetime) -> bool:
    """Publish and withdraw what is due of one stop, and tell whether there was any.

    Of one narrative the earlier comes first, however late the worker is: what ends at noon and is
    published again at one is seen in the end.
    """
    slug = session.scalar(_first_due(now))
    if slug is None:
        return False
    # Whoever changes the stop meanwhile is waited for, and may have changed what waits.
    stop = get_locked_stop(session, slug)
    by = operator("schedule", now=now)
    planned = select(Narrative, Revision).outerjoin(
        Revision,
        Revision.id == Narrative.scheduled_revision_id,
    )
    for narrative, revision in session.execute(
        planned.where(Narrative.stop_id == stop.id, _is_due(now)),
    ):
        _act(session, narrative, revision, by=by, voicing=voicing)
    return True


def _act(
    session: Session,
    narrative: Narrative,
    revision: Revision | None,
    *,
    by: Actor,
    voicing: Voicing,
) -> None:
    plans = _plans(session, narrative, revision, by=by, voicing=voicing)
    for at, act in sorted(plans, key=itemgetter(0)):
        if at <= by.at:
            act()


def _plans(
    session: Session,
    narrative: Narrative,
    revision: Revision | None,
    *,
    by: Actor,
    voicing: Voicing,
) -> Iterator[tuple[datetime, Callable[[], None]]]:
    if revision is not None and narrative.scheduled_at is not None:
        publish = partial(publish_and_tell, session, narrative, revision, by=by, voicing=voicing)
        yield narrative.scheduled_at, publish
    if narrative.ends_at is not None:
        yield narrative.ends_at, partial(withdraw_and_tell, session, narrative, by=by)


def _is_due(now: datetime) -> ColumnElement[bool]:
    return or_(Narrative.scheduled_at <= now, Narrative.ends_at <= now)


def _first_due(now: datetime) -> Select[str]:
    return (
        select(Stop.slug)
        .join(Narrative, Narrative.stop_id == Stop.id)
        .where(_is_due(now))
        .order_by(Narrative.scheduled_at, Narrative.ends_at)
        .limit(1)
    )
