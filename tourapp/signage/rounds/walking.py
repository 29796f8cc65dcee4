"""The order in which one walks past places: the nearest next, then without crossings."""

import math
from collections.abc import Sequence

from tourapp.stops.ordering import nearest_first, uncrossed

Point = tuple[float, float]
"""Latitude and longitude, in degrees."""

WALKED = 300
"""How many signs somebody may pass on a way that is worth the seconds of shortening it."""


def walking_order(points: Sequence[Point], *, start: Point | None = None) -> list[int]:
    """Return the indices of the points in walking order, from the one that is nearest to `start`.

    Without a start, the first point begins. The nearest one that is left comes next; then parts of
    the way are turned round as long as that makes it shorter.
    """
    if not points:
        return []
    flat = _flattened([start or points[0], *points])

    def length(one: int, other: int) -> float:
        return math.dist(flat[one], flat[other])

    # The start is where one comes from, and no place to pass.
    order = nearest_first(0, range(1, len(flat)), length)[1:]
    shortened = uncrossed(order, length, is_end_held=False) if len(order) <= WALKED else order
    return [index - 1 for index in shortened]


def _flattened(points: Sequence[Point]) -> list[Point]:
    # A flat earth orders places rightly over a mining basin; shown distances are geodesic.
    scale = math.cos(math.radians(points[0][0]))
    return [(latitude, longitude * scale) for latitude, longitude in points]
