"""A routing service, and an itinerary between whose halts it may know the way."""

from collections.abc import Iterator

import pytest

from tests.itineraries.routing.answering import Answering, answering


@pytest.fixture(scope="module")
def running() -> Iterator[Answering]:
    with answering() as service:
        yield service


@pytest.fixture
def service(running: Answering) -> Answering:
    """Have the service forget what it was asked."""
    running.says, running.status, running.is_silent = None, 200, False
    running.asked.clear()
    return running
