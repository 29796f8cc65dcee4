"""Adding up visits."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import JSON, Insert, Integer, cast, func, literal, select, true
from sqlalchemy.orm import Session

from tourapp.audience.models import Kind, VisitCount
from tourapp.db import insert_into

_KEY = ["hour_at", "kind", "subject", "lang"]

# The function of each database that makes rows of a JSON object, of a name and a value each.
_PAIRS = {"sqlite": func.json_each, "postgresql": func.json_each_text}


Opened = tuple[Kind, str]
"""What kind of thing was opened, and in which language."""


def add_visits(
    session: Session, visits: Mapping[Opened, Mapping[str, int]], *, now: datetime
) -> None:
    """Add visits of this hour to what was counted before, by whatever process.

    They come by the code of a sign or the address of a page, for each kind and language.
    """
    hour_at = now.replace(minute=0, second=0, microsecond=0)
    # Always in the same order: two processes at once wait for each other, and not in a circle.
    for opened in sorted(visits):
        session.execute(_addition(session, hour_at, opened, visits[opened]))


def _addition(
    session: Session, hour_at: datetime, opened: Opened, counts: Mapping[str, int]
) -> Insert:
    """Return one statement for thousands of pages.

    Row by row, the thread that writes them would wait for those that answer visitors at each.
    """
    kind, lang = opened
    pairs = _PAIRS[session.get_bind().dialect.name](literal(counts, JSON))
    row = pairs.table_valued("key", "value").c
    added = (
        select(
            literal(hour_at, VisitCount.hour_at.type),
            literal(kind),
            row.key,
            literal(lang),
            cast(row.value, Integer),
        )
        # SQLite would take ON CONFLICT for a part of a join.
        .where(true())
        .order_by(row.key)
    )
    insert = insert_into(session, VisitCount).from_select([*_KEY, "count"], added)
    total = VisitCount.count + insert.excluded.count
    return insert.on_conflict_do_update(index_elements=_KEY, set_={"count": total})
