"""OSRM's own service, `/route/v1/{profile}/…`.

Its answers and their codes: https://project-osrm.org/docs/v5.24.0/api/#responses
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from tourapp.errors import UnavailableError
from tourapp.itineraries.route import Point, Transport
from tourapp.itineraries.routing.asking import ask, read_line, refusal

_PROFILES: dict[Transport, str] = {"walk": "foot", "bicycle": "bike", "bus": "driving"}

# Its other codes, `InvalidUrl`, `InvalidOptions`, `TooBig` …, tell of a fault in what was asked.
_NO_WAY = frozenset({"NoRoute", "NoSegment"})


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
        is_accepted, told = ask("GET", url, timeout_s=self.timeout_s, params=shape)
        try:
            if not is_accepted:
                raise refusal(told, is_no_way=told["code"] in _NO_WAY)
            return read_line(told["routes"][0]["geometry"]["coordinates"])
        except (TypeError, LookupError) as error:
            message = "OSRM answers without a route"
            raise UnavailableError(message) from error
