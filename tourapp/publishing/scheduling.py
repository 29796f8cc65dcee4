"""Publishing at a date: a revision waits, and the worker publishes it when its time has come."""

from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from tourapp.accounts.services import Actor, operator, record
from tourapp.errors import InvalidError, NotFoundError
from tourapp.narration.voicing import Voicing
from tourapp.publishing.services import get_stop_at, publish_and_tell
from tourapp.stops.editing import Telling, get_locked_stop
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

    Raises InvalidError for a time that has passed, NotFoundError, or StaleError where the stop is
    no longer in the state that `tag` names.
    """
    stop = get_stop_at(session, telling, tag=tag)
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


def is_due(session: Session, *, now: datetime) -> bool:
    """Tell whether a revision's time has come."""
    return session.scalar(_first_due(now)) is not None


def publish_next_due(session: Session, *, voicing: Voicing, now: datetime) -> bool:
    """Publish the revision whose time came first, and tell whether there was any."""
    slug = session.scalar(_first_due(now))
    if slug is None:
        return False
    # Whoever changes the stop meanwhile is waited for, and may have changed what waits.
    stop = get_locked_stop(session, slug)
    by = operator("schedule", now=now)
    waiting = select(Narrative, Revision).join(
        Revision,
        Revision.id == Narrative.scheduled_revision_id,
    )
    for narrative, revision in session.execute(
        waiting.where(Narrative.stop_id == stop.id, Narrative.scheduled_at <= now),
    ):
        publish_and_tell(session, narrative, revision, by=by, voicing=voicing)
    return True


def _first_due(now: datetime) -> Select[str]:
    return (
        select(Stop.slug)
        .join(Narrative, Narrative.stop_id == Stop.id)
        .where(Narrative.scheduled_at <= now)
        .order_by(Narrative.scheduled_at)
        .limit(1)
    )
