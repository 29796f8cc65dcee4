"""How far it is from one halt to the next, how high, and how long that takes.

Times on foot follow the method of DIN 33466, as signposts in the Alps do: the way on the flat and
the climbing are timed apart; the longer counts whole, the shorter by half.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, NamedTuple

from tourapp.stops.distance import way_between

Transport = Literal["walk", "bicycle", "bus"]
PaceName = Literal["adult", "school", "reduced"]


class Point(NamedTuple):
    """A place on a way: WGS 84 degrees, and metres above the sea where they were measured."""

    latitude: float
    longitude: float
    height_m: float | None = None

    @property
    def place(self) -> tuple[float, float]:
        """The place without its height."""
        return self.latitude, self.longitude


@dataclass(frozen=True, slots=True)
class Pace:
    """How a group walks: km/h on the flat, metres of ascent and of descent an hour."""

    flat_kmh: float
    ascent_m_h: float
    descent_m_h: float


PACES: dict[PaceName, Pace] = {
    # DIN 33466 itself; then a class that keeps together, and walkers who rest often.
    "adult": Pace(4.0, 300, 500),
    "school": Pace(3.0, 240, 400),
    "reduced": Pace(2.0, 120, 200),
}

DETOURS: dict[Transport, float] = {"walk": 1.3, "bicycle": 1.3, "bus": 1.4}
"""By how much a way is longer than the geodesic, where nothing better is known."""

_RIDES_KMH: dict[Transport, float] = {"bicycle": 12.0, "bus": 30.0}
_GETTING_ON_S: dict[Transport, int] = {"bicycle": 180, "bus": 600}

# What a barometer or a model of the ground trembles by is neither climbed nor descended.
_TREMBLE_M = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """How long and how high a way is. Ascent and descent are None where heights are unknown."""

    distance_m: int
    ascent_m: int | None = None
    descent_m: int | None = None


def estimate(start: Point, end: Point, transport: Transport) -> Measure:
    """Return the geodesic times the detour that such a way usually makes; heights are unknown."""
    straight_m = way_between(start.place, end.place).distance_m
    return Measure(distance_m=round(straight_m * DETOURS[transport]))


def measure(points: Sequence[Point]) -> Measure:
    """Return the length of a path, and its ascent and descent where every height is known."""
    distance_m = round(list(_distances(points))[-1])
    heights = known_heights(points)
    if heights is None:
        return Measure(distance_m=distance_m)
    rises = [end - start for start, end in pairwise(_steadied(heights))]
    return Measure(
        distance_m=distance_m,
        ascent_m=round(sum(rise for rise in rises if rise > 0)),
        descent_m=round(-sum(rise for rise in rises if rise < 0)),
    )


def duration_s(measure: Measure, transport: Transport, pace: PaceName) -> int:
    """Return how long a way takes, in seconds; unknown heights are taken for flat ground."""
    if transport != "walk":
        riding_h = measure.distance_m / 1000 / _RIDES_KMH[transport]
        return round(riding_h * 3600) + _GETTING_ON_S[transport]
    walker = PACES[pace]
    flat_h = measure.distance_m / 1000 / walker.flat_kmh
    climbing_h = (measure.ascent_m or 0) / walker.ascent_m_h + (
        measure.descent_m or 0
    ) / walker.descent_m_h
    longer_h, shorter_h = max(flat_h, climbing_h), min(flat_h, climbing_h)
    return round((longer_h + shorter_h / 2) * 3600)


def profile(points: Sequence[Point]) -> list[tuple[int, float]]:
    """Return the height in metres at each distance in metres, or nothing where one is unknown."""
    heights = known_heights(points)
    if heights is None:
        return []
    return [(round(at), height) for at, height in zip(_distances(points), heights, strict=True)]


def known_heights(points: Sequence[Point]) -> list[float] | None:
    """Return every point's height, or None where one is unknown: half a profile misleads."""
    heights = [point.height_m for point in points if point.height_m is not None]
    return heights if len(heights) == len(points) else None


def _distances(points: Sequence[Point]) -> Iterator[float]:
    walked = 0.0
    yield walked
    for start, end in pairwise(points):
        walked += way_between(start.place, end.place).distance_m
        yield walked


def _steadied(heights: Sequence[float]) -> Iterator[float]:
    kept = heights[0]
    yield kept
    for height in heights[1:]:
        if abs(height - kept) >= _TREMBLE_M:
            kept = height
            yield kept
