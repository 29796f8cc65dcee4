"""Publishing a revision: the moment from which every visitor sees it."""

from datetime import datetime

from sqlalchemy.orm import Session

from tourapp.accounts.services import Actor, record
from tourapp.catalogue.services import mark_stale
from tourapp.errors import NotFoundError
from tourapp.narration.voicing import Voicing
from tourapp.narration.wanting import want_narrations
from tourapp.stops.editing import Telling, check_in_use, check_tag, get_locked_stop
from tourapp.stops.models import Narrative, Revision, Stop
from tourapp.stops.services import (
    get_head,
    get_narrative,
    get_revision,
    list_narratives,
)
from tourapp.stops.topics import list_topics_showing


def publish_revision(
    session: Session,
    narrative: Narrative,
    revision: Revision,
    *,
    voicing: Voicing,
    now: datetime,
) -> None:
    """Let visitors see a revision, and want its narrations in the same transaction.

    Whatever waited for its time waits no more: it was planned for another state. A day on which the
    narrative is to be withdrawn stays: a corrected text ends with it.
    """
    narrative.published_revision_id = revision.id
    narrative.published_at = now
    narrative.scheduled_revision_id = narrative.scheduled_at = None
    # What is wanted is found by what is published.
    session.flush()
    want_narrations(session, voicing, now=now)


def publish_at(
    session: Session,
    telling: Telling,
    number: int,
    *,
    tag: str,
    by: Actor,
    voicing: Voicing,
) -> Revision:
    """Publish one revision of a narrative, on the state of the stop that `tag` names.

    Raises NotFoundError, ArchivedError, or StaleError where the stop changed meanwhile.
    """
    stop = get_stop_at(session, telling, tag=tag)
    narrative = get_narrative(session, stop, lang=telling.lang, variant=telling.variant)
    revision = get_revision(session, narrative, number)
    publish_and_tell(session, narrative, revision, by=by, voicing=voicing)
    return revision


def publish_and_tell(
    session: Session,
    narrative: Narrative,
    revision: Revision,
    *,
    by: Actor,
    voicing: Voicing,
) -> None:
    """Publish a revision of a stop that is locked, log it, and make stale what shows the stop.

    Raises ArchivedError.
    """
    stop = narrative.stop
    check_in_use(stop)
    publish_revision(session, narrative, revision, voicing=voicing, now=by.at)
    stop.version += 1
    telling = Telling(slug=stop.slug, lang=narrative.lang, variant=narrative.variant)
    record(session, by, "narrative.publish", str(telling), revision=revision.number)
    mark_stale(session, list_topics_showing(session, stop))


def withdraw(session: Session, telling: Telling, *, tag: str, by: Actor) -> Stop:
    """Hide a narrative from visitors; its revisions stay, and an import does not bring it back.

    Raises NotFoundError, or StaleError where the stop changed meanwhile.
    """
    stop = get_stop_at(session, telling, tag=tag)
    narrative = get_narrative(session, stop, lang=telling.lang, variant=telling.variant)
    narrative.scheduled_revision_id = narrative.scheduled_at = None
    withdraw_and_tell(session, narrative, by=by)
    return stop


def withdraw_and_tell(session: Session, narrative: Narrative, *, by: Actor) -> None:
    """Withdraw a narrative of a stop that is locked, log it, and make stale what shows the stop.

    Raises NotFoundError where nothing is published.
    """
    stop = narrative.stop
    telling = Telling(slug=stop.slug, lang=narrative.lang, variant=narrative.variant)
    get_published_revision(session, narrative)
    narrative.published_revision_id = narrative.published_at = narrative.ends_at = None
    stop.version += 1
    record(session, by, "narrative.withdraw", str(telling))
    mark_stale(session, list_topics_showing(session, stop))


def get_published_revision(session: Session, narrative: Narrative) -> Revision:
    """Return what visitors see of a narrative, or raise NotFoundError."""
    revision = session.get(Revision, narrative.published_revision_id or 0)
    if revision is None:
        message = f"nothing of {narrative.stop.slug!r} in {narrative.lang!r} is published"
        raise NotFoundError(message)
    return revision


def publish_stop(
    session: Session,
    slug: str,
    *,
    by: Actor,
    voicing: Voicing,
) -> list[str]:
    """Publish the newest revision of each narrative of a stop, and return what changed.

    Raises NotFoundError for an unknown stop.
    """
    published = []
    stop = get_locked_stop(session, slug)
    for narrative in list_narratives(session, stop):
        head = get_head(session, narrative)
        if head.id != narrative.published_revision_id:
            telling = Telling(slug=slug, lang=narrative.lang, variant=narrative.variant)
            tag = str(stop.version)
            publish_at(session, telling, head.number, tag=tag, by=by, voicing=voicing)
            published.append(f"{slug} ({narrative.lang}): revision {head.number}")
    return published


def get_stop_at(session: Session, telling: Telling, *, tag: str) -> Stop:
    """Return a locked stop in the state that `tag` names, or raise StaleError."""
    stop = get_locked_stop(session, telling.slug)
    check_tag(str(stop.version), tag)
    return stop
