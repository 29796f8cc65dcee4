"""Who makes a request, and on which state: the token, the condition, the transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask import g, request
from sqlalchemy.orm import Session
from werkzeug.exceptions import PreconditionRequired

from tourapp.accounts.secrets import digest_of
from tourapp.accounts.services import Actor
from tourapp.accounts.tokens import authenticate
from tourapp.errors import UnauthenticatedError
from tourapp.web.context import current_resources
from tourapp.web.errors import asked_by
from tourapp.web.idempotency import claim_key

GUARDED: dict[str, Any] = {"security": [{"token": []}]}
"""How the API's description says that an operation wants a token."""

WELCOMING: dict[str, Any] = {"security": [{}, {"token": []}]}
"""How it says that an operation takes a token, and answers anybody."""

# So much of a token's digest finds it among those that are kept, and leads nobody to the token.
_TOLD_OF_A_TOKEN = 12


@dataclass(frozen=True, slots=True)
class Acting:
    """A request of somebody known: its session, and who makes it."""

    session: Session
    by: Actor


@contextmanager
def acting(permission: str) -> Iterator[Acting]:
    """Open the one transaction of a change by the bearer of a token, done once for its key.

    Raises UnauthenticatedError without a good token, ForbiddenError without the permission.
    """
    with current_resources().database.transaction() as session:
        by = _authorised(session, permission)
        claim_key(session, person_id=by.person_id, now=by.at)
        yield Acting(session, by)


@contextmanager
def looking(permission: str) -> Iterator[Acting]:
    """Open a session that changes nothing, for the bearer of a token; raises as `acting` does."""
    with current_resources().database.reading() as session:
        yield Acting(session, _authorised(session, permission))


@contextmanager
def welcoming(permission: str) -> Iterator[tuple[Session, Actor | None]]:
    """Open a session that changes nothing, for anybody; whoever shows a token is known by it.

    Raises as `acting` does where a token is shown.
    """
    with current_resources().database.reading() as session:
        is_known = "Authorization" in request.headers
        yield session, _authorised(session, permission) if is_known else None


def condition(description: str) -> dict[str, Any]:
    """Describe the header that `required_tag` reads, by what is to be named there."""
    return {
        "name": "If-Match",
        "in": "header",
        "required": True,
        "schema": {"type": "string"},
        "description": description,
    }


def required_tag() -> str:
    """Return the state that the change is made on, or refuse a change that names none (428)."""
    tags = list(request.if_match)
    if len(tags) != 1:
        raise PreconditionRequired
    return str(tags[0])


def _authorised(session: Session, permission: str) -> Actor:
    now = datetime.now(UTC)
    secret = _bearer_token()
    asked_by(token=digest_of(secret)[:_TOLD_OF_A_TOKEN])
    actor = authenticate(session, secret, now=now, request_id=g.request_id)
    asked_by(person_id=actor.person_id, permission=permission)
    actor.require(permission)
    return actor


def _bearer_token() -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        message = "a change needs the header Authorization: Bearer TOKEN"
        raise UnauthenticatedError(message)
    return token.strip()
