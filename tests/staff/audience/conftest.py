"""The bureau over three small stops."""

import pytest
from flask import Flask

from tests.staff.desk import CHEAP
from tourapp.bureau import create_bureau
from tourapp.resources import Resources


@pytest.fixture
def bureau(seeded: Resources) -> Flask:
    return create_bureau(seeded, nudge=lambda: None, hasher=CHEAP)
