"""Which published stops lie round another, as far as one walks in an hour."""

import math
from collections.abc import Collection

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from tourapp.stops.models import Narrative, Stop
from tourapp.stops.queries import PublishedStop, nearness, published_in

WALK_M = 5_000

_DEGREE_M = 111_200

# So that whoever shows a stop is round it too: a degree is not as wide everywhere.
_MARGIN = 1.02


def list_nearby(
    session: Session,
    stop: Stop,
    *,
    lang: str,
    but: Collection[int],
    most: int,
) -> list[PublishedStop]:
    """Return the published stops nearest to this one, without itself and the stops `but`."""
    others = Stop.id.not_in({stop.id, *but})
    order = nearness(stop.latitude, stop.longitude), Stop.number
    chosen = published_in(lang).where(others, *_within(stop, WALK_M)).order_by(*order).limit(most)
    return [PublishedStop(*row) for row in session.execute(chosen)]


def list_ids_around(session: Session, stop: Stop) -> list[int]:
    """Return every published stop that may have this one among those near it."""
    is_published = Narrative.published_revision_id.is_not(None)
    chosen = select(Stop.id).where(*_within(stop, WALK_M * _MARGIN)).distinct()
    return list(session.scalars(chosen.join(Narrative).where(is_published)))


def _within(stop: Stop, distance_m: float) -> tuple[ColumnElement[bool], ...]:
    """Return a square round a stop: what is left of it beside a circle is a few steps more."""
    north = distance_m / _DEGREE_M
    east = north / math.cos(math.radians(stop.latitude))
    return (
        Stop.latitude.between(stop.latitude - north, stop.latitude + north),
        Stop.longitude.between(stop.longitude - east, stop.longitude + east),
    )
