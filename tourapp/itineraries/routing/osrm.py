"""OSRM's own service, `/route/v1/{profile}/…` (https://project-osrm.org/docs/)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from tourapp.errors import UnavailableError
from tourapp.itineraries.route import Point, Transport
from tourapp.itineraries.routing.asking import ask, read_line
from tourapp.itineraries.routing.protocol import NoWayError

_PROFILES: dict[Transport, str] = {"walk": "foot", "bicycle": "bike", "bus": "driving"}


@dataclass(frozen=True, slots=True)
class Osrm:
    """OSRM at a base address, with the profiles `foot`, `bike` and `driving`."""

    base: str
    timeout_s: float

    name: ClassVar[str] = "OSRM"
    transports: ClassVar[frozenset[Transport]] = frozenset(_PROFILES)

    def find_path(self, start: Point, end: Point, transport: Transport) -> Sequence[Point]:
        """Return the points of a way; see `RoutingService`."""
        ends = ";".join(f"{point.longitude},{point.latitude}" for point in (start, end))
        url = f"{self.base}/route/v1/{_PROFILES[transport]}/{ends}"
        shape = {"overview": "full", "geometries": "geojson"}
        is_found, told = ask("GET", url, timeout_s=self.timeout_s, params=shape)
        if not is_found:
            raise NoWayError(str(told.get("code")))
        try:
            return read_line(told["routes"][0]["geometry"]["coordinates"])
        except (TypeError, LookupError) as error:
            message = "OSRM answers without a route"
            raise UnavailableError(message) from error
