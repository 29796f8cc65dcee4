"""The guides' pages are tried on one kind of database: their services are tried on both."""

from datetime import UTC, datetime

import pytest
from flask import Flask

from tests.guide.forms import Builder
from tests.staff.desk import CHEAP, Desk, seated
from tourapp.accounts.services import actor_of, get_person
from tourapp.bureau import create_bureau
from tourapp.itineraries.content import HaltContent, ItineraryContent
from tourapp.itineraries.services import change_itinerary, create_itinerary
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
def loop(seeded: Resources, guide: Desk) -> Builder:
    """Have a guide make an itinerary, then give it three halts."""
    halts = tuple(HaltContent(stop=slug) for slug in ("terril", "arret-2", "arret-3"))
    content = ItineraryContent(title="La boucle", summary="Du terril à l’église.")
    with seeded.database.transaction() as session:
        person = get_person(session, "guide@example.fr")
        by = actor_of(person, origin="page", now=datetime.now(UTC))
        create_itinerary(session, content, by=by)
        change_itinerary(session, "la-boucle", {"halts": halts}, tag="1", by=by)
    return Builder(guide, "/guide/itineraires/la-boucle")
