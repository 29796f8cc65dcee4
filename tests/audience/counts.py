"""What was counted, once a worker added it up."""

from sqlalchemy import select

from tourapp.audience.models import VisitCount
from tourapp.audience.services import add_up
from tourapp.db import Database


def counted(database: Database) -> dict[tuple[str, str, str], int]:
    """Add up whatever was handed in; return the counts by kind, subject and language."""
    with database.transaction() as session:
        add_up(session, most=1_000)
        rows = session.scalars(select(VisitCount)).all()
    return {(row.kind, row.subject, row.lang): row.count for row in rows}
