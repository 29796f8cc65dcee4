"""The scans of a sign, told apart by the stops that it led to: they follow it where it goes."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tourapp.accounts.models import AuditEvent
from tourapp.audience.models import VisitCount
from tourapp.signage.models import Sign


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """A stop that a sign led to, by the name it had, from when until when, and how often."""

    stop: str
    since: datetime
    until: datetime | None
    scans: int


def list_postings(session: Session, sign: Sign) -> list[Posting]:
    """Return where a sign led to, the first stop first, with the scans that each owes to it.

    Scans are counted by the hour: that of a move is the new stop's. The moves are told by the log,
    which is written with each of them and never changed.
    """
    moved = select(AuditEvent).where(
        AuditEvent.action == "sign.move",
        AuditEvent.subject == sign.code,
    )
    moves = session.scalars(moved.order_by(AuditEvent.id)).all()
    stops = [*(move.detail["stops"][0] for move in moves), sign.stop.slug]
    begins = [sign.created_at, *(move.at for move in moves)]
    ends = [*begins[1:], None]
    return [
        Posting(stop=stop, since=since, until=until, scans=_count(session, sign, since, until))
        for stop, since, until in zip(stops, begins, ends, strict=True)
    ]


def _count(session: Session, sign: Sign, since: datetime, until: datetime | None) -> int:
    counted = select(func.sum(VisitCount.count)).where(
        VisitCount.kind == "sign",
        VisitCount.subject == sign.code,
        VisitCount.hour_at >= _hour(since),
    )
    if until is not None:
        counted = counted.where(VisitCount.hour_at < _hour(until))
    return int(session.scalar(counted) or 0)


def _hour(moment: datetime) -> datetime:
    return moment.replace(minute=0, second=0, microsecond=0)
