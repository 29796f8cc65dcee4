"""Requests drawn from the API's description, by whoever administers: all are answered as it says.

A change mostly names no state that stands: it is refused once its body is read.
"""

import os
from typing import Any

import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case, SerializationContext
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance

from tests.changing import hired
from tourapp.resources import Resources

DRAWN = int(os.environ.get("DRAWN", "4"))
KNOWN = {"slug": "terril", "lang": "fr", "number": 1, "person_id": 1}
CHECKS = [
    schemathesis.checks.not_a_server_error,
    content_type_conformance,
    response_schema_conformance,
]


@schemathesis.serializer("application/zip")
def as_drawn(_: SerializationContext, body: bytes) -> bytes:
    return body


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """Return one of one kind: what is drawn is the same with any."""
    return sqlite_url


def ask(operation: APIOperation[Any, Any, Any, Any], token: str) -> None:
    """Send what is drawn for an operation, about what there is where it has a name."""
    names = {parameter.name for parameter in operation.path_parameters}
    known = {name: value for name, value in KNOWN.items() if name in names}
    # The checks read JSON as it is, not packed.
    headers = {"Authorization": f"Bearer {token}", "Accept-Encoding": "identity"}

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
        case.path_parameters.update(known)
        case.call_and_validate(headers=headers, checks=CHECKS)

    send()


def test_whatever_is_drawn_from_the_description_is_answered_as_it_says(
    app: Flask, client: FlaskClient, seeded: Resources
) -> None:
    token = hired(seeded, client, "administration").token
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) > 100
    for operation in operations:
        ask(operation, token)
