"""The guides' pages are tried on one kind of database: their services are tried on both."""

import pytest
from flask import Flask

from tests.guide.forms import Builder
from tests.staff.desk import CHEAP, Desk, seated
from tourapp.bureau import create_bureau
from tourapp.resources import Resources


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url


@pytest.fixture
def bureau(seeded: Resources) -> Flask:
    """Put the bureau together, with three published stops."""
    return create_bureau(seeded, nudge=lambda: None, hasher=CHEAP)


@pytest.fixture
def guide(bureau: Flask) -> Desk:
    return seated(bureau, "guide")


@pytest.fixture
def loop(guide: Desk) -> Builder:
    """Have a guide make an itinerary of three halts."""
    guide.follow("/guide/nouveau", title="La boucle", summary="Du terril à l’église.")
    builder = Builder(guide, "/guide/itineraires/la-boucle")
    for slug in ("terril", "arret-2", "arret-3"):
        builder.press(f"add:{slug}")
    return builder
