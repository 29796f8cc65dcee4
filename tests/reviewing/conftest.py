"""A submitted text, somebody who wrote it, and somebody who may publish it."""

from collections.abc import Callable
from email.message import EmailMessage

import pytest
from flask.testing import FlaskClient

from tests.changing import STOP, Staff, hired
from tests.post_office import deliver, kept
from tourapp.resources import Resources

WRITER = "redaction@example.fr"
READER = "publication@example.fr"

Post = Callable[[], list[EmailMessage]]


@pytest.fixture
def writer(seeded: Resources, client: FlaskClient) -> Staff:
    """Submit a second revision of a text."""
    writer = hired(seeded, client, "redaction")
    drafted = writer.send("PATCH", STOP, tag=writer.tag(f"{STOP}/draft"), json={"title": "Relu"})
    written = writer.send("POST", f"{STOP}/revisions", tag=drafted.headers["ETag"])
    assert written.status_code == 201
    return writer


@pytest.fixture
def reader(seeded: Resources, client: FlaskClient) -> Staff:
    return hired(seeded, client, "publication")


@pytest.fixture
def post(seeded: Resources) -> Post:
    """Return the letters that left until now, the oldest first."""

    def read() -> list[EmailMessage]:
        deliver(seeded)
        return kept(seeded)

    return read
