"""Adding up visits."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Dialect
from sqlalchemy.orm import Session

from tourapp.audience.models import Kind, VisitCount
from tourapp.db import insert_into, positional_sql

_KEY = ["hour_at", "kind", "subject", "lang"]


class Visit(NamedTuple):
    """What was opened, a sign by its code or a page by its address, and in which language."""

    kind: Kind
    subject: str
    lang: str


def add_visits(session: Session, visits: Mapping[Visit, int], *, now: datetime) -> None:
    """Add visits of this hour to what was counted before, by whatever process."""
    connection = session.connection()
    insert = insert_into(session, VisitCount)
    added = {"count": VisitCount.count + insert.excluded.count}
    statement = insert.on_conflict_do_update(index_elements=_KEY, set_=added)
    hour_at = _as_kept(now.replace(minute=0, second=0, microsecond=0), connection.dialect)
    # Always in the same order: two processes at once wait for each other, and not in a circle.
    rows = [(hour_at, *visit, count) for visit, count in sorted(visits.items())]
    # By the driver itself: with thousands of pages a second, the hour is not converted for each.
    connection.exec_driver_sql(positional_sql(statement, connection.dialect), rows)


def _as_kept(hour_at: datetime, dialect: Dialect) -> Any:  # noqa: ANN401 -- whatever the driver takes
    convert = VisitCount.__table__.c.hour_at.type.dialect_impl(dialect).bind_processor(dialect)
    return hour_at if convert is None else convert(hour_at)
