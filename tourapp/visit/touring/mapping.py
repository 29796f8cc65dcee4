"""The map of an itinerary as values to be drawn: no tile, no third party, north above."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from tourapp.itineraries.exports.lines import line_to
from tourapp.itineraries.outline import PlacedHalt
from tourapp.itineraries.route import Point

WIDTH = 800
TALL = 900
"""How high a map may be where a page scrolls: upright, as phones are held."""

_MOST_HEIGHT = 500
_LEAST_HEIGHT = 260
_EDGE = 56
_LONGEST_SCALE = 200
_METRES_A_DEGREE = 111_320
_SMALLEST_M = 400.0
_APART = 60


@dataclass(frozen=True, slots=True)
class DrawnWay:
    """A line between two halts, as the points of an SVG polyline."""

    points: str
    is_estimate: bool


@dataclass(frozen=True, slots=True)
class DrawnHalt:
    """A place on the map; `label` names every halt that is made there."""

    x: int
    y: int
    label: str


@dataclass(frozen=True, slots=True)
class DrawnMap:
    """What a template draws, 800 units wide, and how many metres its scale is long.

    `beside` are other places, by where they are; one that another mark would hide is left out.
    """

    height: int
    ways: tuple[DrawnWay, ...]
    halts: tuple[DrawnHalt, ...]
    scale_m: int
    scale_width: int
    beside: dict[Point, tuple[int, int]] = field(default_factory=dict)


def drawn_map(
    places: Sequence[PlacedHalt],
    *,
    beside: Sequence[Point] = (),
    most_height: int = _MOST_HEIGHT,
) -> DrawnMap:
    """Lay halts and ways out, as large as they fit on a sheet that is 800 across."""
    lines = [line_to(before, place) for before, place in pairwise(places)]
    on_ways = [each for line in lines for each in line]
    points = [*(place.point for place in places), *on_ways, *beside]
    sheet = _Sheet(points, most_height=most_height)
    ways = tuple(
        DrawnWay(" ".join(map(sheet.written, line)), is_estimate=not place.path)
        for line, place in zip(lines, places[1:], strict=True)
    )
    labels: dict[tuple[int, int], list[str]] = {}
    for place in places:
        labels.setdefault(sheet.laid(place.point), []).append(str(place.halt.position))
    halts = tuple(DrawnHalt(*at, " · ".join(positions)) for at, positions in labels.items())
    scale_m = _round_length(_LONGEST_SCALE / sheet.units_a_metre)
    scale_width = round(scale_m * sheet.units_a_metre)
    others = _spread([(halt.x, halt.y) for halt in halts], beside, sheet)
    return DrawnMap(sheet.height, ways, halts, scale_m, scale_width, others)


def _spread(
    taken: list[tuple[int, int]],
    beside: Sequence[Point],
    sheet: "_Sheet",
) -> dict[Point, tuple[int, int]]:
    spread: dict[Point, tuple[int, int]] = {}
    for point in beside:
        at = sheet.laid(point)
        if all(math.dist(at, other) >= _APART for other in [*taken, *spread.values()]):
            spread[point] = at
    return spread


def _round_length(most_m: float) -> int:
    """Return the longest of 1, 2, 5, 10, 20, 50… metres that is no longer than so many."""
    digits = str(int(most_m))
    first = max(step for step in (1, 2, 5) if step <= int(digits[0]))
    return first * int("1" + "0" * (len(digits) - 1))


class _Sheet:
    """Where a place is laid, on an earth that is flat over a mining basin."""

    def __init__(self, points: Sequence[Point], *, most_height: int) -> None:
        latitudes = [point.latitude for point in points]
        longitudes = [point.longitude for point in points]
        self._north, self._west = max(latitudes), min(longitudes)
        self._shrunk = math.cos(math.radians(self._north))
        high = (self._north - min(latitudes)) * _METRES_A_DEGREE
        wide = (max(longitudes) - self._west) * _METRES_A_DEGREE * self._shrunk
        self.units_a_metre = min(
            (WIDTH - 2 * _EDGE) / max(wide, _SMALLEST_M),
            (most_height - 2 * _EDGE) / max(high, _SMALLEST_M),
        )
        self.height = max(_LEAST_HEIGHT, round(high * self.units_a_metre) + 2 * _EDGE)
        self._left = (WIDTH - wide * self.units_a_metre) / 2
        self._top = (self.height - high * self.units_a_metre) / 2

    def laid(self, point: Point) -> tuple[int, int]:
        """Return where a place is on the sheet."""
        east = (point.longitude - self._west) * _METRES_A_DEGREE * self._shrunk
        south = (self._north - point.latitude) * _METRES_A_DEGREE
        return (
            round(self._left + east * self.units_a_metre),
            round(self._top + south * self.units_a_metre),
        )

    def written(self, point: Point) -> str:
        """Return a place as SVG writes it."""
        return "{},{}".format(*self.laid(point))
