"""Somebody who is written to, and where letters are put."""

import pytest

from tests.accounts.posting.pillar import ANA, Pillar
from tests.staff.desk import invited
from tourapp.resources import Resources


@pytest.fixture
def pillar() -> Pillar:
    return Pillar()


@pytest.fixture(autouse=True)
def ana(resources: Resources) -> str:
    """Return the address of somebody with a password, who is there in every test."""
    return invited(resources, "redaction", email=ANA)
