"""The bureau's pages are tried on one kind of database: their services are tried on both."""

import pytest


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url
