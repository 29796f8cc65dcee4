"""Finding what walkers noticed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, contains_eager

from tourapp.errors import NotFoundError
from tourapp.observations.models import Observation, State
from tourapp.stops.models import Narrative, Stop


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservationQuery:
    """Which observations are asked for: of a stop, or of all; in a state, or in any."""

    stop: str | None = None
    state: State | None = "published"
    of_published_stops: bool = False


def list_observations(
    session: Session,
    query: ObservationQuery,
    *,
    offset: int = 0,
    limit: int | None = None,
) -> Sequence[Observation]:
    """Return observations with their stops, the newest first."""
    whole = _chosen(query).options(contains_eager(Observation.stop))
    ordered = whole.order_by(Observation.id.desc())
    return session.scalars(ordered.offset(offset).limit(limit)).all()


def count_observations(session: Session, query: ObservationQuery) -> int:
    """Return how many observations there are."""
    counted = _chosen(query).with_only_columns(func.count(Observation.id))
    return session.scalar(counted) or 0


def list_noticed(session: Session, stop_id: int, *, most: int) -> Sequence[Observation]:
    """Return what is shown at a stop, the newest first."""
    shown = select(Observation).filter_by(stop_id=stop_id, state="published")
    return session.scalars(shown.order_by(Observation.id.desc()).limit(most)).all()


def get_observation(session: Session, observation_id: int, *, lock: bool = False) -> Observation:
    """Return an observation, which nobody else changes meanwhile where asked; NotFoundError."""
    found = session.get(Observation, observation_id, with_for_update=lock or None)
    if found is None:
        message = f"no observation {observation_id}"
        raise NotFoundError(message)
    return found


def find_oldest_waiting(session: Session) -> Observation | None:
    """Return what has waited longest to be read."""
    waiting = select(Observation).filter_by(state="waiting")
    return session.scalar(waiting.order_by(Observation.id).limit(1))


def list_decided_before(session: Session, moment: datetime) -> Sequence[Observation]:
    """Return what was set aside before a moment, or of which a passage was masked by then."""
    is_to_forget = (Observation.state == "set_aside") | (Observation.masked != "")
    decided = select(Observation).where(is_to_forget, Observation.decided_at < moment)
    return session.scalars(decided.order_by(Observation.id)).all()


def _chosen(query: ObservationQuery) -> Select[Observation]:
    chosen = select(Observation).join(Observation.stop)
    if query.stop is not None:
        chosen = chosen.where(Stop.slug == query.stop)
    if query.state is not None:
        chosen = chosen.where(Observation.state == query.state)
    if query.of_published_stops:
        told = select(Narrative.stop_id).where(Narrative.published_revision_id.is_not(None))
        chosen = chosen.where(Stop.id.in_(told))
    return chosen
