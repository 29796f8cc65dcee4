"""Valhalla, OSRM and IGN, as each of them is asked and answers."""

from typing import Any

import pytest

from tests.itineraries.routing.answering import (
    CORNERED,
    IGN,
    NO_IGN,
    NO_OSRM,
    NO_VALHALLA,
    OSRM,
    VALHALLA,
    Answering,
)
from tourapp.errors import UnavailableError
from tourapp.itineraries.route import Point, Transport
from tourapp.itineraries.routing.opening import open_routing
from tourapp.itineraries.routing.protocol import NoWayError, RoutingService

START, END = Point(50.443, 2.778), Point(50.453, 2.778)
SAYS: dict[str, Any] = {"osrm": OSRM, "ign": IGN, "valhalla": VALHALLA}
KINDS = pytest.mark.parametrize("kind", ["osrm", "ign", "valhalla"])


def opened(kind: str, service: Answering, *, timeout_s: float = 5) -> RoutingService:
    found = open_routing(f"{kind}+{service.address}/", timeout_s=timeout_s)
    assert found is not None
    return found


def found_by(kind: str, service: Answering, transport: Transport = "walk") -> list[Point]:
    return list(opened(kind, service).find_path(START, END, transport))


@KINDS
def test_each_finds_the_way(kind: str, service: Answering) -> None:
    service.says = SAYS[kind]
    assert found_by(kind, service) == [Point(latitude, lon) for lon, latitude in CORNERED]


def test_osrm_is_asked_for_the_whole_line_of_a_profile(service: Answering) -> None:
    service.says = OSRM
    found_by("osrm", service, "bicycle")
    assert service.asked == [
        {
            "path": "/route/v1/bike/2.778,50.443;2.778,50.453",
            "overview": "full",
            "geometries": "geojson",
        }
    ]


def test_ign_is_asked_for_the_shortest_way_on_foot_and_the_fastest_by_road(
    service: Answering,
) -> None:
    service.says = IGN
    found_by("ign", service)
    found_by("ign", service, "bus")
    walk, bus = service.asked
    assert walk["path"] == "/itineraire"
    assert (walk["start"], walk["end"]) == ("2.778,50.443", "2.778,50.453")
    assert (walk["profile"], walk["optimization"]) == ("pedestrian", "shortest")
    assert (bus["profile"], bus["optimization"]) == ("car", "fastest")
    assert "bicycle" not in opened("ign", service).transports


def test_valhalla_is_asked_by_its_costing(service: Answering) -> None:
    service.says = VALHALLA
    found_by("valhalla", service, "bus")
    (asked,) = service.asked
    assert (asked["path"], asked["costing"], asked["directions_type"]) == ("/route", "bus", "none")
    assert asked["locations"] == [{"lat": 50.443, "lon": 2.778}, {"lat": 50.453, "lon": 2.778}]


@pytest.mark.parametrize(
    ("kind", "says", "status"),
    [
        ("osrm", NO_OSRM, 400),
        ("osrm", {"code": "NoSegment", "message": "Could not find a matching segment"}, 400),
        ("valhalla", NO_VALHALLA, 400),
        ("valhalla", NO_VALHALLA | {"error_code": 171}, 400),
        ("valhalla", NO_VALHALLA | {"error_code": 154}, 400),
        ("ign", NO_IGN, 404),
    ],
)
def test_a_way_that_there_is_not_is_told_from_a_service_that_fails(
    kind: str, says: object, status: int, service: Answering
) -> None:
    service.says, service.status = says, status
    with pytest.raises(NoWayError):
        found_by(kind, service)


@pytest.mark.parametrize(
    ("kind", "says", "status"),
    [
        ("osrm", {"code": "InvalidUrl", "message": "URL string malformed"}, 400),
        ("osrm", {"code": "TooBig", "message": "Too many coordinates"}, 400),
        ("valhalla", {"error_code": 106, "error": "Try any of: '/route'"}, 404),
        ("valhalla", {"error_code": 125, "error": "No costing method found"}, 400),
        ("ign", {"error": {"errorType": "badRequest", "message": "Parameter 'start'"}}, 400),
        ("ign", {"error": {"errorType": "notFound", "message": "Resource not found"}}, 404),
    ],
)
def test_a_fault_in_what_is_asked_is_not_taken_for_no_way(
    kind: str, says: object, status: int, service: Answering
) -> None:
    service.says, service.status = says, status
    with pytest.raises(UnavailableError, match="refuses what it is asked") as caught:
        found_by(kind, service)
    assert not isinstance(caught.value, NoWayError)


@KINDS
@pytest.mark.parametrize(
    ("says", "status"),
    [
        (b"<html>", 200),
        ({}, 200),
        ([], 200),
        (None, 200),
        ({}, 503),
        ({}, 429),
        ({}, 404),
        ([], 400),
        ({"error": {"message": None}}, 404),
        (b"[" * 5_100_000, 200),
        ({"routes": [{"geometry": {"coordinates": ["a"]}}]}, 200),
        ({"geometry": {"coordinates": [["a", "b"]]}}, 200),
        ({"trip": {"legs": [{"shape": 5}]}}, 200),
    ],
)
def test_what_cannot_be_read_is_no_answer(
    kind: str, says: object, status: int, service: Answering
) -> None:
    service.says, service.status = says, status
    with pytest.raises(UnavailableError) as caught:
        found_by(kind, service)
    assert not isinstance(caught.value, NoWayError)


def test_a_shape_that_breaks_off_is_read_as_far_as_it_goes(service: Answering) -> None:
    service.says = {"trip": {"legs": [{"shape": "_p~iF"}]}}
    assert len(found_by("valhalla", service)) == 1


def test_nobody_is_waited_for_longer_than_the_settings_say(service: Answering) -> None:
    service.is_silent = True
    with pytest.raises(UnavailableError):
        opened("osrm", service, timeout_s=0.1).find_path(START, END, "walk")


def test_without_a_setting_there_is_none() -> None:
    assert open_routing("", timeout_s=1) is None
