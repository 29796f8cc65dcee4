"""Batches of plates: asked for, claimed, recorded; each is kept for an hour."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, func, or_, select, update
from sqlalchemy.orm import Session

from tourapp.accounts.models import Person
from tourapp.accounts.services import Actor
from tourapp.errors import ExceededError, NotFoundError
from tourapp.signage.plates.content import Plate
from tourapp.signage.plates.models import SignBatch
from tourapp.signage.plates.orders import Order
from tourapp.signage.plates.services import record_plates

KEPT_FOR = timedelta(hours=1)
LEASE = timedelta(minutes=10)
MOST_WAITING = 3
MOST_ATTEMPTS = 2
WAITING = ("wanted", "printing")

_SECONDS_TO_PRINT = 5.0
_ENDED = {"lease": None, "lease_ends_at": None}


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchClaim:
    """A batch taken for printing, until its lease ends, and for whom."""

    batch_id: str
    lease: str
    order: Order
    by: Actor


def request_batch(session: Session, order: Order, *, signs: int, by: Actor) -> SignBatch:
    """Want signs printed; ExceededError where the person has `MOST_WAITING` batches waiting."""
    # Two requests at once are counted one after the other.
    session.execute(select(Person.id).where(Person.id == by.person_id).with_for_update())
    mine = (SignBatch.person_id == by.person_id, SignBatch.ends_at > by.at)
    waiting = select(func.count(SignBatch.id)).where(*mine, SignBatch.state.in_(WAITING))
    if (session.scalar(waiting) or 0) >= MOST_WAITING:
        message = f"{MOST_WAITING} batches of yours are still to be printed; wait for one of them"
        raise ExceededError(message, retry_after_s=_SECONDS_TO_PRINT)
    batch = SignBatch(
        id=secrets.token_urlsafe(16),
        person_id=by.person_id,
        ordered=order.kept(),
        signs=signs,
        state="wanted",
        attempts=0,
        created_at=by.at,
        ends_at=by.at + KEPT_FOR,
    )
    session.add(batch)
    return batch


def get_batch(session: Session, batch_id: str, *, now: datetime) -> SignBatch:
    """Return a batch, or raise NotFoundError where its hour has passed or it never was."""
    kept = select(SignBatch).where(SignBatch.id == batch_id, SignBatch.ends_at > now)
    batch = session.scalar(kept)
    if batch is None:
        message = "there is no such batch, or its hour has passed"
        raise NotFoundError(message)
    return batch


def is_anything_to_do(session: Session, *, now: datetime) -> bool:
    """Tell whether a batch waits, or has lasted its hour."""
    waits = or_(SignBatch.state == "wanted", _abandoned(now), SignBatch.ends_at <= now)
    return session.scalar(select(SignBatch.id).where(waits).limit(1)) is not None


def claim_batch(session: Session, *, now: datetime) -> BatchClaim | None:
    """Take the batch that waits longest, or None where none waits."""
    batch = session.scalar(
        select(SignBatch)
        .where(or_(SignBatch.state == "wanted", _abandoned(now)), SignBatch.ends_at > now)
        .where(SignBatch.attempts < MOST_ATTEMPTS)
        .order_by(SignBatch.attempts, SignBatch.created_at)
        .limit(1)
        .with_for_update(skip_locked=True),
    )
    if batch is None:
        return None
    batch.state = "printing"
    batch.attempts += 1
    batch.lease, batch.lease_ends_at = secrets.token_hex(8), now + LEASE
    return BatchClaim(
        batch_id=batch.id,
        lease=batch.lease,
        order=Order.read(batch.ordered),
        by=_orderer(batch, now=now),
    )


def record_batch(
    session: Session,
    claim: BatchClaim,
    *,
    media: str,
    size: int,
    printed: Sequence[Plate],
    now: datetime,
) -> None:
    """Record the file of a batch, kept for an hour from now, and what was printed to be hung.

    Nothing is recorded where the claim was lost. Raises ConflictError as `record_plates` does.
    """
    values = {"file_media": media, "file_bytes": size, "ends_at": now + KEPT_FOR}
    if _write(session, claim, **_ENDED, **values, state="ready"):
        record_plates(session, printed, by=claim.by)


def record_refused(session: Session, claim: BatchClaim, reason: str) -> None:
    """Record why a batch cannot be printed, unless the claim was lost; nobody tries again."""
    _write(session, claim, **_ENDED, state="failed", failure=reason)


def end_batches(session: Session, *, now: datetime) -> list[str]:
    """Delete what has lasted its hour, and return the media names that no batch has any more.

    What a worker began `MOST_ATTEMPTS` times and never finished is given up.
    """
    over = delete(SignBatch).where(SignBatch.ends_at <= now).returning(SignBatch.file_media)
    ended = {name for name in session.scalars(over) if name is not None}
    given_up = update(SignBatch).where(_abandoned(now), SignBatch.attempts >= MOST_ATTEMPTS)
    reason = f"the worker ended {MOST_ATTEMPTS} times while it printed these signs"
    session.execute(given_up.values(**_ENDED, state="failed", failure=reason))
    # Equal orders of one day are equal bytes: another batch may name the same file.
    kept = select(SignBatch.file_media).where(SignBatch.file_media.in_(ended))
    return sorted(ended - set(session.scalars(kept)))


def _abandoned(now: datetime) -> ColumnElement[bool]:
    return and_(SignBatch.state == "printing", SignBatch.lease_ends_at <= now)


def _orderer(batch: SignBatch, *, now: datetime) -> Actor:
    return Actor(
        who=batch.person.email,
        at=now,
        origin="api",
        permissions=frozenset(),
        person_id=batch.person_id,
    )


def _write(session: Session, claim: BatchClaim, **values: object) -> bool:
    held = (SignBatch.id == claim.batch_id, SignBatch.lease == claim.lease)
    written = update(SignBatch).where(*held).values(**values).returning(SignBatch.id)
    return session.scalar(written) is not None
