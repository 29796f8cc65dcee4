"""The itinerary service of IGN's Géoplateforme, on foot and by road; five questions a second.

It is Road2: https://github.com/IGNF/road2, `documentation/apis/simple/1.0.0/api.yaml` for the shape
of its errors, and `src/js/sources/osrmSource.js` for what it says where OSRM finds no way.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from tourapp.errors import UnavailableError
from tourapp.itineraries.route import Point, Transport
from tourapp.itineraries.routing.asking import ask, read_line, refusal

_PROFILES: dict[Transport, str] = {"walk": "pedestrian", "bus": "car"}

# It answers 404 to these and to a wrong address alike: its words alone tell them apart.
_NO_WAY = frozenset({"No path found", "No route found"})


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
        is_accepted, told = ask("GET", url, timeout_s=self.timeout_s, params=asked)
        try:
            if not is_accepted:
                raise refusal(told, is_no_way=told["error"]["message"].strip() in _NO_WAY)
            return read_line(told["geometry"]["coordinates"])
        except (AttributeError, TypeError, LookupError) as error:
            message = "IGN answers without a geometry"
            raise UnavailableError(message) from error
