"""Signs and the stops that they lead to."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tourapp.errors import ConflictError, GoneError, NotFoundError
from tourapp.signage.codes import normalise_code
from tourapp.signage.models import Sign
from tourapp.stops.models import Stop

_LEADING = Sign.retired_at.is_(None)


class CodeTakenError(ConflictError):
    """A stop's first code was already printed otherwise; codes are never reused."""


class UnknownSignError(NotFoundError):
    """No sign bears this code."""


class RetiredSignError(GoneError):
    """The sign of this code leads nowhere any more; `near` is where it hung, in degrees."""

    def __init__(self, sign: Sign) -> None:
        stop = sign.stop
        why = "is retired" if stop.archived_at is None else f"leads to {stop.slug!r}, put away"
        super().__init__(f"sign {sign.code} {why}")
        self.near = sign.point


def seed_sign(session: Session, stop: Stop, code: str, *, now: datetime) -> bool:
    """Give a stop its first sign, and tell whether it lacked one; then the database rules.

    A sign that was moved or retired since stays as it is. Raises CodeTakenError where the code or
    the stop is already taken by another.
    """
    known = session.scalar(select(Sign).where(Sign.code == code))
    first = find_first_sign(session, stop)
    if known is not None:
        if first is None and not _was_changed(known):
            message = f"code {code} leads to another stop, and {stop.slug!r} has none"
            raise CodeTakenError(message)
        return False
    if first is not None:
        message = f"stop {stop.slug!r} already bears code {first.code}, not {code}"
        raise CodeTakenError(message)
    session.add(Sign(code=code, stop_id=stop.id, created_at=now))
    return True


def _was_changed(sign: Sign) -> bool:
    return sign.moved_at is not None or sign.retired_at is not None


def find_first_sign(session: Session, stop: Stop) -> Sign | None:
    """Return the stop's oldest sign that leads there."""
    leading = select(Sign).where(Sign.stop_id == stop.id, _LEADING)
    return session.scalar(leading.order_by(Sign.id).limit(1))


def get_first_sign(session: Session, stop: Stop) -> Sign:
    """Return the stop's oldest sign, or raise NotFoundError."""
    sign = find_first_sign(session, stop)
    if sign is None:
        message = f"stop {stop.slug!r} has no sign"
        raise NotFoundError(message)
    return sign


def list_codes(session: Session, stop_id: int) -> Sequence[str]:
    """Return the codes of all signs that lead to a stop, the oldest first."""
    leading = select(Sign.code).where(Sign.stop_id == stop_id, _LEADING)
    return session.scalars(leading.order_by(Sign.id)).all()


def list_first_codes(session: Session, stop_ids: Sequence[int]) -> dict[int, str]:
    """Return the code of each stop's oldest sign that leads there."""
    leading = select(func.min(Sign.id)).where(Sign.stop_id.in_(stop_ids), _LEADING)
    oldest = leading.group_by(Sign.stop_id)
    rows = session.execute(select(Sign.stop_id, Sign.code).where(Sign.id.in_(oldest)))
    return {stop_id: code for stop_id, code in rows}  # noqa: C416 -- rows are no pairs to dict()


def get_sign(session: Session, typed: str) -> Sign:
    """Return the sign of a code as somebody typed it, or raise NotFoundError."""
    sign = session.scalar(select(Sign).where(Sign.code == normalise_code(typed)))
    if sign is None:
        message = f"no sign {typed!r}"
        raise UnknownSignError(message)
    return sign


def get_leading_sign(session: Session, typed: str) -> Sign:
    """Return the sign of a code that leads somewhere; raises as `get_sign`, or RetiredSignError.

    One whose stop is put away leads nowhere either.
    """
    sign = get_sign(session, typed)
    if sign.retired_at is not None or sign.stop.archived_at is not None:
        raise RetiredSignError(sign)
    return sign
