"""Adding up visits."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from tourapp.audience.models import Kind, VisitCount
from tourapp.db import insert_into

_KEY = ["hour_at", "kind", "subject", "lang"]


class Visit(NamedTuple):
    """What was opened, a sign by its code or a page by its address, and in which language."""

    kind: Kind
    subject: str
    lang: str


def add_visits(session: Session, visits: Mapping[Visit, int], *, now: datetime) -> None:
    """Add visits of this hour to what was counted before, by whatever process."""
    hour_at = now.replace(minute=0, second=0, microsecond=0)
    insert = insert_into(session, VisitCount)
    added = {"count": VisitCount.count + insert.excluded.count}
    # Always in the same order: two processes at once wait for each other, and not in a circle.
    rows = [
        {"hour_at": hour_at, **visit._asdict(), "count": count}
        for visit, count in sorted(visits.items())
    ]
    statement = insert.on_conflict_do_update(index_elements=_KEY, set_=added)
    session.connection().execute(statement, rows)
