"""Reading a path that somebody drew or walked: GPX, KML or GeoJSON, bounded and never trusted.

XML is read as it streams by, without a tree; JSON is counted before it is read. So the memory
that a file takes is bounded, whatever it holds.
"""

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from xml.etree import ElementTree as ET

from tourapp.errors import InvalidError
from tourapp.itineraries.route import Point

LONGEST_FILE_BYTES = 10_000_000
MOST_POINTS = 100_000

TOLERANCE_M = 5.0
"""How far from the walked path the kept one may be: less than a phone knows where it is."""

# A point of GeoJSON is a bracket and at most three commas; those of features are few beside them.
_MOST_BRACKETS = MOST_POINTS + MOST_POINTS // 10
_MOST_OF_JSON = {b"[": _MOST_BRACKETS, b"{": _MOST_BRACKETS, b",": 4 * _MOST_BRACKETS}
_DEEPEST_XML = 100

# A walked path takes some twenty: each stretch is halved, more or less.
_TRIES_A_POINT = 50

# What is read of XML before its mistakes are looked at.
_PIECE_BYTES = 65_536

_METRES_A_DEGREE = 111_320.0
_NUMBERS = re.compile(r"\S+")
_LINES = {"LineString", "MultiLineString"}
_POINTS = {"trkpt", "rtept"}
_TEXTS = {"ele", "coordinates"}


@dataclass(frozen=True, slots=True)
class DrawnPath:
    """A way that somebody drew or walked, and who says so."""

    points: Sequence[Point]
    source: str


PathFault = Literal[
    "too_large", "other_kind", "document_type", "no_place", "too_many_points", "too_short"
]


class UnreadablePathError(InvalidError):
    """A file is no path; `fault` tells of which kind its mistake is."""

    def __init__(self, message: str, *, fault: PathFault) -> None:
        super().__init__(message)
        self.fault = fault


def read_path(file: bytes) -> list[Point]:
    """Return the path that a GPX, KML or GeoJSON file holds, with no more points than it needs.

    Several tracks or lines are taken one after the other; routes, where a file has no track: what
    was walked goes before what was planned. Raises UnreadablePathError.
    """
    if len(file) > LONGEST_FILE_BYTES:
        message = f"expected at most {LONGEST_FILE_BYTES // 1_000_000} MB, got {len(file)} bytes"
        raise UnreadablePathError(message, fault="too_large")
    read = _read_geojson if file.lstrip()[:1] == b"{" else _read_xml
    try:
        points = read(file)
    except (ValueError, TypeError, LookupError, RecursionError, ET.ParseError) as error:
        message = f"expected GPX, KML or GeoJSON, got something else: {error}"
        raise UnreadablePathError(message, fault="other_kind") from None
    if len(points) < 2:  # noqa: PLR2004 -- from one place to another
        message = "expected a path of at least two points: a <trk>, a <rte> or a LineString"
        raise UnreadablePathError(message, fault="too_short")
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


class _Path:
    """The points that were read so far: so many, each somewhere on earth."""

    def __init__(self) -> None:
        self.points: list[Point] = []

    def add(self, longitude: float, latitude: float, height_m: float | None = None) -> None:
        if not (abs(latitude) <= 90 and abs(longitude) <= 180):  # noqa: PLR2004 -- degrees
            message = f"{latitude}, {longitude} is no place on earth"
            raise UnreadablePathError(message, fault="no_place")
        if len(self.points) == MOST_POINTS:
            raise _too_many_points()
        is_known = height_m is not None and math.isfinite(height_m)
        self.points.append(Point(latitude, longitude, height_m if is_known else None))


def _too_many_points() -> UnreadablePathError:
    return UnreadablePathError(f"more than {MOST_POINTS} points", fault="too_many_points")


def _read_geojson(file: bytes) -> list[Point]:
    path = _Path()
    if any(file.count(mark) > most for mark, most in _MOST_OF_JSON.items()):
        raise _too_many_points()
    for numbers in _positions(json.loads(file.decode())):
        longitude, latitude, *height = map(float, numbers[:3])
        path.add(longitude, latitude, *height)
    return path.points


def _positions(part: dict[str, Any]) -> Iterator[Sequence[float]]:
    if part["type"] == "FeatureCollection":
        for feature in part["features"]:
            yield from _positions(feature)
    elif part["type"] == "Feature":
        yield from _positions(part["geometry"])
    elif part["type"] in _LINES:
        coordinates = part["coordinates"]
        for line in coordinates if part["type"] == "MultiLineString" else [coordinates]:
            yield from line


def _read_xml(file: bytes) -> list[Point]:
    # A path declares no entities: without them there is nothing to expand, and nothing to fetch.
    if b"<!DOCTYPE" in file.replace(b"\0", b""):
        message = "it declares a document type"
        raise UnreadablePathError(message, fault="document_type")
    reader = _Reader()
    parser = ET.XMLParser(target=reader)  # noqa: S314 -- bounded, and without a DTD
    for start in range(0, len(file), _PIECE_BYTES):
        parser.feed(file[start : start + _PIECE_BYTES])
    parser.close()
    return reader.tracks.points or reader.routes.points


class _Reader:
    """What the parser tells of GPX and KML; the text of two elements alone is kept."""

    def __init__(self) -> None:
        self.tracks, self.routes = _Path(), _Path()
        self._within: list[str] = []
        self._place: tuple[float, float] | None = None
        self._height: float | None = None
        self._text: list[str] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = tag.rpartition("}")[2]
        if len(self._within) == _DEEPEST_XML:
            message = f"elements within more than {_DEEPEST_XML} others"
            raise ValueError(message)
        self._within.append(name)
        self._text.clear()
        if name in _POINTS:
            self._place = float(attributes["lon"]), float(attributes["lat"])
            self._height = None

    def data(self, text: str) -> None:
        if self._within[-1] in _TEXTS:
            self._text.append(text)

    def end(self, tag: str) -> None:
        self._within.pop()
        match tag.rpartition("}")[2]:
            case "ele" if self._place is not None:
                text = "".join(self._text).strip()
                self._height = float(text) if text else None
            case "trkpt" if self._place is not None:
                self.tracks.add(*self._place, self._height)
                self._place = None
            case "rtept" if self._place is not None:
                self.routes.add(*self._place, self._height)
                self._place = None
            case "coordinates" if self._within and self._within[-1] == "LineString":
                for found in _NUMBERS.finditer("".join(self._text)):
                    longitude, latitude, *height = map(float, found[0].split(",")[:3])
                    self.tracks.add(longitude, latitude, *height)

    def close(self) -> None:
        self._text.clear()
