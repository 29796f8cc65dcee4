"""The edge in front of the application of the small stops, everything prepared."""

import pytest
from flask import Flask

from tests.publishing.edges import Sides
from tourapp.publishing import listening
from tourapp.resources import Resources


@pytest.fixture(scope="session")
def sides(site: Flask) -> Sides:
    """Put the edge in front of the site of tests that only read."""
    both = Sides.of(site, site.extensions["tourapp"])
    both.restore()
    return both


@pytest.fixture
def fresh(app: Flask, prepared: Resources, monkeypatch: pytest.MonkeyPatch) -> Sides:
    """Put the edge in front of a site that one test may change; changes are known at once."""
    monkeypatch.setattr(listening, "LONGEST_DOUBT_S", -1)
    return Sides.of(app, prepared)
