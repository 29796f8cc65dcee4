"""The table of letters that have not left yet."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tourapp.accounts.models import Person
from tourapp.db import Model, among
from tourapp.mail import HINDRANCES, Hindrance


class Letter(Model):
    """What somebody is written, until it has left; given up, it keeps neither text nor seed.

    A link in it is not kept, but what it is made from by whoever has the installation's key.
    """

    __tablename__ = "letter"
    __table_args__ = (
        CheckConstraint(among("hindrance", HINDRANCES), name="hindrance_known"),
        CheckConstraint("(hindrance IS NULL) = (answer IS NULL)", name="hindrance_whole"),
        CheckConstraint(
            "next_attempt_at IS NOT NULL OR (text = '' AND coalesce(link_seed, '') = '')",
            name="given_up_is_bare",
        ),
        CheckConstraint("ends_at > made_at", name="ends_later"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    subject: Mapped[str]
    text: Mapped[str]
    link_seed: Mapped[str | None]
    made_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    attempts: Mapped[int]
    next_attempt_at: Mapped[datetime | None]
    hindrance: Mapped[Hindrance | None] = mapped_column(String)
    answer: Mapped[str | None]

    person: Mapped[Person] = relationship()
