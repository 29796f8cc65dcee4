"""Looking at what was counted and not added up yet."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourapp.audience.models import VisitBatch


def is_any_handed_in(session: Session) -> bool:
    """Tell whether any batch of visits waits to be added up."""
    return session.scalar(select(select(VisitBatch.id).exists())) is True
