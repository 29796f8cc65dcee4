"""Handing in visits, and adding them up."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import JSON, Insert, Integer, cast, delete, func, literal, select, true
from sqlalchemy.orm import Session

from tourapp.audience.models import Kind, VisitBatch, VisitCount
from tourapp.db import insert_into

_KEY = ["hour_at", "kind", "subject", "lang"]

# The function of each database that makes rows of a JSON object, of a name and a value each.
_PAIRS = {"sqlite": func.json_each, "postgresql": func.json_each_text}


Opened = tuple[Kind, str]
"""What kind of thing was opened, and in which language."""


Visits = Mapping[Opened, Mapping[str, int]]
"""How often, by the code of a sign or the address of a page, for each kind and language."""


def hand_in(session: Session, visits: Visits, *, now: datetime) -> None:
    """Keep visits of this hour until they are added up."""
    counts = [[kind, lang, subjects] for (kind, lang), subjects in visits.items()]
    session.add(VisitBatch(hour_at=_hour_of(now), counts=counts))


def add_up(session: Session, *, most: int) -> bool:
    """Add the oldest batches, so many at most, to the counts, and tell whether there were any."""
    oldest = select(VisitBatch.id).order_by(VisitBatch.id).limit(most)
    # Taken as they are read: of two workers at once, only one adds a batch.
    taken = delete(VisitBatch).where(VisitBatch.id.in_(oldest))
    by_hour: dict[datetime, defaultdict[Opened, Counter[str]]] = {}
    for hour_at, counts in session.execute(taken.returning(VisitBatch.hour_at, VisitBatch.counts)):
        visits = by_hour.setdefault(hour_at, defaultdict(Counter))
        for kind, lang, subjects in counts:
            visits[kind, lang].update(subjects)
    for hour_at, visits in sorted(by_hour.items()):
        add_visits(session, visits, now=hour_at)
    return bool(by_hour)


def add_visits(session: Session, visits: Visits, *, now: datetime) -> None:
    """Add visits of this hour to what was counted before, by whatever process."""
    hour_at = _hour_of(now)
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


def _hour_of(now: datetime) -> datetime:
    return now.replace(minute=0, second=0, microsecond=0)
