"""Paths that somebody drew or walked: read from a file, with no more points than they need."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from tourapp.itineraries.drawings.content import UnreadableDrawingError
from tourapp.itineraries.drawings.reading import read_drawing
from tourapp.itineraries.route import Point
from tourapp.stops.distance import way_between

TOLERANCE_M = 5.0
"""How far from the walked path the kept one may be: less than a phone knows where it is."""

FAR_M = 300
"""How far from a halt a path may begin or end: one may be a large place, and its gate far."""

# A walked path takes some twenty: each stretch is halved, more or less.
_TRIES_A_POINT = 50

_METRES_A_DEGREE = 111_320.0


@dataclass(frozen=True, slots=True)
class DrawnPath:
    """A way that somebody drew or walked, and who says so."""

    points: Sequence[Point]
    source: str


def read_path(file: bytes) -> list[Point]:
    """Return the path that a GPX, KML or GeoJSON file holds, with no more points than it needs.

    Several tracks or lines are taken one after the other; routes, where a file has no track: what
    was walked goes before what was planned. Raises UnreadableDrawingError.
    """
    drawing = read_drawing(file)
    points = [point for line in drawing.tracks or drawing.routes for point in line.points]
    if len(points) < 2:  # noqa: PLR2004 -- from one place to another
        message = "expected a path of at least two points: a <trk>, a <rte> or a LineString"
        raise UnreadableDrawingError(message, fault="too_short")
    return simplified(points)


def simplified(points: Sequence[Point]) -> list[Point]:
    """Return the points that keep a path within `TOLERANCE_M`, after Douglas and Peucker (1973).

    A path that is all corners would take the square of its length: the rest of it is kept whole.
    """
    kept = {0, len(points) - 1}
    stretches = [(0, len(points) - 1)]
    tries_left = _TRIES_A_POINT * len(points)
    while stretches:
        start, end = stretches.pop()
        between = range(start + 1, end)
        tries_left -= len(between)
        if tries_left < 0:
            kept.update(between)
            continue
        away = {i: _metres_beside(points[i], points[start], points[end]) for i in between}
        farthest = max(away, key=lambda i: away[i], default=start)
        if away.get(farthest, 0.0) > TOLERANCE_M:
            kept.add(farthest)
            stretches += [(start, farthest), (farthest, end)]
    return [points[i] for i in sorted(kept)]


def gaps(points: Sequence[Point], start: Point, end: Point) -> tuple[int, int]:
    """Return how many metres a path begins and ends from the places that it should join."""
    return (
        way_between(start.place, points[0].place).distance_m,
        way_between(points[-1].place, end.place).distance_m,
    )


def _metres_beside(point: Point, start: Point, end: Point) -> float:
    """Return how far a point is from a straight stretch, on a map flat enough for some metres."""
    x, y = _metres_from(start, point)
    end_x, end_y = _metres_from(start, end)
    length = end_x * end_x + end_y * end_y
    along = min(1.0, max(0.0, (x * end_x + y * end_y) / length)) if length else 0.0
    return math.hypot(x - along * end_x, y - along * end_y)


def _metres_from(origin: Point, point: Point) -> tuple[float, float]:
    east = (point.longitude - origin.longitude) * math.cos(math.radians(origin.latitude))
    return east * _METRES_A_DEGREE, (point.latitude - origin.latitude) * _METRES_A_DEGREE
