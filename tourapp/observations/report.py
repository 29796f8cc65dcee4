"""What walkers noticed in figures, and what became of it, for whoever answers to a municipality."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, contains_eager

from tourapp.observations.models import Kind, Observation, State
from tourapp.stops.models import Stop


@dataclass(frozen=True, slots=True)
class StopSums:
    """How much was noticed at a stop, by how it stands and by what it is."""

    stop: str
    number: int
    states: Counter[State]
    kinds: Counter[Kind | None]


def sum_by_stop(session: Session) -> list[StopSums]:
    """Add up what was noticed at each stop, by number; what was deleted counts no more."""
    parts = (Stop.slug, Stop.number, Observation.state, Observation.kind)
    counted = select(*parts, func.count(Observation.id)).join(Observation.stop).group_by(*parts)
    sums: dict[str, StopSums] = {}
    for slug, number, state, kind, count in session.execute(counted.order_by(Stop.number)):
        of_stop = sums.setdefault(slug, StopSums(slug, number, Counter(), Counter()))
        of_stop.states[state] += count
        of_stop.kinds[kind] += count
    return list(sums.values())


def list_answered(session: Session) -> Sequence[Observation]:
    """Return what is published with what became of it, the newest answer first."""
    answered = (
        select(Observation)
        .join(Observation.stop)
        .options(contains_eager(Observation.stop))
        .where(Observation.state == "published", Observation.outcome.is_not(None))
    )
    newest = answered.order_by(Observation.answered_on.desc(), Observation.id.desc())
    return session.scalars(newest).all()
