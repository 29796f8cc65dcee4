"""Itineraries as visitors meet them."""

import re

import pytest
from flask.testing import FlaskClient

from tests.changing import Staff, hired
from tests.itineraries.test_api import HALTS, ITINERARIES, LOOP, NEW, show
from tests.itineraries.test_paths import GPX
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
    assert answer.text.count("tour-way-estimate") == 3


def test_a_path_is_drawn_whole_and_its_climb_told(client: FlaskClient, guide: Staff) -> None:
    for halt in (2, 3, 4):
        guide.send("PUT", f"{LOOP}/halts/{halt}/path?source=GPS", tag=guide.tag(LOOP), data=GPX)
    show(guide)
    page = client.get(PAGE)
    assert "tour-way-estimate" not in page.text
    assert re.search(r"60\s+m de montée, 0\s+m de descente", words(page))


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
    assert "La boucle" in words(page)
    assert client.get(PAGE).status_code == 404


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
    [(0, "5 min"), (610, "10 min"), (3600, "1 h"), (5000, "1 h 25 min")],
)
def test_a_time_is_told_to_five_minutes(seconds: float, written: str) -> None:
    assert re.sub(r"\s", " ", walking_time(seconds)) == written
