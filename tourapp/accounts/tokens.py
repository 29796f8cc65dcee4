"""Keys to the API: made, known again, revoked."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourapp.accounts.models import Person, Token
from tourapp.accounts.permissions import granted
from tourapp.accounts.secrets import digest_of, new_secret
from tourapp.accounts.services import Actor, actor_of, record
from tourapp.errors import ForbiddenError, InvalidError, NotFoundError, UnauthenticatedError

TOKEN_PREFIX = "tour_"  # noqa: S105 -- what every token begins with, so that scanners know one


class UnknownTokenError(UnauthenticatedError):
    """No token, or one that is unknown, has ended, or whose person is disabled."""


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
    _check_token(person, scopes=scopes, days=days)
    secret = TOKEN_PREFIX + new_secret()
    token = Token(
        person_id=person.id,
        label=label,
        digest=digest_of(secret),
        scopes=sorted(set(scopes)),
        created_at=by.at,
        ends_at=by.at + timedelta(days=days),
    )
    session.add(token)
    record(session, by, "token.create", person.email, label=label, scopes=token.scopes)
    return secret


def _check_token(person: Person, *, scopes: Sequence[str], days: int) -> None:
    if person.disabled_at is not None:
        message = f"{person.email} is disabled"
        raise ForbiddenError(message)
    if days < 1:
        message = f"expected at least one day, got {days}"
        raise InvalidError(message)
    if beyond := sorted(set(scopes) - granted(person.roles)):
        message = f"{person.email} may not {', '.join(beyond)}"
        raise InvalidError(message)


def list_tokens(session: Session, person_id: int | None) -> Sequence[Token]:
    """Return a person's tokens, those that end last first."""
    chosen = select(Token).where(Token.person_id == person_id).order_by(Token.ends_at.desc())
    return session.scalars(chosen).all()


def revoke_token(session: Session, token_id: int, *, by: Actor) -> None:
    """Refuse one of one's own tokens from now on, or raise NotFoundError."""
    own = select(Token).where(Token.id == token_id, Token.person_id == by.person_id)
    token = session.scalar(own)
    if token is None:
        message = "there is no such token"
        raise NotFoundError(message)
    session.delete(token)
    record(session, by, "token.revoke", by.who, label=token.label)


def authenticate(
    session: Session,
    secret: str,
    *,
    now: datetime,
    request_id: str | None = None,
) -> Actor:
    """Return who bears a token, with what it is good for, or raise UnknownTokenError."""
    token = session.scalar(select(Token).where(Token.digest == digest_of(secret)))
    if token is None or token.ends_at <= now or token.person.disabled_at is not None:
        message = "the token is unknown, has ended, or belongs to somebody who left"
        raise UnknownTokenError(message)
    bearer = actor_of(token.person, origin="api", now=now, request_id=request_id)
    return replace(bearer, permissions=bearer.permissions & frozenset(token.scopes))
