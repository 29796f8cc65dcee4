"""A submitted text, somebody who wrote it, and somebody who may publish it."""

from collections.abc import Callable
from email import message_from_bytes
from email.message import Message
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.changing import STOP, Staff, hired
from tourapp.resources import Resources

WRITER = "redaction@example.fr"
READER = "publication@example.fr"

Post = Callable[[], list[Message]]


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
def post(tmp_path: Path) -> Post:
    """Return the letters that were written until now, the oldest first."""

    def read() -> list[Message]:
        paths = sorted((tmp_path / "mail").glob("*.eml"), key=lambda path: path.stat().st_mtime_ns)
        return [message_from_bytes(path.read_bytes()) for path in paths]

    return read
