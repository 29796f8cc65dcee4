"""Letters that a database keeps and that XML and typefaces do not know: nothing breaks on them."""

from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from sqlalchemy import update

from tests.hostile.conftest import NOW, TEXTS, Hostile, code_of, database_of, itinerary_of
from tests.signage.plates.printed import needs_typefaces
from tests.visit.roadbook.printed import squeezed, text_of
from tourapp.accounts.services import Actor
from tourapp.itineraries.services import create_itinerary
from tourapp.itineraries.walks.content import WalkPlan
from tourapp.itineraries.walks.services import create_walk
from tourapp.signage.models import Sign

UNKNOWN = "".join(
    map(chr, (*range(1, 9), 11, 12, *range(14, 32), *range(127, 160), 0xFFFE, 0xFFFF))
)
TEXT = rf"Avant{UNKNOWN}après \u0041 \\n"
SHOWN = r"après \u0041 \\n"


@pytest.fixture(scope="module")
def slug(hostile: Hostile, guide: Actor) -> str:
    """Return an itinerary of which every text holds them all."""
    with database_of(hostile).transaction() as session:
        return create_itinerary(session, itinerary_of((TEXT, TEXT), begin=1), by=guide).slug


@pytest.mark.parametrize("form", ["gpx", "kml"])
def test_a_file_of_a_route_is_well_formed(hostile: Hostile, slug: str, form: str) -> None:
    file = hostile.desk.get(f"/guide/itineraires/{slug}/fichiers/{form}")
    assert file.status_code == 200
    texts = [mark.text or "" for mark in ET.fromstring(file.data).iter()]  # noqa: S314 -- our own answer
    assert any(text.startswith("Avant ") and text.endswith(SHOWN) for text in texts)


@needs_typefaces
@pytest.mark.parametrize("version", ["public", "guide"])
def test_a_road_book_is_printed(hostile: Hostile, slug: str, version: str) -> None:
    path = f"/guide/itineraires/{slug}/feuille-de-route.pdf?version={version}"
    assert squeezed(SHOWN) in squeezed(text_of(hostile.desk.get(path).data))


@needs_typefaces
def test_what_came_of_a_walk_is_printed(hostile: Hostile, guide: Actor, slug: str) -> None:
    plan = WalkPlan(
        group_name=TEXT,
        participants=3,
        lang="fr",
        meeting=TEXT,
        starts_at=NOW + timedelta(days=2),
    )
    with database_of(hostile).transaction() as session:
        walk_id = create_walk(session, slug, plan, by=guide).id
    summary = hostile.desk.get(f"/guide/marches/{walk_id}/bilan.pdf")
    assert squeezed(SHOWN) in squeezed(text_of(summary.data))


def test_a_round_is_well_formed(hostile: Hostile) -> None:
    sign = update(Sign).where(Sign.code == code_of(1))
    with database_of(hostile).transaction() as session:
        session.execute(sign.values(place=TEXT))
    written = hostile.desk.get("/bureau/panneaux/tournee.gpx").data
    with database_of(hostile).transaction() as session:
        session.execute(sign.values(place=TEXTS[0]))
    assert SHOWN in written.decode()
    ET.fromstring(written)  # noqa: S314 -- as above
