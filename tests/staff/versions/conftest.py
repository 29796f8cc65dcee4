"""A narrative with three versions, at the desk of somebody who publishes."""

import pytest
from flask import Flask

from tests.staff.desk import CHEAP, Desk, seated
from tests.staff.writing.forms import FRENCH, opened
from tourapp.bureau import create_bureau
from tourapp.resources import Resources


@pytest.fixture
def bureau(seeded: Resources) -> Flask:
    return create_bureau(seeded, nudge=lambda: None, hasher=CHEAP)


@pytest.fixture
def desk(bureau: Flask) -> Desk:
    """Publish a second version, and submit a third."""
    desk = seated(bureau, "publication")
    desk.follow(f"{FRENCH}/publier", **opened(desk, title="Le grand terril"))
    desk.follow(f"{FRENCH}/soumettre", **opened(desk, title="Le très grand terril"))
    return desk
