"""Reading the log of what was changed."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tourapp.accounts.models import AuditEvent

PAGE_SIZE = 50


def count_events(session: Session) -> int:
    """Return how many lines the log has."""
    return session.scalar(select(func.count(AuditEvent.id))) or 0


def list_events(session: Session, *, offset: int) -> Sequence[AuditEvent]:
    """Return a page of the log, the newest first."""
    newest_first = select(AuditEvent).order_by(AuditEvent.id.desc())
    return session.scalars(newest_first.offset(offset).limit(PAGE_SIZE)).all()
