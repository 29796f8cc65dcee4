"""The bureau over three small stops, and people who write there."""

import pytest
from flask import Flask

from tests.staff.desk import CHEAP, Desk, seated
from tourapp.bureau import create_bureau
from tourapp.resources import Resources


@pytest.fixture
def bureau(seeded: Resources) -> Flask:
    return create_bureau(seeded, nudge=lambda: None, hasher=CHEAP)


@pytest.fixture
def writer(bureau: Flask) -> Desk:
    """Return the desk of somebody who writes and does not publish."""
    return seated(bureau, "redaction")


@pytest.fixture
def publisher(bureau: Flask) -> Desk:
    return seated(bureau, "publication")
