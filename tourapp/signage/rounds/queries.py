"""Scans by sign and day, added up from what was counted by the hour."""

from collections import defaultdict
from datetime import UTC, date, datetime, time

from sqlalchemy import ColumnElement, Date, func, select, type_coerce
from sqlalchemy.orm import Session

from tourapp.audience.models import VisitCount

ScansByDay = dict[date, int]


def list_scans(session: Session, *, since: date) -> dict[str, ScansByDay]:
    """Return the scans of each code on each day, in UTC, from a day on."""
    day, count = _day(session), func.sum(VisitCount.count)
    begin = datetime.combine(since, time(), UTC)
    counted = select(VisitCount.subject, day, count).where(
        VisitCount.kind == "sign",
        VisitCount.hour_at >= begin,
    )
    scans: defaultdict[str, ScansByDay] = defaultdict(dict)
    for code, scanned_on, scanned in session.execute(counted.group_by(VisitCount.subject, day)):
        scans[code][scanned_on] = int(scanned)
    return dict(scans)


def _day(session: Session) -> ColumnElement[date]:
    hour = VisitCount.hour_at
    if session.get_bind().dialect.name == "postgresql":
        # Else the day would be the one of the database's own zone.
        return type_coerce(func.date(func.timezone("UTC", hour)), Date)
    return type_coerce(func.date(hour), Date)
