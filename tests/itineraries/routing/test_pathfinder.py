"""Ways that a worker has a service find, and how they are shown as such."""

from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient

from tests.changing import Staff, hired
from tests.itineraries.routing.answering import IGN, NO_OSRM, OSRM, Answering
from tests.itineraries.test_api import ITINERARIES, LOOP, NEW, show
from tests.itineraries.test_paths import GPX
from tests.visit.reading import words
from tourapp.itineraries.routing.opening import open_routing
from tourapp.itineraries.routing.pathfinder import LOOKS_EVERY, RESTS_FOR, Pathfinder
from tourapp.itineraries.routing.services import RETRY
from tourapp.resources import Resources

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
HALTS = [{"stop": "terril"}, {"stop": "arret-2"}, {"stop": "arret-2"}]


@pytest.fixture
def guide(seeded: Resources, client: FlaskClient) -> Staff:
    """Have a guide make an itinerary with one way to be found: the other leads nowhere."""
    guide = hired(seeded, client, "guide")
    assert guide.send("POST", ITINERARIES, json=NEW | {"halts": HALTS}).status_code == 201
    return guide


def finder(resources: Resources, service: Answering, kind: str = "osrm") -> Pathfinder:
    url = f"{kind}+{service.address}" if kind else ""
    return Pathfinder(resources.database, open_routing(url, timeout_s=5))


def way(guide: Staff) -> dict[str, object]:
    told: dict[str, object] = guide.send("GET", LOOP).json["halts"][1]["way"]
    return told


def test_a_way_is_found_once_and_marked_as_the_service_s(
    seeded: Resources, client: FlaskClient, guide: Staff, service: Answering
) -> None:
    service.says = OSRM
    found = finder(seeded, service)
    assert way(guide)["origin"] == "estimate"
    assert found.find_next(now=NOW)
    assert not found.find_next(now=NOW)
    assert len(service.asked) == 1
    told = way(guide)
    assert (told["origin"], told["source"], told["is_estimate"]) == ("service", "OSRM", False)
    assert 1300 < int(str(told["distance_m"])) < 1600
    assert told["ascent_m"] is None
    show(guide)
    assert "Chemin calculé par OSRM" in words(client.get("/fr/itineraires/la-boucle"))


def test_a_drawn_path_goes_before_the_service_s(
    seeded: Resources, guide: Staff, service: Answering
) -> None:
    guide.send("PUT", f"{LOOP}/halts/2/path?source=GPS", tag=guide.tag(LOOP), data=GPX)
    assert not finder(seeded, service).find_next(now=NOW)
    assert (way(guide)["origin"], way(guide)["source"]) == ("path", "GPS")
    assert service.asked == []


def test_a_way_that_no_service_knows_stays_an_estimate_and_is_asked_again(
    seeded: Resources, guide: Staff, service: Answering
) -> None:
    service.says, service.status = NO_OSRM, 400
    found = finder(seeded, service)
    assert found.find_next(now=NOW)
    assert not found.find_next(now=NOW + LOOKS_EVERY)
    assert way(guide)["origin"] == "estimate"
    service.says, service.status = OSRM, 200
    assert found.find_next(now=NOW + RETRY)
    assert way(guide)["origin"] == "service"


def test_a_service_that_does_not_answer_is_left_alone_for_a_while(
    seeded: Resources, guide: Staff, service: Answering
) -> None:
    service.status = 503
    found = finder(seeded, service)
    assert not found.find_next(now=NOW)
    assert not found.find_next(now=NOW + timedelta(seconds=10))
    assert len(service.asked) == 1
    assert way(guide)["origin"] == "estimate"
    service.says, service.status = OSRM, 200
    assert found.find_next(now=NOW + RESTS_FOR)


def test_a_service_at_a_wrong_address_is_told_of_once_and_asked_again_soon(
    seeded: Resources, guide: Staff, service: Answering, caplog: pytest.LogCaptureFixture
) -> None:
    service.says, service.status = {"code": "InvalidUrl", "message": "URL string malformed"}, 400
    found = finder(seeded, service)
    assert not found.find_next(now=NOW)
    assert not found.find_next(now=NOW + timedelta(seconds=10))
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "InvalidUrl" in caplog.text
    service.says, service.status = OSRM, 200
    assert found.find_next(now=NOW + RESTS_FOR)
    assert way(guide)["origin"] == "service"


def test_another_service_is_asked_anew(seeded: Resources, guide: Staff, service: Answering) -> None:
    service.says = OSRM
    finder(seeded, service).find_next(now=NOW)
    service.says = IGN
    assert finder(seeded, service, "ign").find_next(now=NOW)
    assert way(guide)["source"] == "IGN"


def test_a_line_of_one_point_is_no_way(seeded: Resources, guide: Staff, service: Answering) -> None:
    service.says = {"routes": [{"geometry": {"coordinates": [[2.7, 50.4]]}}]}
    assert finder(seeded, service).find_next(now=NOW)
    assert way(guide)["origin"] == "estimate"


def test_without_a_service_nobody_is_asked(seeded: Resources, service: Answering) -> None:
    assert not finder(seeded, service, "").find_next()
