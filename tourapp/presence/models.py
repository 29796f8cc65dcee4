"""The table of who has which text open."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from tourapp.db import Model


class Presence(Model):
    """Somebody had a text open at a moment; it ends by itself, and is then deleted."""

    __tablename__ = "presence"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    stop_id: Mapped[int] = mapped_column(ForeignKey("stop.id"), primary_key=True)
    lang: Mapped[str] = mapped_column(primary_key=True)
    variant: Mapped[str] = mapped_column(primary_key=True)
    seen_at: Mapped[datetime] = mapped_column(index=True)
