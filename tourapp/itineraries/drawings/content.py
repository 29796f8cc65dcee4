"""What a file holds that somebody drew or walked, as values, and how much of it is taken."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from tourapp.errors import InvalidError
from tourapp.itineraries.route import Point

NAMESPACE = "urn:x-le-bassin-minier-en-marchant:itinerary:1"
"""Of what our own GPX and KML say beyond what these formats know."""

DRAWING_TYPES = (
    "application/gpx+xml",
    "application/vnd.google-earth.kml+xml",
    "application/geo+json",
)

LONGEST_FILE_BYTES = 10_000_000
MOST_POINTS = 100_000
MOST_MARKS = 500

Told = Mapping[str, Any]

DrawingFault = Literal[
    "too_large",
    "other_kind",
    "document_type",
    "no_place",
    "too_many_points",
    "too_many_marks",
    "too_short",
]


class UnreadableDrawingError(InvalidError):
    """A file holds nothing that can be taken; `fault` tells of which kind its mistake is."""

    def __init__(self, message: str, *, fault: DrawingFault) -> None:
        super().__init__(message)
        self.fault = fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A place that a file names; `words` may hold an address, `told` what our own exports say."""

    point: Point
    name: str = ""
    words: str = ""
    told: Told = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A way that a file draws; `told` is what it says of it: its number, its source, its origin."""

    points: Sequence[Point]
    name: str = ""
    told: Told = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """What a file holds, in its order; `told` only where our own program wrote it.

    `tracks` were walked or drawn, `routes` were planned.
    """

    title: str = ""
    summary: str = ""
    told: Told | None = None
    marks: Sequence[Mark] = ()
    tracks: Sequence[Line] = ()
    routes: Sequence[Line] = ()


class Counter:
    """Counts the places that a file names: so many, each somewhere on earth."""

    def __init__(self) -> None:
        self._count = 0

    def place(self, longitude: float, latitude: float, height_m: float | None = None) -> Point:
        """Return a place, or raise UnreadableDrawingError."""
        if not (abs(latitude) <= 90 and abs(longitude) <= 180):  # noqa: PLR2004 -- degrees
            message = f"{latitude}, {longitude} is no place on earth"
            raise UnreadableDrawingError(message, fault="no_place")
        if self._count == MOST_POINTS:
            raise too_many_points()
        self._count += 1
        is_known = height_m is not None and abs(height_m) < float("inf")
        return Point(latitude, longitude, height_m if is_known else None)

    def places(self, positions: Iterable[Sequence[Any]]) -> Iterator[Point]:
        """Yield the places of positions as KML and GeoJSON write them: longitude first."""
        for position in positions:
            longitude, latitude, *height = map(float, position[:3])
            yield self.place(longitude, latitude, *height)


def too_many_points() -> UnreadableDrawingError:
    """Return what refuses a file of too many points."""
    return UnreadableDrawingError(f"more than {MOST_POINTS} points", fault="too_many_points")
