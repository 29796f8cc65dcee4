"""A halt at which a group is told in plain words: on the page, in files, on paper, on phones."""

from pathlib import Path

import pytest

from tests.changing import Staff, hired
from tests.itineraries.test_api import ITINERARIES, LOOP, NEW, show
from tests.itineraries.walks.conftest import PLAN, WALKS
from tests.samples import sample_stop, write_samples
from tests.signage.plates.printed import needs_typefaces
from tests.visit.reading import words
from tests.visit.roadbook.printed import codes_of
from tests.visit.test_easy_pages import EASY
from tourapp.app import create_app
from tourapp.publishing.commands import seed
from tourapp.resources import Resources

# Nobody has told the second one in plain words.
PLAINLY = [{"stop": slug, "variant": "facile"} for slug in ("terril", "arret-2")]
FULLY = [{"stop": "terril", "stay_min": 5}]
PLAIN_PAGE = "/fr/arrets/terril/facile"


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """Return one of one kind: which narrative is told is the same with any."""
    return sqlite_url


@pytest.fixture
def guide(resources: Resources, tmp_path: Path) -> Staff:
    """Have a guide publish a loop past two stops, the first of which is told in plain words too."""
    first = sample_stop(1)
    first.narratives["fr", "facile"] = EASY
    seed(resources, write_samples(tmp_path / "stops", first, sample_stop(2)))
    guide = hired(resources, create_app(resources).test_client(), "guide")
    guide.send("POST", ITINERARIES, json=NEW | {"halts": PLAINLY + FULLY})
    show(guide)
    return guide


def test_visitors_are_led_to_plain_words_where_there_are_any(guide: Staff) -> None:
    page = guide.client.get("/fr/itineraires/la-boucle")
    assert page.text.count(f'<a href="{PLAIN_PAGE}"') == 1
    assert '<a href="/fr/arrets/arret-2"' in page.text
    assert '<a href="/fr/arrets/terril"' in page.text
    # Plain words that are no translation: a full text in one's language goes before.
    assert PLAIN_PAGE in guide.client.get("/en/itineraires/la-boucle").text.replace("/en/", "/fr/")
    assert words(page).count("Montée du terril") >= 2


@pytest.mark.parametrize("form", ["gpx", "kml", "geojson"])
def test_files_lead_there_too(guide: Staff, form: str) -> None:
    told = guide.client.get(f"{LOOP}.{form}").text
    assert told.count(f"https://visite.example.fr{PLAIN_PAGE}") == 1
    assert "https://visite.example.fr/fr/arrets/arret-2/facile" not in told


def test_the_phones_of_a_group_are_brought_there(guide: Staff) -> None:
    walk = guide.send("POST", WALKS, json=PLAN).json
    assert [halt["variant"] for halt in walk["halts"]] == ["facile", "facile", "standard"]
    reached = []
    for position in (1, 2, 3):
        guide.send("POST", f"{WALKS}/{walk['id']}/arrivals", json={"position": position})
        reached.append(guide.client.get(f"/m/{walk['code']}/etat").json["url"])
    assert reached == [PLAIN_PAGE, "/fr/arrets/arret-2", "/fr/arrets/terril"]


@needs_typefaces
def test_the_code_on_paper_leads_there(guide: Staff) -> None:
    codes = codes_of(guide.client.get(f"{LOOP}/roadbook.pdf").data)
    assert [code for code in codes if "/Q/" not in code.upper()] == [
        f"https://visite.example.fr{PLAIN_PAGE}"
    ]
    assert len(codes) == 3
