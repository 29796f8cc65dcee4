"""The table of batches of plates that are printed for staff."""

from datetime import datetime
from typing import Any, Literal, get_args

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tourapp.accounts.models import Person
from tourapp.db import Model

BatchState = Literal["wanted", "printing", "ready", "failed"]

BATCH_STATES: tuple[BatchState, ...] = get_args(BatchState)

_STATES = ", ".join(repr(state) for state in BATCH_STATES)


class SignBatch(Model):
    """Signs that somebody ordered, as one file; gone with it within the hour."""

    __tablename__ = "sign_batch"
    __table_args__ = (
        CheckConstraint(f"state IN ({_STATES})", name="state_known"),
        CheckConstraint(
            "(state = 'ready') = (file_media IS NOT NULL AND file_bytes IS NOT NULL)",
            name="ready_is_whole",
        ),
        CheckConstraint("(state = 'printing') = (lease_ends_at IS NOT NULL)", name="leased"),
        CheckConstraint("(state = 'failed') = (failure IS NOT NULL)", name="failure_told"),
        CheckConstraint("signs > 0", name="signs_positive"),
        CheckConstraint("ends_at > created_at", name="ends_later"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    ordered: Mapped[dict[str, Any]] = mapped_column(JSON)
    signs: Mapped[int]
    state: Mapped[BatchState] = mapped_column(String)
    attempts: Mapped[int]
    lease: Mapped[str | None]
    lease_ends_at: Mapped[datetime | None]
    failure: Mapped[str | None]
    file_media: Mapped[str | None]
    file_bytes: Mapped[int | None]
    created_at: Mapped[datetime]
    ends_at: Mapped[datetime]

    person: Mapped[Person] = relationship()
