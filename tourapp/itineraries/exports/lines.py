"""The line that a map draws between two halts."""

from tourapp.itineraries.outline import PlacedHalt
from tourapp.itineraries.route import Point


def line_to(before: PlacedHalt, place: PlacedHalt) -> list[Point]:
    """Return the path to a halt, or the straight line where no path is known."""
    return list(place.path) or [before.point, place.point]
