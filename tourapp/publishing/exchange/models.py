"""Tables of archives that somebody wants to bring in."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from tourapp.db import Model


class StopImport(Model):
    """An archive of stops with what it would change, until its person says yes or a day is over."""

    __tablename__ = "stop_import"

    id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    archive: Mapped[bytes]
    # What each file would do: its name, the outcome, and why where that is not plain.
    findings: Mapped[list[list[str]]] = mapped_column(JSON)
    # A digest of what the archive would change, as it was.
    basis: Mapped[str]
    created_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    applied_at: Mapped[datetime | None]

    @property
    def tag(self) -> str:
        """What whoever says yes has seen."""
        return self.basis[:16]
