"""People and their roles, who acts as one of them, and the log of what they changed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from tourapp.accounts.models import AuditEvent, Origin, Person, PersonRole
from tourapp.accounts.permissions import PERMISSIONS, ROLES, granted
from tourapp.accounts.posting.services import forget_letters
from tourapp.errors import (
    ConflictError,
    ForbiddenError,
    InvalidError,
    NotFoundError,
)

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Whoever changes something, when: a person by the API, or an operator by a command."""

    who: str
    at: datetime
    origin: Origin
    permissions: frozenset[str]
    person_id: int | None = None
    request_id: str | None = None

    def require(self, permission: str) -> None:
        """Raise ForbiddenError where the actor lacks a permission."""
        if permission not in self.permissions:
            message = f"{self.who} lacks the permission {permission!r}"
            raise ForbiddenError(message)


class UnknownAddressError(InvalidError):
    """What should be an e-mail address is none."""


class KnownAddressError(ConflictError):
    """Somebody has this address already."""


class LastAdministratorError(ConflictError):
    """Nobody would be left who may let others in."""


def operator(name: str, *, now: datetime) -> Actor:
    """Return whoever may run commands on this machine, who may do everything."""
    return Actor(who=name, at=now, origin="command", permissions=frozenset(PERMISSIONS))


def create_person(
    session: Session,
    *,
    email: str,
    name: str,
    roles: Sequence[str],
    by: Actor,
) -> Person:
    """Make somebody known. Raises InvalidError or ConflictError."""
    address = email.strip().lower()
    if not _EMAIL.fullmatch(address):
        message = f"expected an e-mail address, got {email!r}"
        raise UnknownAddressError(message)
    _check_roles(roles)
    if find_person(session, address) is not None:
        message = f"{address} is known already"
        raise KnownAddressError(message)
    person = Person(email=address, name=name.strip() or address, created_at=by.at)
    person.held_roles = [PersonRole(role=role) for role in sorted(set(roles))]
    session.add(person)
    record(session, by, "person.create", address, roles=sorted(set(roles)))
    return person


def find_person(session: Session, email: str) -> Person | None:
    """Return the person of an address."""
    return session.scalar(select(Person).where(Person.email == email.strip().lower()))


def get_person(session: Session, email: str) -> Person:
    """Return the person of an address, or raise NotFoundError."""
    person = find_person(session, email)
    if person is None:
        message = f"nobody is known as {email!r}"
        raise NotFoundError(message)
    return person


def list_people(session: Session) -> Sequence[Person]:
    """Return everybody, by address."""
    return session.scalars(select(Person).order_by(Person.email)).all()


def get_person_by_id(session: Session, person_id: int | None) -> Person:
    """Return a person by their id, or raise NotFoundError."""
    person = session.get(Person, person_id)
    if person is None:
        message = "there is no such person"
        raise NotFoundError(message)
    return person


def lock_people(session: Session) -> None:
    """Have whoever else changes people wait, always in one order, so that none block each other."""
    session.execute(select(Person.id).order_by(Person.id).with_for_update())


def has_administrator(session: Session) -> bool:
    """Tell whether somebody who may let others in has a password."""
    administrators = _administrators().where(Person.password_hash.is_not(None))
    return session.scalar(administrators.limit(1)) is not None


def disable_person(session: Session, person: Person, *, by: Actor) -> None:
    """Let nothing of this person's work any more: tokens and sign-ins are refused from now on.

    No letter that waits reaches them. Raises LastAdministratorError.
    """
    _require_another_administrator(session, person)
    person.disabled_at = person.disabled_at or by.at
    forget_letters(session, person)
    record(session, by, "person.disable", person.email)


def enable_person(session: Session, person: Person, *, by: Actor) -> None:
    """Let somebody in again who was disabled."""
    person.disabled_at = None
    record(session, by, "person.enable", person.email)


def set_roles(session: Session, person: Person, roles: Sequence[str], *, by: Actor) -> None:
    """Give a person these roles and no others. Raises InvalidError or LastAdministratorError."""
    _check_roles(roles)
    if "administration" not in roles:
        _require_another_administrator(session, person)
    person.held_roles = [held for held in person.held_roles if held.role in roles] + [
        PersonRole(role=role) for role in sorted(set(roles) - set(person.roles))
    ]
    record(session, by, "person.roles", person.email, roles=sorted(set(roles)))


def actor_of(
    person: Person,
    *,
    origin: Origin,
    now: datetime,
    request_id: str | None = None,
) -> Actor:
    """Return a person as whoever changes something, with all that their roles permit."""
    return Actor(
        who=person.email,
        at=now,
        origin=origin,
        permissions=granted(person.roles),
        person_id=person.id,
        request_id=request_id,
    )


def record(
    session: Session,
    by: Actor,
    action: str,
    subject: str,
    **detail: Any,  # noqa: ANN401 -- whatever JSON can hold
) -> None:
    """Add a line to the log, in the transaction of the change that it tells of."""
    event = AuditEvent(
        at=by.at,
        person_id=by.person_id,
        who=by.who,
        action=action,
        subject=subject,
        origin=by.origin,
        request_id=by.request_id,
        detail=detail,
    )
    session.add(event)


def _check_roles(roles: Sequence[str]) -> None:
    if unknown := sorted(set(roles) - set(ROLES)):
        message = f"unknown roles {', '.join(unknown)}; there are {', '.join(ROLES)}"
        raise InvalidError(message)


def _administrators() -> Select[int]:
    held = select(PersonRole.person_id).join(Person, Person.id == PersonRole.person_id)
    return held.where(PersonRole.role == "administration", Person.disabled_at.is_(None))


def _require_another_administrator(session: Session, person: Person) -> None:
    lock_people(session)
    active = session.scalars(_administrators()).all()
    if active == [person.id]:
        message = f"{person.email} is the last administrator"
        raise LastAdministratorError(message)
