"""What visitors and staff do with what is noticed, in the words of its tests."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.changing import Staff, hired
from tourapp.observations.models import Observation
from tourapp.resources import Resources

OBSERVATIONS = "/api/v1/observations"
PAGE = "/fr/arrets/terril/remarques"
TEXT = "On entend une alouette, dit Jean Dupont."
SAID = {"stop": "terril", "lang": "fr", "text": TEXT, "kind": "heard"}


@pytest.fixture
def keeper(seeded: Resources, client: FlaskClient) -> Staff:
    return hired(seeded, client, "publication")


def kept(resources: Resources) -> list[Observation]:
    with resources.database.reading() as session:
        return list(session.scalars(select(Observation).order_by(Observation.id)))


def say(client: FlaskClient, *, key: str = "", **said: str | None) -> TestResponse:
    headers = {"Idempotency-Key": key} if key else {}
    return client.post(OBSERVATIONS, json=SAID | said, headers=headers)


def change(keeper: Staff, number: int = 1, **changes: object) -> TestResponse:
    path = f"{OBSERVATIONS}/{number}"
    return keeper.send("PATCH", path, tag=keeper.tag(path), json=changes)


def told(answer: TestResponse) -> list[dict[str, Any]]:
    documents: list[dict[str, Any]] = answer.get_json()
    return documents
