"""A guide with a loop of three halts, and a walk of it."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.changing import Staff, hired
from tests.itineraries.test_api import ITINERARIES, NEW
from tourapp.resources import Resources

WALKS = "/api/v1/walks"
PLAN = {
    "itinerary": "la-boucle",
    "group_name": "Classe de 4e B",
    "participants": 24,
    "meeting": "Devant la gare.",
    "starts_at": "2026-12-05T10:00:00+01:00",
}


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """Return one of one kind; `test_leading` tries the other too."""
    return sqlite_url


@pytest.fixture
def guide(seeded: Resources, client: FlaskClient) -> Staff:
    guide = hired(seeded, client, "guide")
    assert guide.send("POST", ITINERARIES, json=NEW).status_code == 201
    return guide


@pytest.fixture
def walk(guide: Staff) -> dict[str, Any]:
    """Have the guide make a walk, and return what the API tells of it."""
    made = guide.send("POST", WALKS, json=PLAN)
    assert made.status_code == 201, made.json
    return dict(made.json or {})


Tap = Callable[..., dict[str, Any]]


@pytest.fixture
def tap(guide: Staff, walk: dict[str, Any]) -> Tap:
    """Return what notes that something came true, and tells the walk."""

    def tapping(what: str, **told: object) -> dict[str, Any]:
        method = "PUT" if what == "end" else "POST"
        answer = guide.send(method, f"{WALKS}/{walk['id']}/{what}", json=told)
        assert answer.status_code == 200, answer.json
        return dict(answer.json or {})

    return tapping
