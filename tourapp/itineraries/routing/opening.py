"""The routing service that the settings name."""

from tourapp.itineraries.routing.ign import Ign
from tourapp.itineraries.routing.osrm import Osrm
from tourapp.itineraries.routing.protocol import RoutingService
from tourapp.itineraries.routing.valhalla import Valhalla

_KINDS: dict[str, type[Valhalla | Osrm | Ign]] = {"valhalla": Valhalla, "osrm": Osrm, "ign": Ign}


def open_routing(url: str, *, timeout_s: float) -> RoutingService | None:
    """Return the service of a URL such as `osrm+https://host/base`, or None without one."""
    if not url:
        return None
    kind, _, base = url.partition("+")
    return _KINDS[kind](base.rstrip("/"), timeout_s)
