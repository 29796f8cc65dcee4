"""The worker's part: it asks for one way after the other, never within anybody's request."""

import logging
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from tourapp.db import Database
from tourapp.errors import UnavailableError
from tourapp.itineraries.paths import FAR_M, gaps, simplified
from tourapp.itineraries.route import Point
from tourapp.itineraries.routing.protocol import NoWayError, RoutingService
from tourapp.itineraries.routing.services import WantedWay, find_wanted, keep_way

log = logging.getLogger(__name__)

LOOKS_EVERY = timedelta(seconds=5)
"""How often it looks for ways that are wanted, once there were none."""

RESTS_FOR = timedelta(minutes=2)
"""How long a service that does not answer is left alone."""

_FEWEST_POINTS = 2


class Pathfinder:
    """Asks a routing service for the ways that are wanted, and keeps them."""

    def __init__(self, database: Database, service: RoutingService | None) -> None:
        self._database = database
        self._service = service
        self._rests_until = datetime.min.replace(tzinfo=UTC)

    def find_next(self, *, now: datetime | None = None) -> bool:
        """Ask for one way, and tell whether there was any. What fails stays an estimate."""
        now = now or datetime.now(UTC)
        service = self._service
        if service is None or now < self._rests_until:
            return False
        with self._database.reading() as session:
            wanted = find_wanted(
                session, service=service.name, transports=service.transports, now=now
            )
        if wanted is None:
            self._rests_until = now + LOOKS_EVERY
            return False
        try:
            found = service.find_path(wanted.start, wanted.end, wanted.transport)
            points = simplified(found) if _joins(found, wanted) else None
        except NoWayError:
            points = None
        except UnavailableError as error:
            log.warning("ways stay estimates for now: %s", error)
            self._rests_until = now + RESTS_FOR
            return False
        with self._database.transaction() as session:
            keep_way(session, wanted, points, service=service.name, now=now)
        return True


def _joins(found: Sequence[Point], wanted: WantedWay) -> bool:
    """Tell whether a way leads where it should: services begin at the nearest street, however far.

    Where their map ends, that may be in another town.
    """
    return len(found) >= _FEWEST_POINTS and max(gaps(found, wanted.start, wanted.end)) <= FAR_M
