"""GPX and KML, read as they stream by, without a tree."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree as ET

from tourapp.itineraries.drawings.content import (
    MOST_MARKS,
    NAMESPACE,
    Counter,
    Drawing,
    Line,
    Mark,
    UnreadableDrawingError,
)
from tourapp.itineraries.route import Point

_DEEPEST = 100

# What is read before its mistakes are looked at.
_PIECE_BYTES = 65_536

_NUMBERS = re.compile(r"\S+")
_FEATURES = {"wpt", "trk", "rte", "Placemark"}
_NAMED = _FEATURES | {"gpx", "metadata", "Document"}
_POINTS = {"wpt", "trkpt", "rtept"}
_OWN = {f"{{{NAMESPACE}}}{name}" for name in ("itinerary", "halt", "way")}
_FIGURES = {"stay_min", "target_min"}
_TOLD = {"number": "number", "src": "source", "type": "origin"}
_TEXTS = {"ele", "coordinates", "name", "desc", "description", *_TOLD}


def read_xml(file: bytes) -> Drawing:
    """Return what a GPX or KML file holds. Raises UnreadableDrawingError, ValueError and such."""
    # A drawing declares no entities: without them there is nothing to expand, and nothing to fetch.
    if b"<!DOCTYPE" in file.replace(b"\0", b""):
        message = "it declares a document type"
        raise UnreadableDrawingError(message, fault="document_type")
    reader = _Reader()
    parser = ET.XMLParser(target=reader)  # noqa: S314 -- bounded, and without a DTD
    for start in range(0, len(file), _PIECE_BYTES):
        parser.feed(file[start : start + _PIECE_BYTES])
    parser.close()
    return reader.drawing()


@dataclass(slots=True)
class _Feature:
    """What is known so far of a waypoint, a track, a route or a placemark; or of the whole."""

    name: str = ""
    words: list[str] = field(default_factory=list)
    told: dict[str, Any] = field(default_factory=dict)
    point: Point | None = None
    track: list[Point] = field(default_factory=list)
    route: list[Point] = field(default_factory=list)


class _Reader:
    """What the parser tells; the text of a few elements alone is kept."""

    def __init__(self) -> None:
        self._whole = _Feature()
        self._features = [self._whole]
        self._marks: list[Mark] = []
        self._tracks: list[Line] = []
        self._routes: list[Line] = []
        self._counter = Counter()
        self._within: list[str] = []
        self._place: tuple[float, float] | None = None
        self._height: float | None = None
        self._text: list[str] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = tag.rpartition("}")[2]
        if len(self._within) == _DEEPEST:
            message = f"elements within more than {_DEEPEST} others"
            raise ValueError(message)
        if name in _FEATURES:
            self._features.append(_Feature())
        if name in _POINTS:
            self._place = float(attributes["lon"]), float(attributes["lat"])
            self._height = None
        elif name == "link" and self._within[-1:] == ["wpt"]:
            self._features[-1].words.append(attributes.get("href", ""))
        elif tag in _OWN:
            self._features[-1].told |= {
                key: int(value) if key in _FIGURES else value for key, value in attributes.items()
            }
        self._within.append(name)
        self._text.clear()

    def data(self, text: str) -> None:
        if self._within[-1] in _TEXTS:
            self._text.append(text)

    def end(self, _tag: str) -> None:
        name, text = self._within.pop(), "".join(self._text).strip()
        parent = self._within[-1] if self._within else ""
        if name in _TEXTS:
            self._say(name, text, parent)
        elif name in _POINTS and self._place is not None:
            self._stand(name, self._counter.place(*self._place, self._height))
        if name in _FEATURES:
            self._gather(self._features.pop())

    def close(self) -> None:
        self._text.clear()

    def drawing(self) -> Drawing:
        """Return what was read, once all of it was."""
        whole = self._whole
        # Points of a track need no track around them.
        self._gather(whole)
        return Drawing(
            title=whole.name,
            summary=" ".join(whole.words),
            told=whole.told or None,
            marks=self._marks,
            tracks=self._tracks,
            routes=self._routes,
        )

    def _say(self, name: str, text: str, parent: str) -> None:
        feature = self._features[-1]
        match name:
            case "ele" if self._place is not None:
                self._height = float(text) if text else None
            case "coordinates" if parent in {"LineString", "Point"}:
                self._draw(text, feature, parent)
            case "name" if parent in _NAMED:
                feature.name = feature.name or text
            case "desc" | "description" if parent in _NAMED:
                feature.words.append(text)
            case "number" | "src" | "type" if parent == "trk":
                feature.told[_TOLD[name]] = text

    def _draw(self, text: str, feature: _Feature, parent: str) -> None:
        positions = (found[0].split(",") for found in _NUMBERS.finditer(text))
        if parent == "Point":
            feature.point = next(self._counter.places(positions), None)
        else:
            feature.track += self._counter.places(positions)

    def _stand(self, name: str, point: Point) -> None:
        feature, self._place = self._features[-1], None
        match name:
            case "trkpt":
                feature.track.append(point)
            case "rtept":
                feature.route.append(point)
            case _:
                feature.point = point

    def _gather(self, feature: _Feature) -> None:
        # One more than are taken is enough to tell that there are too many.
        if feature.point is not None and len(self._marks) <= MOST_MARKS:
            words = " ".join(feature.words)
            told = feature.told
            self._marks.append(Mark(point=feature.point, name=feature.name, words=words, told=told))
        for points, lines in ((feature.track, self._tracks), (feature.route, self._routes)):
            if points:
                lines.append(Line(points=points, name=feature.name, told=feature.told))
