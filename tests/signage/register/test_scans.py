"""Scans follow a sign from stop to stop."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.changing import Staff
from tests.samples import CODES
from tourapp.accounts.services import operator
from tourapp.audience.services import add_visits
from tourapp.resources import Resources
from tourapp.signage.register.services import move_sign
from tourapp.signage.services import get_sign

SIGN = f"/api/v1/signs/{CODES[0]}"


def scan(resources: Resources, count: int, *, hours_ago: int = 0) -> None:
    with resources.database.transaction() as session:
        scans, views = {CODES[0]: count}, {"/fr/arrets/terril": 99}
        at = datetime.now(UTC) - timedelta(hours=hours_ago)
        add_visits(session, {("sign", "fr"): scans, ("page", "fr"): views}, now=at)


def move(keeper: Staff, to: str) -> None:
    moved = keeper.send("POST", f"{SIGN}/move", tag=keeper.tag(SIGN), json={"stop": to})
    assert moved.status_code == 200


def postings(keeper: Staff) -> Any:  # noqa: ANN401 -- JSON
    return keeper.send("GET", f"{SIGN}/scans").json


def told(keeper: Staff) -> list[tuple[str, int]]:
    return [(posting["stop"], posting["scans"]) for posting in postings(keeper)]


def test_a_sign_that_never_moved_has_led_to_one_stop(seeded: Resources, keeper: Staff) -> None:
    assert told(keeper) == [("terril", 0)]
    scan(seeded, 3)
    scan(seeded, 1)
    assert told(keeper) == [("terril", 4)]


def test_scans_after_a_move_are_the_new_stops_and_earlier_ones_stay(
    seeded: Resources, keeper: Staff
) -> None:
    with seeded.database.transaction() as session:
        get_sign(session, CODES[0]).created_at = datetime(2026, 1, 1, tzinfo=UTC)
    scan(seeded, 5, hours_ago=2)
    move(keeper, "arret-2")
    scan(seeded, 7)
    assert told(keeper) == [("terril", 5), ("arret-2", 7)]
    first, second = postings(keeper)
    assert (first["until"], second["until"]) == (second["since"], None)


def test_scans_of_the_hour_of_a_move_are_the_new_stops(seeded: Resources, keeper: Staff) -> None:
    at = datetime(2999, 5, 1, 14, 40, tzinfo=UTC)
    with seeded.database.transaction() as session:
        add_visits(session, {("sign", "fr"): {CODES[0]: 2}}, now=at.replace(minute=10))
        move_sign(session, CODES[0], to="arret-2", tag="1", by=operator("tests", now=at))
    assert told(keeper) == [("terril", 0), ("arret-2", 2)]
