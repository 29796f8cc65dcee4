"""What is killed: a real installation on SQLite, with leases that soon end."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.installation import Installation


@pytest.fixture
def installation(tmp_path: Path, sqlite_url: str) -> Iterator[Installation]:
    environ = {
        "TOURAPP_DATABASE_URL": sqlite_url,
        "TOURAPP_MEDIA_URL": (tmp_path / "media").as_uri(),
        "TOURAPP_QUEUE_URL": f"sqlite:///{tmp_path / 'queue.sqlite'}",
        "TOURAPP_SECRET_KEY": "a secret that is only good for tests",
        "TOURAPP_SPEECH_ENGINES": "espeak",
        "TOURAPP_RENDER_LEASE_S": "0.5",
    }
    opened = Installation(tmp_path, environ)
    yield opened
    opened.resources.close()
