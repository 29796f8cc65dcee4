"""What a routing service is to the rest of the house."""

from collections.abc import Sequence
from typing import Protocol

from tourapp.errors import UnavailableError
from tourapp.itineraries.route import Point, Transport


class NoWayError(UnavailableError):
    """The service answers, and knows no way between two places by this transport."""


class RoutingService(Protocol):
    """A service that finds the way from one place to another."""

    @property
    def name(self) -> str:
        """What the ways that it finds are marked with."""

    @property
    def transports(self) -> frozenset[Transport]:
        """What it can be asked for; anything else stays an estimate."""

    def find_path(self, start: Point, end: Point, transport: Transport) -> Sequence[Point]:
        """Return the points of a way, without heights, which no such service measures.

        Raises NoWayError where there is none, and UnavailableError where the service does not
        answer in time or in a way that can be read.
        """
