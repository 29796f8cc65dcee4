"""Reading a path that somebody drew or walked: GPX, KML or GeoJSON, bounded and never trusted."""

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from xml.etree import ElementTree as ET

from tourapp.errors import InvalidError
from tourapp.itineraries.route import Point

LONGEST_FILE_BYTES = 10_000_000
MOST_POINTS = 100_000

TOLERANCE_M = 5.0
"""How far from the walked path the kept one may be: less than a phone knows where it is."""

_METRES_A_DEGREE = 111_320.0
_LINES = {"LineString", "MultiLineString"}


@dataclass(frozen=True, slots=True)
class DrawnPath:
    """A way that somebody drew or walked, and who says so."""

    points: Sequence[Point]
    source: str


class UnreadablePathError(InvalidError):
    """A file is no path: too large, of another kind, broken, or without two places."""


def read_path(file: bytes) -> list[Point]:
    """Return the path that a GPX, KML or GeoJSON file holds, with no more points than it needs.

    Several tracks or lines are taken one after the other. Raises UnreadablePathError.
    """
    if len(file) > LONGEST_FILE_BYTES:
        message = f"expected at most {LONGEST_FILE_BYTES // 1_000_000} MB, got {len(file)} bytes"
        raise UnreadablePathError(message)
    read = _read_geojson if file.lstrip()[:1] == b"{" else _read_xml
    try:
        points = list(_bounded(read(file)))
    except (ValueError, TypeError, LookupError, RecursionError, ET.ParseError) as error:
        message = f"expected GPX, KML or GeoJSON, got something else: {error}"
        raise UnreadablePathError(message) from None
    if len(points) < 2:  # noqa: PLR2004 -- from one place to another
        message = "expected a path of at least two points: a <trk>, a <rte> or a LineString"
        raise UnreadablePathError(message)
    return simplified(points)


def simplified(points: Sequence[Point]) -> list[Point]:
    """Return the points that keep a path within `TOLERANCE_M`, after Douglas and Peucker (1973)."""
    kept = {0, len(points) - 1}
    stretches = [(0, len(points) - 1)]
    while stretches:
        start, end = stretches.pop()
        between = range(start + 1, end)
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


def _bounded(points: Iterator[Point]) -> Iterator[Point]:
    for count, point in enumerate(points, 1):
        if count > MOST_POINTS:
            message = f"more than {MOST_POINTS} points"
            raise ValueError(message)
        if not (abs(point.latitude) <= 90 and abs(point.longitude) <= 180):  # noqa: PLR2004 -- degrees
            message = f"{point.latitude}, {point.longitude} is no place on earth"
            raise ValueError(message)
        known = point.height_m is not None and math.isfinite(point.height_m)
        yield point if known else point._replace(height_m=None)


def _read_geojson(file: bytes) -> Iterator[Point]:
    yield from _points_of(json.loads(file.decode()))


def _points_of(part: dict[str, Any]) -> Iterator[Point]:
    if part["type"] == "FeatureCollection":
        for feature in part["features"]:
            yield from _points_of(feature)
    elif part["type"] == "Feature":
        yield from _points_of(part["geometry"])
    elif part["type"] in _LINES:
        coordinates = part["coordinates"]
        for line in coordinates if part["type"] == "MultiLineString" else [coordinates]:
            yield from (_point(*numbers[:3]) for numbers in line)


def _point(longitude: float, latitude: float, height_m: float | None = None) -> Point:
    return Point(float(latitude), float(longitude), None if height_m is None else float(height_m))


def _read_xml(file: bytes) -> Iterator[Point]:
    # A path declares no entities: without them there is nothing to expand, and nothing to fetch.
    if b"<!DOCTYPE" in file.replace(b"\0", b""):
        message = "it declares a document type"
        raise ValueError(message)
    for _, element in ET.iterparse(BytesIO(file)):  # noqa: S314 -- bounded, and without a DTD
        match element.tag.rpartition("}")[2]:
            case "trkpt" | "rtept":
                yield _track_point(element)
                element.clear()
            case "LineString":
                yield from _kml_points(element)


def _track_point(element: ET.Element) -> Point:
    height = element.findtext("{*}ele")
    given = element.attrib
    return Point(float(given["lat"]), float(given["lon"]), float(height) if height else None)


def _kml_points(line: ET.Element) -> Iterator[Point]:
    for numbers in (line.findtext("{*}coordinates") or "").split():
        yield _point(*(float(number) for number in numbers.split(",")[:3]))
