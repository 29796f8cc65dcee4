"""Tables of what lets people in: links, sign-ins, recovery codes, and attempts that failed."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tourapp.accounts.models import Person
from tourapp.db import Model


class Link(Model):
    """A way in without a password, to choose one: known by its digest, good once."""

    __tablename__ = "link"
    __table_args__ = (CheckConstraint("ends_at > created_at", name="ends_later"),)

    digest: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    created_at: Mapped[datetime]
    ends_at: Mapped[datetime]

    person: Mapped[Person] = relationship()


class SignIn(Model):
    """Somebody at work on a device, from the password on; gone when they leave."""

    __tablename__ = "sign_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    device: Mapped[str]
    began_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    is_whole: Mapped[bool]

    person: Mapped[Person] = relationship()


class RecoveryCode(Model):
    """What stands in once for a phone that is lost."""

    __tablename__ = "recovery_code"

    digest: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)


class Attempts(Model):
    """How often it was tried in vain, by an account, an address or a device: a keyed digest."""

    __tablename__ = "attempts"

    key: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]
    last_at: Mapped[datetime]
