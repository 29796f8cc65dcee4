"""The list of what a phone takes along."""

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import Client

from tests.changing import hired
from tests.itineraries.test_api import HALTS, ITINERARIES, LOOP, NEW, show
from tests.publishing.edges import Sides
from tests.samples import CODES, sample_stop, write_samples
from tests.visit.reading import read, withdraw, words
from tourapp.app import create_app
from tourapp.offline.tours import MOST_STOPS
from tourapp.publishing.commands import seed
from tourapp.resources import Resources

TOUR = "tours/tous-les-arrets/fr"


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    """Return what was asked for once."""
    return {}


@pytest.fixture
def tour(visitor: FlaskClient, told: dict[str, Any]) -> dict[str, Any]:
    """Return the tour of the site that tests only read."""
    key = str(id(visitor.application))
    told[key] = told.get(key) or read(visitor, TOUR)
    return dict(told[key])


def test_a_tour_tells_how_its_stops_are_found(tour: dict[str, Any]) -> None:
    assert tour["stops"][1] == {
        "number": 2,
        "title": "L’église et son toit",
        "codes": [CODES[1]],
        "page": "/fr/arrets/arret-2",
    }
    assert (tour["tour"], tour["lang"], len(tour["stops"])) == ("tous-les-arrets", "fr", 4)
    assert (tour["title"], tour["pages"]["along"]) == (None, "/fr/emporter")


def test_every_file_is_what_the_site_answers(visitor: FlaskClient, tour: dict[str, Any]) -> None:
    for file in tour["files"]:
        answer = visitor.get(file["url"], buffered=True)
        assert answer.status_code == 200, file
        assert len(answer.data) == file["bytes"], file
        assert hashlib.sha256(answer.data).hexdigest() == file["sha256"], file
        assert answer.mimetype == file["type"].partition(";")[0], file


def test_pages_sound_words_drawings_and_what_shows_them_are_there(tour: dict[str, Any]) -> None:
    pages = {file["url"] for file in tour["files"] if file["kind"] == "page"}
    assert pages >= {"/fr/", "/fr/arrets", "/fr/carte", "/fr/hors-ligne", "/fr/arrets/arret-4"}
    kinds = [file["kind"] for file in tour["files"]]
    assert kinds.count("sound") == 6
    assert {"asset", "data", "picture", "words"} <= set(kinds)
    assets = {file["url"].rpartition("/")[2] for file in tour["files"] if file["kind"] == "asset"}
    assert {"visit.css", "stop.js", "worker.js", "visite-512.png"} <= assets
    assert not assets & {"staff.css", "api-docs.js", "swagger-ui.css"}


def test_of_the_formats_of_a_sound_one_is_enough(tour: dict[str, Any]) -> None:
    sounds = [file for file in tour["files"] if file["kind"] == "sound"]
    groups = {file["one_of"] for file in sounds}
    assert len(groups) == 3
    assert all(file["one_of"] is None for file in tour["files"] if file not in sounds)


@pytest.mark.parametrize("lang", ["en", "nl", "de"])
def test_a_tour_is_told_in_every_language_of_the_pages(visitor: FlaskClient, lang: str) -> None:
    tour = read(visitor, f"tours/tous-les-arrets/{lang}")
    assert tour["stops"][0]["page"] == f"/{lang}/arrets/terril"


@pytest.mark.parametrize("path", ["tours/ailleurs/fr", "tours/tous-les-arrets/it"])
def test_what_is_no_tour_is_not_found(visitor: FlaskClient, path: str) -> None:
    answer = visitor.get(f"/api/v1/{path}")
    assert answer.status_code == 404
    assert answer.content_type == "application/problem+json"


def test_an_itinerary_is_a_tour_of_its_own_stops(seeded: Resources, client: FlaskClient) -> None:
    staff = hired(seeded, client, "publication")
    staff.send("POST", ITINERARIES, json=NEW | {"halts": [*HALTS, HALTS[0]]})
    assert client.get("/api/v1/tours/la-boucle/fr").status_code == 404
    show(staff)
    told = read(client, "tours/la-boucle/fr")
    assert [stop["number"] for stop in told["stops"]] == [1, 2]
    along, page = "/fr/itineraires/la-boucle/emporter", "/fr/itineraires/la-boucle"
    assert (told["title"], told["pages"]) == ("La boucle", {"along": along, "itinerary": page})
    pages = {file["url"] for file in told["files"] if file["kind"] == "page"}
    assert pages >= {page, along, "/fr/", "/fr/arrets/terril", "/fr/arrets/arret-2"}
    assert "/fr/arrets/arret-3" not in pages
    assert {"order.js", "beside.js"} <= {file["url"].rpartition("/")[2] for file in told["files"]}
    staff.send("PATCH", LOOP, tag=staff.tag(LOOP), json={"summary": "Autrement dit."})
    assert read(client, "tours/la-boucle/fr")["version"] != told["version"]


def test_no_itinerary_takes_the_name_of_the_tour_of_all_stops(
    seeded: Resources, client: FlaskClient
) -> None:
    staff = hired(seeded, client, "guide")
    made = staff.send("POST", ITINERARIES, json=NEW | {"title": "Tous les arrêts"})
    assert made.get_json()["slug"] == "tous-les-arrets-2"


def test_the_version_changes_exactly_when_a_file_does(
    spoken: Resources, client: FlaskClient
) -> None:
    before = read(client, TOUR)
    assert read(client, TOUR) == before
    withdraw(spoken, "arret-3")
    after = read(client, TOUR)
    assert after["version"] != before["version"]
    known = {file["sha256"] for file in before["files"]}
    changed = {file["url"] for file in after["files"] if file["sha256"] not in known}
    assert "/fr/arrets/terril" not in changed or "/fr/" in changed
    assert "/fr/" in changed
    assert not {url for url in changed if url.startswith(("/static/", "/media/"))}


def test_nothing_published_and_too_many_stops_make_no_tour(
    resources: Resources, tmp_path: Path
) -> None:
    app = create_app(resources)
    assert app.test_client().get(f"/api/v1/{TOUR}").status_code == 404
    many = [
        replace(sample_stop(number), code=f"{number:06}") for number in range(1, MOST_STOPS + 2)
    ]
    seed(resources, write_samples(tmp_path / "many", *many))
    assert app.test_client().get(f"/api/v1/{TOUR}").status_code == 404
    assert f"La visite a plus de {MOST_STOPS} arrêts" in words(
        app.test_client().get("/fr/emporter")
    )


def test_pages_that_are_ready_are_taken_as_they_are(
    seeded: Resources, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = read(client, TOUR)
    Sides.of(client.application, seeded).restore()
    monkeypatch.setattr(Client, "get", lambda *_, **__: pytest.fail("it was ready"))
    assert client.open(f"/api/v1/{TOUR}").get_json() == asked


def test_a_file_that_is_lost_is_left_out(seeded: Resources, client: FlaskClient) -> None:
    pictures = [file for file in read(client, TOUR)["files"] if file["kind"] == "picture"]
    for picture in pictures:
        seeded.media.delete(picture["url"].removeprefix("/media/"))
    assert not [file for file in read(client, TOUR)["files"] if file["kind"] == "picture"]


def test_a_page_that_cannot_be_made_makes_no_half_tour(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = client.application
    app.testing = False
    app.config["PROPAGATE_EXCEPTIONS"] = False

    def fail(lang: str) -> str:
        raise RuntimeError(lang)

    monkeypatch.setitem(app.view_functions, "finding.stop_map", fail)
    assert client.get(f"/api/v1/{TOUR}").status_code == 503
