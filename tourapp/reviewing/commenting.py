"""Talking about a revision: comments, replies, what is settled. Whoever adds names no state."""

from collections.abc import Collection, Sequence

from sqlalchemy.orm import Session

from tourapp.accounts.models import Person
from tourapp.accounts.services import Actor, get_person_by_id, record
from tourapp.errors import InvalidError, NotFoundError
from tourapp.reviewing.models import WHOLE, Comment
from tourapp.reviewing.queries import Thread, find_author_id, list_people_of
from tourapp.reviewing.services import News, Reading, get_reading, get_reading_at, news_of
from tourapp.stops.editing import Telling, get_locked_stop
from tourapp.stops.models import Revision

LONGEST_TEXT = 2_000


def add_comment(
    session: Session,
    telling: Telling,
    number: int,
    text: str,
    *,
    part: str = WHOLE,
    by: Actor,
) -> News:
    """Say something of a revision, or of a part of it; NotFoundError, or InvalidError if empty."""
    get_locked_stop(session, telling.slug)
    reading = get_reading(session, telling, number)
    comment = _said(reading.revision, text, by=by, part=part)
    session.add(comment)
    record(session, by, "comment.create", str(telling), revision=number)
    return news_of(
        session, "commented", reading, comment.text, to=_people_of(session, reading), by=by
    )


def reply(
    session: Session,
    telling: Telling,
    number: int,
    comment_id: int,
    text: str,
    *,
    by: Actor,
) -> News:
    """Reply to what somebody said, which is open again then; raises as `add_comment`."""
    get_locked_stop(session, telling.slug)
    reading = get_reading(session, telling, number)
    thread = _get_thread(reading, comment_id)
    comment = _said(reading.revision, text, by=by, thread_id=comment_id)
    session.add(comment)
    thread.first.resolved_at = thread.first.resolved_by = None
    record(session, by, "comment.reply", str(telling), revision=number, comment=comment_id)
    taking_part = {each.author_id for each in (thread.first, *thread.replies)}
    to = _people_of(session, reading, taking_part)
    return news_of(session, "replied", reading, comment.text, to=to, by=by)


def settle(
    session: Session, telling: Telling, number: int, comment_id: int, *, tag: str, by: Actor
) -> Reading:
    """Note that nothing more is to be done about a comment; NotFoundError or StaleError."""
    reading = get_reading_at(session, telling, number, tag=tag)
    first = _get_thread(reading, comment_id).first
    first.resolved_at, first.resolved_by = by.at, get_person_by_id(session, by.person_id)
    record(session, by, "comment.settle", str(telling), revision=number, comment=comment_id)
    return reading


def reopen(
    session: Session, telling: Telling, number: int, comment_id: int, *, tag: str, by: Actor
) -> Reading:
    """Note that something is to be done about a comment after all; raises as `settle`."""
    reading = get_reading_at(session, telling, number, tag=tag)
    first = _get_thread(reading, comment_id).first
    first.resolved_at = first.resolved_by = None
    record(session, by, "comment.reopen", str(telling), revision=number, comment=comment_id)
    return reading


def _get_thread(reading: Reading, comment_id: int) -> Thread:
    for thread in reading.threads:
        if thread.first.id == comment_id:
            return thread
    message = f"no thread {comment_id} about revision {reading.revision.number}"
    raise NotFoundError(message)


def _said(
    revision: Revision, text: str, *, by: Actor, part: str = WHOLE, thread_id: int | None = None
) -> Comment:
    written = text.strip()
    if not 0 < len(written) <= LONGEST_TEXT:
        message = f"a comment has 1 to {LONGEST_TEXT} characters"
        raise InvalidError(message)
    return Comment(
        revision_id=revision.id,
        thread_id=thread_id,
        part=part,
        author_id=by.person_id,
        text=written,
        written_at=by.at,
    )


def _people_of(
    session: Session, reading: Reading, others: Collection[int] = ()
) -> Sequence[Person]:
    """Return whoever wrote a revision, asked to have it read or was asked to, and others."""
    ids = {find_author_id(session, reading.telling, reading.revision.number), *others}
    if reading.review is not None:
        ids |= {reading.review.asked_by_id, reading.review.asked_of_id}
    return list_people_of(session, ids)
