"""What real services answered, byte for byte: Valhalla and OSRM, on a map drawn by hand.

The map had a street or a path between some of the project's stops, of the very positions of these,
and nothing else: `docs/operations.md` tells how such services are tried.
"""

from pathlib import Path

import pytest

from tests.itineraries.routing.answering import Answering
from tests.itineraries.routing.test_pathfinder import NOW
from tourapp.accounts.services import operator
from tourapp.itineraries.content import HaltContent, ItineraryContent, Spot
from tourapp.itineraries.outline import PlacedHalt, outline
from tourapp.itineraries.queries import get_itinerary
from tourapp.itineraries.route import Point, measure
from tourapp.itineraries.routing.opening import open_routing
from tourapp.itineraries.routing.pathfinder import Pathfinder
from tourapp.itineraries.services import create_itinerary
from tourapp.resources import Resources

RECORDED = Path(__file__).parent / "recorded"
SERVICES = ("valhalla-3.9.1", "osrm-26.10.0")
Place = tuple[float, float]

BASE, TERRIL, TWINS = (50.4435, 2.7888), (50.44306, 2.77788), (50.4606, 2.56984)


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """Return one of one kind: what is kept of an answer is tried on both elsewhere."""
    return sqlite_url


def way_after(
    resources: Resources, service: Answering, recorded: str, *, to: Place, status: int = 200
) -> PlacedHalt:
    """Have a worker ask once for a way that leads from the base, and return where it leads."""
    halts = [
        HaltContent(spot=Spot(name=f"{place}", latitude=place[0], longitude=place[1]))
        for place in (BASE, to)
    ]
    with resources.database.transaction() as session:
        content = ItineraryContent(title="Essai", summary="", halts=tuple(halts))
        create_itinerary(session, content, by=operator("tests", now=NOW))
    service.says, service.status = (RECORDED / f"{recorded}.json").read_bytes(), status
    kind = recorded.partition("-")[0]
    found = open_routing(f"{kind}+{service.address}", timeout_s=5)
    assert Pathfinder(resources.database, found).find_next(now=NOW)
    with resources.database.reading() as session:
        itinerary = get_itinerary(session, "essai", viewer=operator("tests", now=NOW))
        return outline(session, itinerary).places[1]


@pytest.mark.parametrize("name", SERVICES)
def test_a_way_is_as_long_as_the_service_says(
    seeded: Resources, service: Answering, name: str
) -> None:
    there = way_after(seeded, service, f"{name}-way", to=TERRIL)
    assert (there.origin, len(there.path)) == ("service", 3)
    assert (there.path[0], there.path[-1]) == (Point(*BASE), Point(*TERRIL))
    assert measure(there.path).distance_m == pytest.approx(1065, abs=2)


@pytest.mark.parametrize("name", SERVICES)
def test_a_way_to_the_nearest_street_of_another_town_is_none(
    seeded: Resources, service: Answering, name: str
) -> None:
    # Both services accept the question, and lead to where their map ends, 13 km away.
    there = way_after(seeded, service, f"{name}-elsewhere", to=TWINS)
    assert there.origin == "estimate"


@pytest.mark.parametrize(
    "refused", ["valhalla-3.9.1-no-way", "valhalla-3.9.1-too-far", "osrm-26.10.0-no-way"]
)
def test_a_refusal_is_remembered_as_no_way_and_holds_up_no_other(
    seeded: Resources, service: Answering, refused: str
) -> None:
    assert way_after(seeded, service, refused, to=TWINS, status=400).origin == "estimate"
