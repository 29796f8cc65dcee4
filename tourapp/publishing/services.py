"""Publishing a revision: the moment from which every visitor sees it."""

from datetime import datetime

from sqlalchemy.orm import Session

from tourapp.narration.services import want_narrations
from tourapp.narration.voicing import Voicing
from tourapp.stops.models import Narrative, Revision
from tourapp.stops.services import get_head, get_stop, list_narratives


def publish_revision(
    session: Session,
    narrative: Narrative,
    revision: Revision,
    *,
    voicing: Voicing,
    now: datetime,
) -> None:
    """Let visitors see a revision, and want its narrations in the same transaction."""
    narrative.published_revision_id = revision.id
    narrative.published_at = now
    # What is wanted is found by what is published.
    session.flush()
    want_narrations(session, voicing, now=now)


def publish_stop(session: Session, slug: str, *, voicing: Voicing, now: datetime) -> list[str]:
    """Publish the newest revision of each narrative of a stop, and return what changed.

    Raises NotFoundError for an unknown stop.
    """
    published = []
    for narrative in list_narratives(session, get_stop(session, slug)):
        head = get_head(session, narrative)
        if head.id != narrative.published_revision_id:
            publish_revision(session, narrative, head, voicing=voicing, now=now)
            published.append(f"{slug} ({narrative.lang}): revision {head.number}")
    return published
