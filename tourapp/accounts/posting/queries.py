"""Which letters do not leave."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from tourapp.accounts.posting.models import Letter
from tourapp.mail import Hindrance

OVERDUE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delay:
    """How many letters wait, the oldest of them since when, and what hindered the newest one.

    The newest is tried most often: what hindered it is news.
    """

    count: int
    since: datetime
    hindrance: Hindrance | None
    answer: str | None


def find_delay(session: Session, *, now: datetime) -> Delay | None:
    """Return how it stands with letters that were tried in vain, or that nobody tries."""
    delayed = or_(Letter.hindrance.is_not(None), Letter.made_at <= now - OVERDUE)
    rows = session.execute(
        select(Letter.made_at, Letter.hindrance, Letter.answer)
        .where(Letter.next_attempt_at.is_not(None), delayed)
        .order_by(Letter.made_at),
    ).all()
    if not rows:
        return None
    newest = rows[-1]
    return Delay(
        count=len(rows),
        since=rows[0].made_at,
        hindrance=newest.hindrance,
        answer=newest.answer,
    )


def list_given_up(session: Session) -> Sequence[Letter]:
    """Return the letters that were given up, the newest first."""
    given_up = select(Letter).where(Letter.next_attempt_at.is_(None))
    return session.scalars(given_up.order_by(Letter.made_at.desc())).all()
