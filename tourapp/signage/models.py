"""The table of signs."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tourapp.db import Model
from tourapp.stops.models import Stop


class Sign(Model):
    """A printed plate: its code is for ever, the stop that it leads to may change."""

    __tablename__ = "sign"
    __table_args__ = (CheckConstraint("length(code) = 6", name="code_length"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    stop_id: Mapped[int] = mapped_column(ForeignKey("stop.id"), index=True)
    created_at: Mapped[datetime]

    stop: Mapped[Stop] = relationship()
