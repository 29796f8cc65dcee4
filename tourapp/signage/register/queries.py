"""Reading the register: signs by stop, state, last check."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, contains_eager, selectinload, undefer

from tourapp.signage.models import Sign, State
from tourapp.stops.models import Stop


@dataclass(frozen=True, slots=True, kw_only=True)
class SignQuery:
    """Which signs are asked for; retired ones only where they are asked for."""

    stop: str | None = None
    states: tuple[State, ...] = ()
    unchecked_since: datetime | None = None
    reported: bool = False
    retired: bool = False


def list_signs(
    session: Session,
    query: SignQuery,
    *,
    offset: int = 0,
    limit: int | None = None,
) -> list[Sign]:
    """Return the signs that match, with their stops, by the stop's number and by age."""
    wanted = (
        contains_eager(Sign.stop),
        selectinload(Sign.photos),
        undefer(Sign.open_reports),
    )
    chosen = _matching(query).options(*wanted)
    ordered = chosen.order_by(Stop.number, Sign.id).offset(offset).limit(limit)
    return list(session.scalars(ordered))


def count_signs(session: Session, query: SignQuery) -> int:
    """Return how many signs match."""
    return session.scalar(_matching(query).with_only_columns(func.count(Sign.id))) or 0


def _matching(query: SignQuery) -> Select[Sign]:
    retired = Sign.retired_at.is_not(None) if query.retired else Sign.retired_at.is_(None)
    chosen = select(Sign).join(Stop, Stop.id == Sign.stop_id).where(retired)
    if query.stop is not None:
        chosen = chosen.where(Stop.slug == query.stop)
    if query.states:
        chosen = chosen.where(Sign.state.in_(query.states))
    if query.unchecked_since is not None:
        unchecked = Sign.checked_at.is_(None) | (Sign.checked_at < query.unchecked_since)
        chosen = chosen.where(unchecked)
    if query.reported:
        chosen = chosen.where(Sign.open_reports > 0)
    return chosen
