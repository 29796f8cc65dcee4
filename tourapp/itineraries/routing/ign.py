"""The itinerary service of IGN's Géoplateforme, on foot and by road; five questions a second."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from tourapp.errors import UnavailableError
from tourapp.itineraries.route import Point, Transport
from tourapp.itineraries.routing.asking import ask, read_line
from tourapp.itineraries.routing.protocol import NoWayError

_PROFILES: dict[Transport, str] = {"walk": "pedestrian", "bus": "car"}


@dataclass(frozen=True, slots=True)
class Ign:
    """IGN's service at a base address, such as https://data.geopf.fr/navigation."""

    base: str
    timeout_s: float

    name: ClassVar[str] = "IGN"
    transports: ClassVar[frozenset[Transport]] = frozenset(_PROFILES)

    def find_path(self, start: Point, end: Point, transport: Transport) -> Sequence[Point]:
        """Return the points of a way; see `RoutingService`."""
        asked = {
            "resource": "bdtopo-osrm",
            "profile": _PROFILES[transport],
            "optimization": "shortest" if transport == "walk" else "fastest",
            "start": f"{start.longitude},{start.latitude}",
            "end": f"{end.longitude},{end.latitude}",
            "geometryFormat": "geojson",
            "getSteps": "false",
        }
        url = f"{self.base}/itineraire"
        is_found, told = ask("GET", url, timeout_s=self.timeout_s, params=asked)
        if not is_found:
            raise NoWayError(str(told))
        try:
            return read_line(told["geometry"]["coordinates"])
        except (TypeError, LookupError) as error:
            message = "IGN answers without a geometry"
            raise UnavailableError(message) from error
