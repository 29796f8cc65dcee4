"""Asking to have a revision read, and answering.

A change names the state of the reading that its author has seen: nobody approves a text without
having seen what was said of it meanwhile.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from tourapp.accounts.models import Person
from tourapp.accounts.services import Actor, find_person, get_person_by_id, record
from tourapp.errors import ConflictError, ForbiddenError, InvalidError
from tourapp.reviewing.models import Review, Verdict
from tourapp.reviewing.queries import (
    Thread,
    find_review,
    list_people_of,
    list_readers,
    list_threads,
)
from tourapp.stops.editing import Telling, check_tag, get_locked_stop
from tourapp.stops.models import Revision
from tourapp.stops.services import get_narrative, get_revision, get_stop


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A revision with what was asked and answered about it, and what was said of it."""

    telling: Telling
    revision: Revision
    is_published: bool
    review: Review | None
    threads: Sequence[Thread]

    @property
    def tag(self) -> str:
        """What a change of this state must name."""
        said = [comment for thread in self.threads for comment in (thread.first, *thread.replies)]
        settled = sum(comment.resolved_at is not None for comment in said)
        return f"{0 if self.review is None else self.review.version}.{len(said)}.{settled}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRequest:
    """Who is to read, by their address, and what to look at; whoever may publish without it."""

    of: str | None
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What somebody did about a revision, in which words, and whom it concerns."""

    kind: str
    reading: Reading
    who: str
    words: str
    to: Sequence[Person]


class UnknownReaderError(InvalidError):
    """Who was asked to read is nobody who may publish, or who asks."""


class OwnReviewError(ForbiddenError):
    """Nobody answers what they asked themselves."""


class NothingAskedError(ConflictError):
    """Nobody asked to have this revision read, or it was answered, or published."""


def get_reading(session: Session, telling: Telling, number: int) -> Reading:
    """Return how it stands with the reading of a revision, or raise NotFoundError."""
    stop = get_stop(session, telling.slug)
    narrative = get_narrative(session, stop, lang=telling.lang, variant=telling.variant)
    revision = get_revision(session, narrative, number)
    return Reading(
        telling=telling,
        revision=revision,
        is_published=narrative.published_revision_id == revision.id,
        review=find_review(session, revision),
        threads=list_threads(session, revision),
    )


def ask_review(
    session: Session,
    telling: Telling,
    number: int,
    *,
    request: ReviewRequest,
    tag: str,
    by: Actor,
) -> News:
    """Ask somebody, or whoever may publish, to read a revision.

    Raises NotFoundError, StaleError, UnknownReaderError, or NothingAskedError for a revision that
    is published.
    """
    reading = get_reading_at(session, telling, number, tag=tag)
    if reading.is_published:
        message = f"revision {number} of {telling} is published already"
        raise NothingAskedError(message)
    asking = get_person_by_id(session, by.person_id)
    reader = None if request.of is None else _get_reader(session, request.of, by=by)
    review = reading.review or Review(revision_id=reading.revision.id, version=0)
    review.asked_by, review.asked_at = asking, by.at
    review.asked_of, review.note = reader, request.note
    review.verdict = review.answered_by = review.answered_at = None
    review.version += 1
    session.add(review)
    record(session, by, "review.ask", str(telling), revision=number, of=request.of)
    asked = list_readers(session) if reader is None else [reader]
    return news_of(session, "asked", reading, request.note, to=asked, by=by)


def answer_review(
    session: Session,
    telling: Telling,
    number: int,
    verdict: Verdict,
    *,
    tag: str,
    by: Actor,
) -> News:
    """Approve a revision, or give it back to be changed.

    Raises NotFoundError, StaleError, NothingAskedError, or OwnReviewError.
    """
    reading = get_reading_at(session, telling, number, tag=tag)
    review = reading.review
    if review is None or review.verdict is not None or reading.is_published:
        message = f"no answer is awaited about revision {number} of {telling}"
        raise NothingAskedError(message)
    if review.asked_by_id == by.person_id:
        message = f"{by.who} asked to have revision {number} of {telling} read: another answers"
        raise OwnReviewError(message)
    # Looked up first: an answer is written whole.
    reader = get_person_by_id(session, by.person_id)
    review.verdict, review.answered_by, review.answered_at = verdict, reader, by.at
    review.version += 1
    record(session, by, f"review.{verdict}", str(telling), revision=number)
    asking = list_people_of(session, {review.asked_by_id})
    return news_of(session, verdict, reading, "", to=asking, by=by)


def get_reading_at(session: Session, telling: Telling, number: int, *, tag: str) -> Reading:
    """Return a reading in the state that `tag` names, which nobody else changes meanwhile."""
    get_locked_stop(session, telling.slug)
    reading = get_reading(session, telling, number)
    check_tag(reading.tag, tag)
    return reading


def _get_reader(session: Session, email: str, *, by: Actor) -> Person:
    found = find_person(session, email)
    if found is None or found not in list_readers(session) or found.id == by.person_id:
        message = f"{email} is nobody else who may publish"
        raise UnknownReaderError(message)
    return found


def news_of(
    session: Session,
    kind: str,
    reading: Reading,
    words: str,
    *,
    to: Sequence[Person],
    by: Actor,
) -> News:
    """Return what was done just now, for all whom it concerns but whoever did it."""
    # What was said just now is a part of the state that is answered.
    session.flush()
    return News(
        kind=kind,
        reading=get_reading(session, reading.telling, reading.revision.number),
        who=get_person_by_id(session, by.person_id).name,
        words=words,
        to=[person for person in to if person.id != by.person_id],
    )
