"""Adding up visits."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from tourapp.audience.models import Kind, VisitCount
from tourapp.db import insert_into


@dataclass(frozen=True, slots=True)
class Visit:
    """What was opened: a sign by its code or a page by its address, in a language, in an hour."""

    hour_at: datetime
    kind: Kind
    subject: str
    lang: str


def add_visits(session: Session, visits: Mapping[Visit, int]) -> None:
    """Add to what was counted before, by whatever process."""
    for visit, count in sorted(visits.items(), key=lambda item: str(item[0])):
        insert = insert_into(session, VisitCount).values(**asdict(visit), count=count)
        added = {"count": VisitCount.count + insert.excluded.count}
        session.execute(insert.on_conflict_do_update(index_elements=_KEY, set_=added))


_KEY = ["hour_at", "kind", "subject", "lang"]
