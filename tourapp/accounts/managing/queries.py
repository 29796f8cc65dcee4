"""Reading the log of what was changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from tourapp.accounts.models import AuditEvent, Origin

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class EventQuery:
    """Which lines of the log are asked for; nothing that is given asks for all of them.

    An action is meant with all that begins with it: `sign_in` with `sign_in.end`.
    """

    who: str | None = None
    action: str | None = None
    subject: str | None = None
    origin: Origin | None = None
    since: datetime | None = None
    until: datetime | None = None


EVERYTHING = EventQuery()


def count_events(session: Session, query: EventQuery = EVERYTHING) -> int:
    """Return how many lines of the log are asked for."""
    return session.scalar(select(func.count(AuditEvent.id)).where(*_conditions(query))) or 0


def list_events(
    session: Session,
    query: EventQuery = EVERYTHING,
    *,
    offset: int,
    limit: int = PAGE_SIZE,
) -> Sequence[AuditEvent]:
    """Return a page of the log, the newest first."""
    newest_first = select(AuditEvent).where(*_conditions(query)).order_by(AuditEvent.id.desc())
    return session.scalars(newest_first.offset(offset).limit(limit)).all()


def _conditions(query: EventQuery) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [
        column == wanted
        for column, wanted in (
            (AuditEvent.who, query.who),
            (AuditEvent.subject, query.subject),
            (AuditEvent.origin, query.origin),
        )
        if wanted is not None
    ]
    if query.action is not None:
        begins = AuditEvent.action.startswith(f"{query.action}.", autoescape=True)
        conditions.append(or_(AuditEvent.action == query.action, begins))
    if query.since is not None:
        conditions.append(AuditEvent.at >= query.since)
    if query.until is not None:
        conditions.append(AuditEvent.at < query.until)
    return conditions
