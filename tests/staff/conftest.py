"""The bureau's pages are tried on one kind of database: their services are tried on both."""

import pytest
from flask import Flask

from tests.staff.desk import Desk, seated


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url


@pytest.fixture
def writer(bureau: Flask) -> Desk:
    """Return the desk of somebody who writes and does not publish."""
    return seated(bureau, "redaction")


@pytest.fixture
def publisher(bureau: Flask) -> Desk:
    return seated(bureau, "publication")
