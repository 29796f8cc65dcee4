"""Opening an installation again, with other settings."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from tourapp.resources import Resources
from tourapp.settings import Settings


@pytest.fixture
def reopened() -> Iterator[Callable[[Settings], Resources]]:
    """Return what opens an installation by these settings, until the test ends."""
    with ExitStack() as stack:

        def open_again(settings: Settings) -> Resources:
            resources = Resources.open(settings)
            stack.callback(resources.close)
            return resources

        yield open_again
