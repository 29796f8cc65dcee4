"""Reading what was asked of revisions and said of them: of one, and of all that wait."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from tourapp.accounts.models import AuditEvent, Person, PersonRole
from tourapp.accounts.permissions import ROLES, granted
from tourapp.reviewing.models import Comment, Review
from tourapp.stops.editing import Telling
from tourapp.stops.models import Narrative, Revision, Stop

READING = "stops:publish"
"""What one must be permitted to answer a review."""


@dataclass(frozen=True, slots=True)
class Thread:
    """What was said first, and what was replied."""

    first: Comment
    replies: list[Comment] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """The newest revision of a text that is not published, and what was asked and answered."""

    telling: Telling
    revision: Revision
    review: Review


@dataclass(frozen=True, slots=True, kw_only=True)
class Discussed:
    """The newest revision of a text, and how many threads about it are open."""

    telling: Telling
    revision: Revision
    threads: int


def find_review(session: Session, revision: Revision) -> Review | None:
    """Return what was asked about a revision, and what was answered."""
    return session.get(Review, revision.id)


def list_reviews(session: Session, narrative: Narrative) -> dict[int, Review]:
    """Return the reviews of a narrative by their revision's number."""
    chosen = select(Revision.number, Review).join(Review, Review.revision_id == Revision.id)
    whole = chosen.where(Revision.narrative_id == narrative.id).options(*_PEOPLE)
    rows = session.execute(whole)
    return {number: review for number, review in rows}  # noqa: C416 -- rows are no pairs to dict()


def list_threads(session: Session, revision: Revision) -> list[Thread]:
    """Return what was said of a revision, the oldest first."""
    said = select(Comment).where(Comment.revision_id == revision.id).order_by(Comment.id)
    threads: dict[int, Thread] = {}
    for comment in session.scalars(said.options(joinedload(Comment.author))):
        if comment.thread_id is None:
            threads[comment.id] = Thread(comment)
        else:
            threads[comment.thread_id].replies.append(comment)
    return list(threads.values())


def count_open_threads(session: Session, narrative: Narrative) -> dict[int, int]:
    """Return how many threads are open about each revision of a narrative, by its number."""
    counted = select(Revision.number, func.count(Comment.id)).join(
        Comment, Comment.revision_id == Revision.id
    )
    rows = session.execute(
        counted.where(Revision.narrative_id == narrative.id, *_OPEN).group_by(Revision.number),
    )
    return {number: count for number, count in rows}  # noqa: C416 -- rows are no pairs to dict()


def list_readers(session: Session) -> Sequence[Person]:
    """Return everybody who may answer a review, by name."""
    roles = [role for role in ROLES if READING in granted([role])]
    holding = select(PersonRole.person_id).where(PersonRole.role.in_(roles))
    readers = select(Person).where(Person.id.in_(holding), Person.disabled_at.is_(None))
    return session.scalars(readers.order_by(Person.name, Person.id)).all()


def list_people_of(session: Session, ids: Collection[int | None]) -> Sequence[Person]:
    """Return those of these people who work here still, by address."""
    chosen = select(Person).where(Person.id.in_(ids), Person.disabled_at.is_(None))
    return session.scalars(chosen.order_by(Person.email)).all()


def find_author_id(session: Session, telling: Telling, number: int) -> int | None:
    """Return who submitted a revision, where a person did."""
    submitted = select(AuditEvent).where(
        AuditEvent.action == "revision.create", AuditEvent.subject == str(telling)
    )
    authors = {event.detail["revision"]: event.person_id for event in session.scalars(submitted)}
    return authors.get(number)


def list_waiting(session: Session) -> list[Waiting]:
    """Return the reviews of newest revisions that are not published, by the stop's number."""
    rows = session.execute(
        _newest()
        .add_columns(Review)
        .join(Review, Review.revision_id == Revision.id)
        .where(Narrative.published_revision_id.is_distinct_from(Revision.id))
        .options(*_PEOPLE),
    )
    return [
        Waiting(telling=_telling(stop, narrative), revision=revision, review=review)
        for stop, narrative, revision, review in rows
    ]


def list_discussed(session: Session) -> list[Discussed]:
    """Return the newest revisions about which something is not settled, by the stop's number."""
    counts: defaultdict[int, int] = defaultdict(int)
    for revision_id in session.scalars(select(Comment.revision_id).where(*_OPEN)):
        counts[revision_id] += 1
    rows = session.execute(_newest().where(Revision.id.in_(counts)))
    return [
        Discussed(telling=_telling(stop, narrative), revision=revision, threads=counts[revision.id])
        for stop, narrative, revision in rows
    ]


_PEOPLE = (
    joinedload(Review.asked_by),
    joinedload(Review.asked_of),
    joinedload(Review.answered_by),
)
_OPEN = (Comment.thread_id.is_(None), Comment.resolved_at.is_(None))


def _newest() -> Select[Stop, Narrative, Revision]:
    newest = select(func.max(Revision.id)).group_by(Revision.narrative_id)
    return (
        select(Stop, Narrative, Revision)
        .join(Narrative, Narrative.stop_id == Stop.id)
        .join(Revision, Revision.narrative_id == Narrative.id)
        .where(Revision.id.in_(newest), Stop.archived_at.is_(None))
        .order_by(Stop.number, Narrative.id)
    )


def _telling(stop: Stop, narrative: Narrative) -> Telling:
    return Telling(slug=stop.slug, lang=narrative.lang, variant=narrative.variant)
