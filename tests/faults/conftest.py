"""What is killed: a real installation on SQLite, with leases that soon end."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.installation import Installation
from tests.installations import environment


@pytest.fixture(autouse=True)
def unmeasured(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have no process measured that is killed before it tells anything, nor those beside it."""
    for name in ("COVERAGE_PROCESS_START", "COVERAGE_PROCESS_CONFIG"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def installation(tmp_path: Path, sqlite_url: str) -> Iterator[Installation]:
    environ = environment(tmp_path, database_url=sqlite_url, render_lease_s="0.5")
    opened = Installation(tmp_path, environ)
    yield opened
    opened.resources.close()
