"""Putting a stop away, and bringing it back; nothing of it is lost, and nobody gets its number."""

from sqlalchemy.orm import Session

from tourapp.accounts.services import Actor, record
from tourapp.catalogue.services import mark_stale
from tourapp.errors import ConflictError
from tourapp.publishing.services import withdraw_and_tell
from tourapp.stops.editing import check_tag, get_locked_stop
from tourapp.stops.models import Stop
from tourapp.stops.services import list_narratives
from tourapp.stops.topics import list_topics_showing


def archive_stop(session: Session, slug: str, *, tag: str, by: Actor) -> Stop:
    """Withdraw every text of a stop and leave it out of the lists; its signs explain themselves.

    Its number stays its own, and so do its name, texts and sounds. Raises NotFoundError,
    StaleError where it is no longer in the state that `tag` names, or ConflictError.
    """
    stop = _get_at(session, slug, tag=tag, is_archived=False)
    for narrative in list_narratives(session, stop):
        narrative.scheduled_revision_id = narrative.scheduled_at = None
        if narrative.published_revision_id is not None:
            withdraw_and_tell(session, narrative, by=by)
    stop.archived_at = by.at
    return _changed(session, stop, "stop.archive", by=by)


def bring_back(session: Session, slug: str, *, tag: str, by: Actor) -> Stop:
    """Put a stop into the lists again; its texts wait to be published. Raises as `archive_stop`."""
    stop = _get_at(session, slug, tag=tag, is_archived=True)
    stop.archived_at = None
    return _changed(session, stop, "stop.bring_back", by=by)


def _get_at(session: Session, slug: str, *, tag: str, is_archived: bool) -> Stop:
    stop = get_locked_stop(session, slug)
    check_tag(str(stop.version), tag)
    if (stop.archived_at is not None) != is_archived:
        message = f"{slug!r} is {'not archived' if is_archived else 'archived already'}"
        raise ConflictError(message)
    return stop


def _changed(session: Session, stop: Stop, action: str, *, by: Actor) -> Stop:
    stop.version += 1
    record(session, by, action, stop.slug, number=stop.number)
    mark_stale(session, list_topics_showing(session, stop))
    return stop
