"""Attempts that fail are counted, and each makes the next one wait longer.

They are counted by account and by address. A device on which somebody came in before is counted
by itself: whoever tries passwords from elsewhere does not lock that person out.
"""

import hashlib
import hmac
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from tourapp.accounts.signing.models import Attempts
from tourapp.db import insert_into
from tourapp.errors import ExceededError

FORGOTTEN_AFTER = timedelta(days=1)
LONGEST_WAIT_S = 900.0

Kind = Literal["account", "address", "device", "code", "link"]

# A whole office may stand behind one address.
_FREE: dict[Kind, int] = {"account": 5, "address": 30, "device": 5, "code": 5, "link": 3}


class TooManyAttemptsError(ExceededError):
    """It was tried in vain too often; `retry_after_s` tells when the next attempt is heard."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What attempts are counted under; of who or what it is, only a keyed digest is kept."""

    kind: Kind
    name: str

    def key(self, secret_key: str) -> str:
        """Return the name of the row."""
        message = f"{self.kind} {self.name}".encode()
        digest = hmac.digest(secret_key.encode(), message, hashlib.sha256).hex()
        return f"{self.kind} {digest}"


def wait_s(kind: Kind, count: int) -> float:
    """Return how many seconds have to pass after `count` failures."""
    beyond = count - _FREE[kind]
    return 0.0 if beyond < 0 else min(LONGEST_WAIT_S, 2.0**beyond)


def count_attempt(
    session: Session,
    tried: Collection[Tried],
    *,
    secret_key: str,
    now: datetime,
) -> None:
    """Count an attempt before it is made, so that many at once are no way round.

    Raises TooManyAttemptsError, and counts nothing, while one of the waits lasts.
    """
    rows = [
        (each.kind, _locked(session, each.key(secret_key), now=now))
        for each in sorted(tried, key=lambda each: each.kind)
    ]
    left_s = max(_left_s(kind, row, now=now) for kind, row in rows)
    if left_s > 0:
        message = f"too many attempts; the next one is heard in {left_s:.0f} s"
        raise TooManyAttemptsError(message, retry_after_s=left_s)
    for _, row in rows:
        row.count += 1
        row.last_at = now


def forget_attempts(session: Session, tried: Collection[Tried], *, secret_key: str) -> None:
    """Begin to count anew, after one that succeeded."""
    keys = [each.key(secret_key) for each in tried]
    session.execute(delete(Attempts).where(Attempts.key.in_(keys)))


def _locked(session: Session, key: str, *, now: datetime) -> Attempts:
    outdated = Attempts.last_at <= now - FORGOTTEN_AFTER
    session.execute(delete(Attempts).where(outdated))
    new = insert_into(session, Attempts).values(key=key, count=0, last_at=now)
    session.execute(new.on_conflict_do_nothing())
    return session.scalars(select(Attempts).where(Attempts.key == key).with_for_update()).one()


def _left_s(kind: Kind, row: Attempts, *, now: datetime) -> float:
    passed_s = (now - row.last_at).total_seconds()
    return wait_s(kind, row.count) - passed_s
