"""A request that is sent twice, because its answer was lost, is done once.

After the IETF's draft of the header Idempotency-Key. A key is claimed in the very transaction of
the change: it is taken exactly if the change was made. Its answer is kept beside it right after.
"""

import hashlib
import json
from datetime import datetime, timedelta
from typing import Any

from flask import Flask, Response, abort, g, request
from sqlalchemy import JSON, ForeignKey, delete, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from tourapp.db import Model, insert_into
from tourapp.errors import ConflictError, InvalidError
from tourapp.web.context import current_resources
from tourapp.web.uploads import digest_of_body

HEADER = "Idempotency-Key"

IDEMPOTENCY_KEY: dict[str, Any] = {
    "name": HEADER,
    "in": "header",
    "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": 255},
    "description": "of one's own choice, such as a UUID: sent again within a day with the same"
    " request, it is answered as before and nothing is done twice",
}

KEPT_FOR = timedelta(days=1)

_LONGEST = 255
_KEPT_HEADERS = ("Cache-Control", "Content-Type", "ETag", "Location", "Retry-After")


class AnsweredRequest(Model):
    """A key that a person's program chose, what it was sent with, and what was answered."""

    __tablename__ = "answered_request"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    fingerprint: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(index=True)
    status: Mapped[int | None]
    headers: Mapped[dict[str, str] | None] = mapped_column(JSON)
    body: Mapped[bytes | None]


class KeyReusedError(InvalidError):
    """A key comes again with another request."""


class KeyTakenError(ConflictError):
    """A key comes again before the first request is answered, or after its answer was lost."""


def register_idempotency(app: Flask) -> None:
    """Keep what was answered to a request that claimed its key; registered after what encodes."""

    @app.after_request
    def keep_answer(response: Response) -> Response:
        claimed = g.get("claimed")
        if claimed is not None and response.status_code < 400:  # noqa: PLR2004 -- an error of any kind
            with current_resources().database.transaction() as session:
                _keep(session, claimed, response)
        return response


def claim_key(session: Session, *, person_id: int | None, now: datetime) -> None:
    """Take the key of the present request, if it has one, as part of its change.

    Where it is taken already, the former answer is sent in the place of this one. Raises
    InvalidError, KeyReusedError or KeyTakenError.
    """
    key = sent_key()
    if key is None or request.method != "POST":
        return
    session.execute(delete(AnsweredRequest).where(AnsweredRequest.created_at <= now - KEPT_FOR))
    values = {"person_id": person_id, "key": key, "fingerprint": _fingerprint(), "created_at": now}
    claiming = insert_into(session, AnsweredRequest).values(values).on_conflict_do_nothing()
    if session.execute(claiming.returning(AnsweredRequest.key)).first() is None:
        _answer_again(session.get_one(AnsweredRequest, (person_id, key)), values["fingerprint"])
    g.claimed = person_id, key


def is_key_taken(session: Session, *, person_id: int | None) -> bool:
    """Tell whether the present request may come again: the state it names is a former one then.

    Whatever else refuses a file before it is read is not to be asked; `claim_key` decides after.
    """
    key = sent_key()
    return key is not None and session.get(AnsweredRequest, (person_id, key)) is not None


def sent_key() -> str | None:
    """Return the key of the present request, if it has one. Raises InvalidError."""
    key = request.headers.get(HEADER)
    return None if key is None else _checked(key)


def _answer_again(former: AnsweredRequest, fingerprint: object) -> None:
    if former.fingerprint != fingerprint:
        message = f"this {HEADER} was sent with another request"
        raise KeyReusedError(message)
    if former.status is None:
        message = f"the request with this {HEADER} is not answered yet, or its answer was lost"
        raise KeyTakenError(message)
    abort(Response(former.body, former.status, former.headers))


def _checked(key: str) -> str:
    bare = key.strip().strip('"')
    if not (bare.isprintable() and 1 <= len(bare) <= _LONGEST):
        message = f"expected an {HEADER} of 1 to {_LONGEST} characters"
        raise InvalidError(message)
    return bare


def _fingerprint() -> str:
    asked = [request.method, request.full_path, request.headers.get("If-Match")]
    return hashlib.sha256(json.dumps(asked).encode() + digest_of_body()).hexdigest()


def _keep(session: Session, claimed: tuple[int, str], response: Response) -> None:
    person_id, key = claimed
    own = (AnsweredRequest.person_id == person_id, AnsweredRequest.key == key)
    headers = {name: response.headers[name] for name in _KEPT_HEADERS if name in response.headers}
    session.execute(
        update(AnsweredRequest)
        .where(*own)
        .values(status=response.status_code, headers=headers, body=response.get_data()),
    )
