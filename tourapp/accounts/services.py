"""People and their tokens: made, known again, switched off."""

import hashlib
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourapp.accounts.models import AuditEvent, Origin, Person, PersonRole, Token
from tourapp.accounts.permissions import PERMISSIONS, ROLES, granted
from tourapp.errors import (
    ConflictError,
    ForbiddenError,
    InvalidError,
    NotFoundError,
    UnauthenticatedError,
)

TOKEN_PREFIX = "tour_"  # noqa: S105 -- what every token begins with, so that scanners know one

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


class UnknownTokenError(UnauthenticatedError):
    """No token, or one that is unknown, has ended, or whose person is disabled."""


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
        raise InvalidError(message)
    if unknown := sorted(set(roles) - set(ROLES)):
        message = f"unknown roles {', '.join(unknown)}; there are {', '.join(ROLES)}"
        raise InvalidError(message)
    if find_person(session, address) is not None:
        message = f"{address} is known already"
        raise ConflictError(message)
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


def disable_person(session: Session, person: Person, *, by: Actor) -> None:
    """Let nothing of this person's work any more: every token is refused from now on."""
    person.disabled_at = person.disabled_at or by.at
    record(session, by, "person.disable", person.email)


def issue_token(
    session: Session,
    person: Person,
    *,
    label: str,
    scopes: Sequence[str],
    days: int,
    by: Actor,
) -> str:
    """Make a token and return it, this once; only its digest is kept.

    Its scopes are permissions that the person has. Raises InvalidError or ForbiddenError.
    """
    if person.disabled_at is not None:
        message = f"{person.email} is disabled"
        raise ForbiddenError(message)
    if days < 1:
        message = f"expected at least one day, got {days}"
        raise InvalidError(message)
    if beyond := sorted(set(scopes) - granted(person.roles)):
        message = f"{person.email} may not {', '.join(beyond)}"
        raise InvalidError(message)
    secret = TOKEN_PREFIX + secrets.token_urlsafe(32)
    token = Token(
        person_id=person.id,
        label=label,
        digest=_digest(secret),
        scopes=sorted(set(scopes)),
        created_at=by.at,
        ends_at=by.at + timedelta(days=days),
    )
    session.add(token)
    record(session, by, "token.create", person.email, label=label, scopes=token.scopes)
    return secret


def authenticate(
    session: Session,
    secret: str,
    *,
    now: datetime,
    request_id: str | None = None,
) -> Actor:
    """Return who bears a token, with what it is good for, or raise UnknownTokenError."""
    token = session.scalar(select(Token).where(Token.digest == _digest(secret)))
    if token is None or token.ends_at <= now or token.person.disabled_at is not None:
        message = "the token is unknown, has ended, or belongs to somebody who left"
        raise UnknownTokenError(message)
    return Actor(
        who=token.person.email,
        at=now,
        origin="api",
        permissions=granted(token.person.roles) & frozenset(token.scopes),
        person_id=token.person_id,
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


def _digest(secret: str) -> str:
    # The secret has 256 bits of its own: a slow hash would only slow the service.
    return hashlib.sha256(secret.encode()).hexdigest()
