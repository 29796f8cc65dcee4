"""The order in which one walks past places: the nearest next, then without crossings."""

import math
from collections.abc import Sequence
from itertools import combinations

Point = tuple[float, float]
"""Latitude and longitude, in degrees."""

WALKED = 300
"""How many signs somebody may pass on a way that is worth the seconds of shortening it."""

# In degrees: less than that is no shorter way, but the rounding of figures.
_NOTHING = 1e-12


def walking_order(points: Sequence[Point], *, start: Point | None = None) -> list[int]:
    """Return the indices of the points in walking order, from the one that is nearest to `start`.

    Without a start, the first point begins. The nearest one that is left comes next; then parts of
    the way are turned round (2-opt) as long as that makes it shorter.
    """
    if not points:
        return []
    flat = _flattened(points)
    first = (
        0 if start is None else _nearest(_flattened([start, *points])[0], _around(start, points))
    )
    return _uncrossed(_greedy(flat, first), flat)


def _around(start: Point, points: Sequence[Point]) -> dict[int, Point]:
    return dict(enumerate(_flattened([start, *points])[1:]))


def _flattened(points: Sequence[Point]) -> list[Point]:
    # A flat earth orders places rightly over a mining basin; shown distances are geodesic.
    scale = math.cos(math.radians(points[0][0]))
    return [(latitude, longitude * scale) for latitude, longitude in points]


def _nearest(place: Point, among: dict[int, Point]) -> int:
    return min(among, key=lambda index: (math.dist(place, among[index]), index))


def _greedy(flat: Sequence[Point], first: int) -> list[int]:
    left = dict(enumerate(flat))
    order = [first]
    del left[first]
    while left:
        order.append(_nearest(flat[order[-1]], left))
        del left[order[-1]]
    return order


def _uncrossed(order: list[int], flat: Sequence[Point]) -> list[int]:
    is_shorter = len(order) <= WALKED
    while is_shorter:
        is_shorter = False
        for begin, end in combinations(range(1, len(order)), 2):
            if _gain(order, flat, begin, end) > _NOTHING:
                order[begin : end + 1] = order[begin : end + 1][::-1]
                is_shorter = True
    return order


def _gain(order: list[int], flat: Sequence[Point], begin: int, end: int) -> float:
    """Return by how much the way becomes shorter where a part of it is turned round."""
    before, first, last = (flat[order[index]] for index in (begin - 1, begin, end))
    gain = math.dist(before, first) - math.dist(before, last)
    if end + 1 < len(order):
        after = flat[order[end + 1]]
        gain += math.dist(last, after) - math.dist(first, after)
    return gain
