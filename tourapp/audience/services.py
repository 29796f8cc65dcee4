"""Adding up visits."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import JSON, column, func, literal, select, true
from sqlalchemy.orm import Session

from tourapp.audience.models import Kind, VisitCount
from tourapp.db import insert_into

_KEY = ["hour_at", "kind", "subject", "lang"]

# The function of each database that makes rows of a JSON array.
_ELEMENTS = {"sqlite": func.json_each, "postgresql": func.json_array_elements}


class Visit(NamedTuple):
    """What was opened, a sign by its code or a page by its address, and in which language."""

    kind: Kind
    subject: str
    lang: str


def add_visits(session: Session, visits: Mapping[Visit, int], *, now: datetime) -> None:
    """Add visits of this hour to what was counted before, by whatever process.

    Thousands of pages a second are one statement with one value: row by row, the thread that writes
    them would wait for those that answer visitors at each.
    """
    hour_at = now.replace(minute=0, second=0, microsecond=0)
    given = literal([[*visit, count] for visit, count in visits.items()], JSON)
    elements = _ELEMENTS[session.get_bind().dialect.name]
    row = elements(given).table_valued(column("value", JSON)).c.value
    opened = [row[place].as_string() for place in range(len(Visit._fields))]
    count = row[len(Visit._fields)].as_integer()
    added = (
        select(literal(hour_at, VisitCount.hour_at.type), *opened, count)
        # SQLite would take ON CONFLICT for a part of a join.
        .where(true())
        # Always in the same order: two processes at once wait for each other, and not in a circle.
        .order_by(*opened)
    )
    insert = insert_into(session, VisitCount).from_select([*_KEY, "count"], added)
    total = VisitCount.count + insert.excluded.count
    session.execute(insert.on_conflict_do_update(index_elements=_KEY, set_={"count": total}))
