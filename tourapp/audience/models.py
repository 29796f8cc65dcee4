"""The tables of counts."""

from datetime import datetime
from typing import Any, Literal, get_args

from sqlalchemy import JSON, CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from tourapp.db import Model

Kind = Literal["sign", "page", "play", "whole_play"]

_KINDS = ", ".join(repr(kind) for kind in get_args(Kind))


class VisitCount(Model):
    """How often something was opened within one hour, in one language.

    The subject is a sign's code, or the address of a page: the one that was opened, or the one
    whose sound was begun (`play`) or heard to its end (`whole_play`).
    """

    __tablename__ = "visit_count"
    __table_args__ = (
        CheckConstraint(f"kind IN ({_KINDS})", name="kind_known"),
        CheckConstraint("count > 0", name="count_positive"),
        {"sqlite_with_rowid": False},
    )

    hour_at: Mapped[datetime] = mapped_column(primary_key=True)
    kind: Mapped[Kind] = mapped_column(String, primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)
    lang: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]


class VisitBatch(Model):
    """What one process counted in a second or so of one hour, and nobody added to the counts yet.

    One row for thousands of pages: who answers visitors writes no more than that.
    """

    __tablename__ = "visit_batch"

    id: Mapped[int] = mapped_column(primary_key=True)
    hour_at: Mapped[datetime]
    counts: Mapped[list[Any]] = mapped_column(JSON)
