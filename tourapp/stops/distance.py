"""Distances and bearings between places, on the WGS 84 ellipsoid."""

from dataclasses import dataclass

from geographiclib.geodesic import Geodesic


@dataclass(frozen=True, slots=True)
class Way:
    """The straight way from one place to another."""

    distance_m: int
    direction_deg: int


def way_between(start: tuple[float, float], end: tuple[float, float]) -> Way:
    """Return the geodesic between two (latitude, longitude) pairs, in metres and degrees."""
    line = Geodesic.WGS84.Inverse(*start, *end)
    return Way(distance_m=round(line["s12"]), direction_deg=round(line["azi1"]) % 360)
