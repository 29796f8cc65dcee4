"""Paths from files of others: what is read, and what is refused."""

import json
import math
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tourapp.itineraries.drawings.content import (
    LONGEST_FILE_BYTES,
    MOST_POINTS,
    UnreadableDrawingError,
)
from tourapp.itineraries.paths import TOLERANCE_M, read_path, simplified
from tourapp.itineraries.route import Point

CORNERED = [Point(50.0, 2.0, 40.0), Point(50.01, 2.0, 55.5), Point(50.01, 2.02, 60.0)]

GPX = b"""<?xml version="1.0" encoding="UTF-8"?>
<gpx xmlns="http://www.topografix.com/GPX/1/1" version="1.1" creator="somebody"><trk><trkseg>
<trkpt lat="50.0" lon="2.0"><ele>40.0</ele></trkpt>
<trkpt lat="50.01" lon="2.0"><ele>55.5</ele></trkpt>
<trkpt lat="50.01" lon="2.02"><ele>60.0</ele></trkpt>
</trkseg></trk></gpx>"""
ROUTE = GPX.replace(b"trkpt", b"rtept").replace(b"<trkseg>", b"").replace(b"</trkseg>", b"")
KML = b"""<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark><LineString>
<coordinates>2.0,50.0,40.0 2.0,50.01,55.5
  2.02,50.01,60.0</coordinates></LineString></Placemark></Document></kml>"""
LINE = {
    "type": "LineString",
    "coordinates": [[2.0, 50.0, 40.0], [2.0, 50.01, 55.5], [2.02, 50.01, 60.0]],
}
FEATURES = {
    "type": "FeatureCollection",
    "features": [
        {"type": "Feature", "geometry": {"type": "Point", "coordinates": [9.0, 9.0]}},
        {"type": "Feature", "geometry": {"type": "Polygon", "coordinates": []}},
        {"type": "Feature", "geometry": LINE},
    ],
}
SPLIT = {
    "type": "MultiLineString",
    "coordinates": [LINE["coordinates"][:2], LINE["coordinates"][2:]],
}
BOMB = b'<!DOCTYPE gpx [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;">]><gpx>&b;</gpx>'
OUTSIDE = b'<!DOCTYPE gpx [<!ENTITY x SYSTEM "file:///etc/passwd">]><gpx>&x;</gpx>'


@pytest.mark.parametrize(
    "file",
    [
        GPX,
        ROUTE,
        GPX.decode().replace("UTF-8", "UTF-16").encode("utf-16"),
        KML,
        json.dumps(LINE).encode(),
        json.dumps(FEATURES).encode(),
        json.dumps(SPLIT).encode(),
    ],
    ids=["gpx", "route", "utf-16", "kml", "line", "features", "lines"],
)
def test_a_path_is_read_from_any_of_its_forms(file: bytes) -> None:
    assert read_path(file) == CORNERED


def test_a_path_that_is_all_corners_is_kept_whole_rather_than_pondered() -> None:
    # Each corner in turn is the farthest one: to weigh them all would take minutes.
    corners = [Point(50 + number % 2 / 1000, 2 + number / 1_000_000) for number in range(20_000)]
    assert simplified(corners) == corners


def test_a_path_may_lack_heights() -> None:
    flat = {"type": "LineString", "coordinates": [[2.0, 50.0], [2.0, 50.01]]}
    without = GPX.replace(b"<ele>40.0</ele>", b"").replace(b"<ele>55.5</ele>", b"<ele>nan</ele>")
    assert read_path(json.dumps(flat).encode()) == [Point(50.0, 2.0), Point(50.01, 2.0)]
    assert [point.height_m for point in read_path(without)] == [None, None, 60.0]


@pytest.mark.parametrize(
    ("file", "why"),
    [
        (b"", "expected GPX, KML or GeoJSON"),
        (b"hello", "expected GPX, KML or GeoJSON"),
        (b"{}", "expected GPX, KML or GeoJSON"),
        (b'{"type": "LineString", "coordinates": [["a", "b"]]}', "expected GPX, KML or GeoJSON"),
        (b'{"type": "Feature", "geometry": null}', "expected GPX, KML or GeoJSON"),
        (b'{"a":' * 100_000, "expected GPX, KML or GeoJSON"),
        (json.dumps(LINE).encode("utf-16"), "expected GPX, KML or GeoJSON"),
        (GPX.replace(b'lat="50.0"', b""), "expected GPX, KML or GeoJSON"),
        (GPX.replace(b'lat="50.0"', b'lat="950.0"'), "no place on earth"),
        (GPX.replace(b'lat="50.0"', b'lat="nan"'), "no place on earth"),
        (GPX[:-40], "expected GPX, KML or GeoJSON"),
        (b"<gpx/>", "at least two points"),
        (b"<kml><LineString/></kml>", "at least two points"),
        (BOMB, "declares a document type"),
        (OUTSIDE, "declares a document type"),
        (OUTSIDE.decode().encode("utf-16"), "declares a document type"),
        (b" " * (LONGEST_FILE_BYTES + 1), "at most 10 MB"),
    ],
)
def test_what_is_no_path_is_refused_with_the_reason(file: bytes, why: str) -> None:
    with pytest.raises(UnreadableDrawingError, match=why):
        read_path(file)


def test_a_path_of_a_million_points_is_refused_before_it_is_read_whole() -> None:
    endless = b"<gpx>" + b'<trkpt lat="5" lon="2"/>' * (MOST_POINTS + 1) + b"</gpx>"
    with pytest.raises(UnreadableDrawingError, match=f"more than {MOST_POINTS} points"):
        read_path(endless)


def test_a_walked_path_keeps_its_shape_in_few_points() -> None:
    walked = [Point(50.0 + i / 1e5, 2.0 + math.sin(i / 200) / 100) for i in range(5000)]
    kept = simplified(walked)
    assert len(kept) < len(walked) / 20
    assert (kept[0], kept[-1]) == (walked[0], walked[-1])


@given(st.lists(st.tuples(st.floats(50.0, 50.01), st.floats(2.0, 2.01)), min_size=2, max_size=30))
def test_a_simplified_path_never_invents_a_place(places: list[tuple[float, float]]) -> None:
    points = [Point(*place) for place in places]
    assert set(simplified(points)) <= set(points)


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(file: bytes) -> None:
    with suppress(UnreadableDrawingError):
        assert len(read_path(file)) > 1


def test_a_straight_path_is_two_points() -> None:
    straight = [Point(50.0 + i / 1e4, 2.0) for i in range(100)]
    assert simplified(straight) == [straight[0], straight[-1]]
    assert TOLERANCE_M > 0
