"""GeoJSON, counted before it is read."""

import json
from collections.abc import Iterator
from typing import Any

from tourapp.itineraries.drawings.content import (
    MOST_MARKS,
    MOST_POINTS,
    Counter,
    Drawing,
    Line,
    Mark,
    too_many_points,
)

# A point is a bracket and at most three commas; those of features are few beside them.
_MOST_BRACKETS = MOST_POINTS + MOST_POINTS // 10
_MOST = {b"[": _MOST_BRACKETS, b"{": _MOST_BRACKETS, b",": 4 * _MOST_BRACKETS}


def read_geojson(file: bytes) -> Drawing:
    """Return what a GeoJSON file holds. Raises UnreadableDrawingError, ValueError and such."""
    if any(file.count(mark) > most for mark, most in _MOST.items()):
        raise too_many_points()
    whole = json.loads(file.decode())
    told = whole.get("itinerary")
    marks: list[Mark] = []
    lines: list[Line] = []
    counter = Counter()
    for feature in _features(whole):
        _gather(feature, marks, lines, counter)
    return Drawing(told=told if isinstance(told, dict) else None, marks=marks, tracks=lines)


def _features(part: dict[str, Any]) -> Iterator[dict[str, Any]]:
    match part["type"]:
        case "FeatureCollection":
            for feature in part["features"]:
                yield from _features(feature)
        case "Feature":
            yield part
        case _:
            yield {"geometry": part}


def _gather(
    feature: dict[str, Any], marks: list[Mark], lines: list[Line], counter: Counter
) -> None:
    geometry, told = feature["geometry"], feature.get("properties") or {}
    name = str(told.get("title") or told.get("name") or "")
    match geometry["type"]:
        case "Point" if len(marks) <= MOST_MARKS:
            words = " ".join(str(told.get(key) or "") for key in ("url", "description"))
            [point] = counter.places([geometry["coordinates"]])
            marks.append(Mark(point=point, name=name, words=words, told=told))
        case "LineString":
            points = list(counter.places(geometry["coordinates"]))
            lines.append(Line(points=points, name=name, told=told))
        case "MultiLineString":
            points = [point for line in geometry["coordinates"] for point in counter.places(line)]
            lines.append(Line(points=points, name=name, told=told))
