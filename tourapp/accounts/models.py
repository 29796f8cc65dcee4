"""Tables of people, their roles, their tokens, and the log of what was changed."""

from datetime import datetime
from typing import Any, Literal

from sqlalchemy import JSON, CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tourapp.accounts.permissions import ROLES
from tourapp.db import Model

Origin = Literal["api", "command", "page"]

_ROLES = ", ".join(repr(role) for role in ROLES)


class Person(Model):
    """Somebody who works with the stops; never deleted, so that the log keeps its names."""

    __tablename__ = "person"
    __table_args__ = (CheckConstraint("email = lower(email)", name="email_lower"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]
    password_hash: Mapped[str | None]
    totp_secret: Mapped[str | None]
    totp_step: Mapped[int | None]

    held_roles: Mapped[list["PersonRole"]] = relationship(
        lazy="selectin",
        order_by="PersonRole.role",
        cascade="all, delete-orphan",
    )

    @property
    def roles(self) -> list[str]:
        """The names of the roles held."""
        return [held.role for held in self.held_roles]

    @property
    def has_second_factor(self) -> bool:
        """Whether a code is asked for after the password."""
        return self.totp_step is not None


class PersonRole(Model):
    """A role that a person holds."""

    __tablename__ = "person_role"
    __table_args__ = (CheckConstraint(f"role IN ({_ROLES})", name="role_known"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)


class Token(Model):
    """A key to the API: known by its digest alone, for a part of its person's permissions."""

    __tablename__ = "token"
    __table_args__ = (CheckConstraint("ends_at > created_at", name="ends_later"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    label: Mapped[str]
    digest: Mapped[str] = mapped_column(unique=True)
    scopes: Mapped[list[str]] = mapped_column(JSON)
    created_at: Mapped[datetime]
    ends_at: Mapped[datetime]

    person: Mapped[Person] = relationship()


class AuditEvent(Model):
    """What somebody changed: who, what, when and from where; rows are only ever added."""

    __tablename__ = "audit_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    who: Mapped[str]
    action: Mapped[str]
    subject: Mapped[str] = mapped_column(index=True)
    origin: Mapped[str]
    request_id: Mapped[str | None]
    detail: Mapped[dict[str, Any]] = mapped_column(JSON)
