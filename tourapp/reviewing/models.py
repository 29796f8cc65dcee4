"""Tables of reviews that were asked for, and of what was said of a revision."""

from datetime import datetime
from typing import Literal, get_args

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tourapp.accounts.models import Person
from tourapp.db import Model, among
from tourapp.stops.content import LONGEST

Verdict = Literal["approved", "returned"]

VERDICTS: tuple[Verdict, ...] = get_args(Verdict)

WHOLE = ""
"""What stands for the part where a comment is about all of a text."""


class Review(Model):
    """Somebody asked to have a revision read; asked again, it waits for an answer again.

    `asked_of_id` names who is to read it; without it, whoever may publish.
    """

    __tablename__ = "review"
    __table_args__ = (
        CheckConstraint(among("verdict", VERDICTS), name="verdict_known"),
        CheckConstraint(
            "(verdict IS NULL) = (answered_at IS NULL)"
            " AND (verdict IS NULL) = (answered_by_id IS NULL)",
            name="answer_whole",
        ),
        CheckConstraint("version > 0", name="version_positive"),
    )

    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"), primary_key=True)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_of_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    note: Mapped[str]
    asked_at: Mapped[datetime]
    verdict: Mapped[Verdict | None] = mapped_column(String)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    answered_at: Mapped[datetime | None]
    version: Mapped[int]

    asked_by: Mapped[Person] = relationship(foreign_keys=[asked_by_id])
    asked_of: Mapped[Person | None] = relationship(foreign_keys=[asked_of_id])
    answered_by: Mapped[Person | None] = relationship(foreign_keys=[answered_by_id])


class Comment(Model):
    """What somebody said of a revision, or replied; the first of a thread is settled for all."""

    __tablename__ = "comment"
    __table_args__ = (
        CheckConstraint(among("part", (WHOLE, *LONGEST)), name="part_known"),
        CheckConstraint("length(text) > 0", name="text_given"),
        CheckConstraint(
            "(resolved_at IS NULL) = (resolved_by_id IS NULL)"
            " AND (resolved_at IS NULL OR thread_id IS NULL)",
            name="resolved_whole",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"), index=True)
    thread_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id"))
    part: Mapped[str]
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    text: Mapped[str]
    written_at: Mapped[datetime]
    resolved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    resolved_at: Mapped[datetime | None]

    author: Mapped[Person] = relationship(foreign_keys=[author_id])
    resolved_by: Mapped[Person | None] = relationship(foreign_keys=[resolved_by_id])
