"""Somebody who looks after the signs of the small stops."""

import pytest
from flask.testing import FlaskClient

from tests.changing import Staff, hired
from tourapp.resources import Resources


@pytest.fixture
def keeper(seeded: Resources, client: FlaskClient) -> Staff:
    """Hire somebody who may change signs."""
    return hired(seeded, client, "publication")
