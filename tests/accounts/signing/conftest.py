"""A doorkeeper, and somebody who may come in."""

import pytest

from tests.staff.desk import CHEAP, invited
from tourapp.accounts.signing.doorkeeping import Doorkeeper
from tourapp.resources import Resources


@pytest.fixture
def door(resources: Resources) -> Doorkeeper:
    return Doorkeeper(resources.database, resources.settings, hasher=CHEAP)


@pytest.fixture
def ana(resources: Resources) -> str:
    """Return the address of somebody with a password."""
    return invited(resources, "publication", email="ana@example.fr")
