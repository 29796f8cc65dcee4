"""The line of a narrative's versions, and taking one of them up again."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourapp.accounts.models import AuditEvent
from tourapp.accounts.services import Actor
from tourapp.reviewing.models import Review
from tourapp.reviewing.queries import count_open_threads, list_reviews
from tourapp.staff.writing.services import Written, save
from tourapp.stops.editing import Telling
from tourapp.stops.models import Narrative, Revision
from tourapp.stops.services import (
    content_of,
    get_narrative,
    get_revision,
    get_stop,
    list_revisions,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A revision, who wrote it, and what became of it."""

    revision: Revision
    author: str | None
    is_published: bool
    scheduled_at: datetime | None
    review: Review | None
    open_threads: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A revision beside an earlier one; the first of all stands beside nothing."""

    revision: Revision
    before: Revision | None


def list_versions(session: Session, narrative: Narrative, telling: Telling) -> Sequence[Version]:
    """Return every version of a narrative, the newest first."""
    authors = _authors(session, telling)
    reviews = list_reviews(session, narrative)
    threads = count_open_threads(session, narrative)
    return [
        Version(
            revision=revision,
            author=authors.get(revision.number),
            is_published=revision.id == narrative.published_revision_id,
            scheduled_at=(
                narrative.scheduled_at if revision.id == narrative.scheduled_revision_id else None
            ),
            review=reviews.get(revision.number),
            open_threads=threads.get(revision.number, 0),
        )
        for revision in list_revisions(session, narrative)
    ]


def compare(session: Session, telling: Telling, number: int, *, with_number: int) -> Compared:
    """Return a version beside another, or raise NotFoundError; beside none where that is 0."""
    stop = get_stop(session, telling.slug)
    narrative = get_narrative(session, stop, lang=telling.lang, variant=telling.variant)
    return Compared(
        revision=get_revision(session, narrative, number),
        before=get_revision(session, narrative, with_number) if with_number else None,
    )


def take_up(session: Session, telling: Telling, number: int, *, base: str, by: Actor) -> Written:
    """Make one's own draft of a version, in the place of one that was begun.

    Raises NotFoundError, or OvertakenError where `base` is no longer the newest state.
    """
    version = compare(session, telling, number, with_number=0).revision
    return save(session, telling, asdict(content_of(version)), base=base, by=by)


def _authors(session: Session, telling: Telling) -> dict[int, str]:
    events = select(AuditEvent).where(
        AuditEvent.action == "revision.create",
        AuditEvent.subject == str(telling),
    )
    return {event.detail["revision"]: event.who for event in session.scalars(events)}
