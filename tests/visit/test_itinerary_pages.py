"""Itineraries as visitors meet them."""

import json
import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.changing import Staff, hired
from tests.itineraries.test_api import HALTS, ITINERARIES, LOOP, NEW, show
from tests.itineraries.test_paths import GPX
from tests.visit.found.test_sharing import SITE, linked, properties
from tests.visit.reading import words
from tourapp.resources import Resources
from tourapp.visit.figures import walking_time

PAGE = "/fr/itineraires/la-boucle"


@pytest.fixture
def guide(spoken: Resources, client: FlaskClient) -> Staff:
    """Have a guide make a loop that ends where it began, past a stop without sound."""
    guide = hired(spoken, client, "guide")
    halts = [*HALTS, {"stop": "terril", "stay_min": 5}]
    told = {
        "meeting": "Au pied du terril.",
        "theme": "Énergie",
        "audience": "Tous",
        "accessibility": "Plat.",
    }
    guide.send("POST", ITINERARIES, json=NEW | told | {"halts": halts})
    return guide


def test_an_itinerary_s_page_tells_its_halts_ways_and_times(
    client: FlaskClient, guide: Staff
) -> None:
    show(guide)
    answer = client.get(PAGE)
    told = words(answer)
    assert answer.status_code == 200
    for expected in (
        "La boucle",
        "Du terril à l’église, et retour.",
        "4 haltes",
        "dénivelé inconnu",
        "à vélo, environ 10",
        "15 min sur place",
        "Une table",
        "Au pied du terril.",
    ):
        assert expected in re.sub(r"\s", " ", told)
    assert "Compter" not in told
    assert ">1 · 4</text>" in answer.text
    assert "tour-profile" not in answer.text
    assert answer.text.count("tour-way-estimate") == 3


def test_machines_are_told_of_a_trip_with_its_halts_in_order(
    client: FlaskClient, guide: Staff
) -> None:
    show(guide)
    page = client.get(PAGE).text
    trip = linked(page)
    assert (trip["@type"], trip["@id"]) == ("TouristTrip", f"{SITE}{PAGE}")
    assert (trip["name"], trip["touristType"]) == ("La boucle", "Tous")
    halts = trip["itinerary"]["itemListElement"]
    assert [halt["position"] for halt in halts] == [1, 2, 3, 4]
    first, spot = halts[0]["item"], halts[1]["item"]
    assert (first["@type"], first["url"]) == ("TouristAttraction", f"{SITE}/fr/arrets/terril")
    assert first["geo"]["latitude"] == pytest.approx(50.443)
    assert {"Place", "TouristAttraction"} >= {halt["item"]["@type"] for halt in halts}
    assert spot["name"]
    told = properties(page)
    assert (told["og:title"], told["og:url"]) == ("La boucle", f"{SITE}{PAGE}")


def test_search_engines_find_itineraries_and_their_list(client: FlaskClient, guide: Staff) -> None:
    sitemap = "/sitemap-itineraires.xml"
    assert PAGE not in client.get(sitemap).text
    show(guide)
    answer = client.get(sitemap)
    assert answer.headers["Content-Type"] == "application/xml"
    for lang in ("fr", "en", "nl", "de"):
        assert f"<loc>{SITE}/{lang}/itineraires</loc>" in answer.text
        assert f"<loc>{SITE}/{lang}/itineraires/la-boucle</loc>" in answer.text


@pytest.mark.parametrize("path", ["/fr/itineraires", "/fr/arrets", "/fr/carte"])
def test_a_list_shows_of_itself_when_its_link_is_shared(client: FlaskClient, path: str) -> None:
    page = client.get(path).text
    assert properties(page)["og:url"] == f"{SITE}{path}"
    assert linked(page)["@type"] == "CollectionPage"


def test_a_path_is_drawn_whole_and_its_climb_told(client: FlaskClient, guide: Staff) -> None:
    for halt in (2, 3, 4):
        guide.send("PUT", f"{LOOP}/halts/{halt}/path?source=GPS", tag=guide.tag(LOOP), data=GPX)
    show(guide)
    page = client.get(PAGE)
    assert "tour-way-estimate" not in page.text
    assert re.search(r"60\s+m de montée, 0\s+m de descente", words(page))
    assert page.text.count("<polygon") == 3


def test_a_private_itinerary_has_no_page(client: FlaskClient, guide: Staff) -> None:
    assert guide
    assert client.get(PAGE).status_code == 404
    assert "La boucle" not in client.get("/fr/itineraires").text


def test_a_link_shows_what_is_not_listed(client: FlaskClient, guide: Staff) -> None:
    link = guide.send("GET", LOOP).json["link"].removeprefix("https://visite.example.fr")
    assert client.get(link).status_code == 404
    show(guide, "unlisted")
    page = client.get(link)
    assert (page.status_code, page.headers["X-Robots-Tag"]) == (200, "noindex")
    # What only its link leads to tells nobody else of itself.
    assert "og:title" not in page.text
    assert "ld+json" not in page.text
    # It is followed all the same, from its link, and not taken along.
    assert followed(page.text)["page"] == link
    assert "Emporter cet itinéraire" not in words(page)
    assert "La boucle" in words(page)
    assert client.get(PAGE).status_code == 404


def followed(page: str) -> dict[str, Any]:
    """Return what a phone remembers of an itinerary that it follows."""
    found = re.search(r'id="itineraire">(.*?)</script>', page)
    assert found is not None
    return dict(json.loads(found[1]))


def test_a_phone_that_follows_is_told_halts_and_ways_there_and_back(
    client: FlaskClient, guide: Staff
) -> None:
    show(guide)
    page = client.get(PAGE).text
    told = followed(page)
    keys = ["arret-terril", "arret-arret-2", "halte-3", "arret-terril.2"]
    assert [halt["key"] for halt in told["halts"]] == keys
    assert all(f'<li class="tour-halt" id="{key}">' in page for key in keys)
    assert (told["page"], told["is_loop"], told["halts"][0]["way"]) == (PAGE, True, None)
    second, spot = told["halts"][1:3]
    way = {key: re.sub(r"\s", " ", str(said)) for key, said in second["way"].items()}
    assert way["told"] == "environ 1,4 km à vélo, au nord"
    assert way["back_told"] == "environ 1,4 km à vélo, au sud"
    assert (spot["stop"], spot["url"]) == (None, f"{PAGE}#halte-3")


def test_a_stop_leads_to_where_itineraries_that_pass_by_are_begun(
    client: FlaskClient, guide: Staff
) -> None:
    show(guide, "unlisted")
    assert "La boucle" not in client.get("/fr/arrets/arret-2").text
    show(guide)
    for lang in ("fr", "de"):
        begun = f"/{lang}/itineraires/la-boucle#arret-arret-2"
        assert f'href="{begun}"' in client.get(f"/{lang}/arrets/arret-2").text
    assert "la-boucle" not in client.get("/fr/arrets/arret-3").text


def test_one_that_is_no_loop_tells_what_is_left_out(client: FlaskClient, guide: Staff) -> None:
    guide.send("PATCH", LOOP, tag=guide.tag(LOOP), json={"halts": HALTS})
    show(guide)
    page = client.get(PAGE)
    assert not followed(page.text)["is_loop"]
    assert "les précédentes restent de côté" in words(page)


@pytest.mark.parametrize("lang", ["fr", "en", "nl", "de"])
def test_published_itineraries_are_listed_in_every_language(
    client: FlaskClient, guide: Staff, lang: str
) -> None:
    show(guide)
    page = client.get(f"/{lang}/itineraires")
    assert f'<html lang="{lang}">' in page.text
    assert "La boucle" in words(page)
    assert client.get(f"/{lang}/itineraires/la-boucle").status_code == 200


def test_without_any_the_list_says_so(client: FlaskClient) -> None:
    assert "Aucun itinéraire" in words(client.get("/fr/itineraires"))


@pytest.mark.parametrize(
    ("seconds", "written"),
    [(0, "5 min"), (610, "10 min"), (3600, "1 h"), (5000, "1 h 25 min"), (3900, "1 h 05 min")],
)
def test_a_time_is_told_to_five_minutes(seconds: float, written: str) -> None:
    assert re.sub(r"\s", " ", walking_time(seconds)) == written
