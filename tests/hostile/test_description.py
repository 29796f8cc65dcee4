"""Requests drawn from the API's description, by whoever administers: all are answered as it says.

Every other one is made to be right where a draw hits by chance alone: on things that there are, on
the state that stands, with a file that can be read. So each operation is seen to succeed, too.
"""

import os
import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case, SerializationContext
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance
from sqlalchemy import select

from tests.changing import Staff, hired
from tests.hostile.conftest import read_aloud
from tests.hostile.world import World, build
from tests.lending import kept
from tests.samples import CODES
from tourapp.resources import Resources
from tourapp.stops.models import Revision

DRAWN = int(os.environ.get("DRAWN", "4"))
KINDS = os.environ.get("DRAWN_ON", "sqlite").split()
CHECKS = [
    schemathesis.checks.not_a_server_error,
    content_type_conformance,
    response_schema_conformance,
]

STATES = {
    "/stops/{slug}": "/stops/{slug}/draft",
    "/stops/{slug}/revisions": "/stops/{slug}/draft",
    "/stops/": "/stops/{slug}/place",
    "/stops/{slug}/revisions/{number}/review/": "/stops/{slug}/revisions/{number}/review",
    "/imports/": "/imports/{import_id}",
    "/lexicon/": "/lexicon/{entry_id}",
    "/signs/": "/signs/{code}",
    "/itineraries/": "/itineraries/{slug}",
    "/walks/": "/walks/{walk_id}",
    "/people/": "/people/{person_id}",
    "/observations/": "/observations/{observation_id}",
}
"""Where the state is told that an operation must name: for a path, or for all that begin so."""

OTHERS = {
    "POST /stops/{slug}/pictures": {"slug": "arret-2"},
    "DELETE /stops/{slug}/archive": {"slug": "arret-3"},
    "DELETE /signs/{code}/retirement": {"code": CODES[1]},
}
"""What is as it must be for an operation, where the usual thing is not."""

SENT = {
    "stop": "arret-2",
    "itinerary": "la-boucle",
    "stops": ["terril"],
    "codes": [],
    "revision": 2,
    "position": 2,
    "of": None,
    "email": "b@example.fr",
    "roles": ["guide"],
    "owner": "administration@example.fr",
}

HERE = {"REMOTE_ADDR": "127.0.0.1"}
"""The machine itself, which may ask as often as it likes."""

Restore = Callable[[], object]


@schemathesis.serializer("application/zip")
def as_drawn(_: SerializationContext, body: bytes) -> bytes:
    return body


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest) -> str:
    """Return one that is brought back after every change."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def staff(seeded: Resources, client: FlaskClient) -> Staff:
    return hired(seeded, client, "administration")


@pytest.fixture
def world(staff: Staff, seeded: Resources, client: FlaskClient) -> World:
    writer = hired(seeded, client, "redaction")
    built = build(staff, writer)
    with seeded.database.transaction() as session:
        for revision in session.scalars(select(Revision).filter_by(number=1)):
            read_aloud(session, revision, "Jeanne")
    return built


@pytest.fixture
def restore(
    world: World,  # noqa: ARG001 -- what the database is brought back to
    seeded: Resources,
    database_url: str,
    tmp_path: Path,
) -> Iterator[Restore]:
    """Yield what brings the database back to the world as it was built."""
    if database_url.startswith("postgresql"):
        with kept(database_url) as bring_back:
            yield bring_back
    else:
        yield partial(_bring_back, seeded, _copied(tmp_path / "tourapp.sqlite"))


def _bring_back(seeded: Resources, world: Path) -> None:
    seeded.database.close()
    _copy(world, world.with_stem("tourapp"))


def _copied(source: Path) -> Path:
    return _copy(source, source.with_stem("world"))


def _copy(source: Path, copied: Path) -> Path:
    with closing(sqlite3.connect(source)) as read, closing(sqlite3.connect(copied)) as written:
        read.backup(written)
    return copied


class Drawing:
    """Sends what is drawn, and counts how it was answered."""

    def __init__(self, staff: Staff, world: World, restore: Restore) -> None:
        self._staff = staff
        self._world = world
        self._restore = restore
        self._keys = count(1)
        self.answered: Counter[tuple[str, int]] = Counter()

    def draw(self, operation: APIOperation[Any, Any, Any, Any]) -> None:
        """Send what is drawn for an operation, every other one mended."""
        numbers = count()

        @settings(
            max_examples=DRAWN,
            derandomize=True,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy())
        def send(case: Case[Any]) -> None:
            self._aim(case, is_mended=next(numbers) % 2 == 0)
            # The checks read JSON as it is, not packed.
            case.headers["Accept-Encoding"] = "identity"
            case.headers["Authorization"] = f"Bearer {self._staff.token}"
            response = case.call_and_validate(checks=CHECKS, environ_base=HERE)
            self.answered[named(operation), response.status_code // 100] += 1
            if response.status_code < 300 and case.method.upper() != "GET":
                self._restore()

        send()

    def _aim(self, case: Case[Any], *, is_mended: bool) -> None:
        known = self._world.known | {"slug": _slug(case.path)} | OTHERS.get(named(case), {})
        case.path_parameters.update({name: known[name] for name in case.path_parameters})
        if is_mended:
            case.query.update({name: known[name] for name in case.query.keys() & known})
            case.body = self._mended(case)
            if "Idempotency-Key" in case.headers:
                case.headers["Idempotency-Key"] = str(next(self._keys))
        if "If-Match" in case.headers:
            case.headers["If-Match"] = self._state(case)

    def _mended(self, case: Case[Any]) -> Any:  # noqa: ANN401 -- whatever a body is
        files = self._world.routes if case.path.endswith("/from-file") else self._world.files
        kind = re.sub(r"^image/.*", "image/*", case.media_type or "")
        if kind in files:
            return files[kind]
        if isinstance(case.body, dict):
            sent = SENT | {"files": [self._world.known["file"]]}
            return case.body | {name: sent[name] for name in case.body.keys() & sent}
        return case.body

    def _state(self, case: Case[Any]) -> str:
        path = case.path.removeprefix("/api/v1")
        begins = [name for name in STATES if name.endswith("/") and f"{path}/".startswith(name)]
        where = STATES[path if path in STATES else max(begins, key=len)]
        asked = "/api/v1" + where.format(**case.path_parameters)
        query = {name: case.query[name] for name in ("lang", "variant") if name in case.query}
        answer = self._staff.client.get(
            asked, query_string=query, headers={"Authorization": f"Bearer {self._staff.token}"}
        )
        return answer.headers.get("ETag", '"none"')


def _slug(path: str) -> str:
    return "la-boucle" if "/itineraries" in path or "/tours" in path else "terril"


def named(operation: Any) -> str:  # noqa: ANN401 -- an operation, or what is drawn of one
    """Return the method and the path of an operation."""
    return f"{operation.method.upper()} {operation.path.removeprefix('/api/v1')}"


def test_whatever_is_drawn_from_the_description_is_answered_as_it_says(
    app: Flask, staff: Staff, world: World, restore: Restore
) -> None:
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) > 100
    drawing = Drawing(staff, world, restore)
    for operation in operations:
        drawing.draw(operation)
    succeeded = {name for name, kind in drawing.answered if kind == 2}
    blind = sorted({named(operation) for operation in operations} - succeeded)
    assert blind == []
