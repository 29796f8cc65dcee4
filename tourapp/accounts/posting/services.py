"""Letters written, claimed, gone or given up.

The next attempt is set before each attempt: that is a letter's lease. A worker that is killed
leaves it to the next one, so that a letter may leave twice, under one name, and never not at all.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import case, delete, or_, select, update
from sqlalchemy.orm import Session

from tourapp.accounts.models import Person
from tourapp.accounts.posting.models import Letter
from tourapp.mail import REFUSED, UndeliveredError
from tourapp.retrying import retry_delay

NEWS_GOOD_FOR = timedelta(days=3)
TOLD_FOR = timedelta(days=7)
"""How long one knows of a letter that was given up."""

FIRST_DELAY = timedelta(minutes=2)
"""Longer than a mail server is waited for, so that nobody else sends the letter meanwhile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What somebody is to be told, and for how long it is good for anything."""

    subject: str
    text: str
    good_for: timedelta = NEWS_GOOD_FOR


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterClaim:
    """A letter taken for sending, and to which address."""

    letter_id: str
    to: str
    subject: str
    text: str
    link_seed: str | None
    made_at: datetime


def write_letter(
    session: Session,
    person: Person,
    message: Message,
    *,
    at: datetime,
    link_seed: str | None = None,
) -> None:
    """Have a letter leave once this transaction is committed.

    Where it brings a link, its text has a mark, and `link_seed` is what the link is made from.
    """
    letter = Letter(
        id=secrets.token_hex(16),
        person_id=person.id,
        subject=message.subject,
        text=message.text,
        link_seed=link_seed,
        made_at=at,
        ends_at=at + message.good_for,
        attempts=0,
        next_attempt_at=at,
    )
    session.add(letter)


def forget_letters(session: Session, person: Person) -> None:
    """Send somebody nothing of what waits, and tell nothing of what was given up."""
    session.execute(delete(Letter).where(Letter.person_id == person.id))


def forget_letters_with_link(session: Session, person: Person) -> None:
    """Do the same with those that bring a link: it is good no more."""
    brings_link = Letter.link_seed.is_not(None)
    session.execute(delete(Letter).where(Letter.person_id == person.id, brings_link))


def is_anything_to_do(session: Session, *, now: datetime) -> bool:
    """Tell whether a letter is due, or has waited or been told of for long enough."""
    ready = or_(Letter.next_attempt_at <= now, Letter.ends_at <= now)
    return session.scalar(select(Letter.id).where(ready).limit(1)) is not None


def claim_letter(session: Session, *, now: datetime) -> LetterClaim | None:
    """Take the letter that is due longest, until its next attempt, or None where none is."""
    letter = session.scalar(
        select(Letter)
        .where(Letter.next_attempt_at <= now, Letter.ends_at > now)
        .order_by(Letter.next_attempt_at)
        .limit(1)
        .with_for_update(skip_locked=True),
    )
    if letter is None:
        return None
    letter.attempts += 1
    letter.next_attempt_at = now + retry_delay(letter.attempts, first=FIRST_DELAY)
    return LetterClaim(
        letter_id=letter.id,
        to=letter.person.email,
        subject=letter.subject,
        text=letter.text,
        link_seed=letter.link_seed,
        made_at=letter.made_at,
    )


def record_sent(session: Session, claim: LetterClaim) -> None:
    """Forget a letter that has left."""
    session.execute(delete(Letter).where(Letter.id == claim.letter_id))


def record_hindered(
    session: Session, claim: LetterClaim, error: UndeliveredError, *, now: datetime
) -> None:
    """Record what hindered a letter; one that is refused is given up."""
    given_up = _given_up(now) if error.hindrance == REFUSED else {}
    told = {"hindrance": error.hindrance, "answer": error.answer}
    session.execute(update(Letter).where(Letter.id == claim.letter_id).values(told | given_up))


def end_letters(session: Session, *, now: datetime) -> int:
    """Give up what has waited in vain, forget what was told long enough, and count the former."""
    over = Letter.ends_at <= now
    session.execute(delete(Letter).where(over, Letter.next_attempt_at.is_(None)))
    given_up = update(Letter).where(over).values(_given_up(now)).returning(Letter.id)
    return len(session.scalars(given_up).all())


def _given_up(now: datetime) -> dict[str, Any]:
    # That there was a link stays known: another one takes this letter away.
    seed = case((Letter.link_seed.is_not(None), ""))
    return {"next_attempt_at": None, "text": "", "link_seed": seed, "ends_at": now + TOLD_FOR}
