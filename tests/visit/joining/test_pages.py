"""What participants of a walk see, without scripts, an account or a cookie."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.changing import Staff, hired
from tests.itineraries.walks.conftest import PLAN, WALKS, Tap, database_url, guide, tap, walk
from tests.visit.reading import words
from tourapp.resources import Resources

__all__ = ["database_url", "guide", "tap", "walk"]

Walk = dict[str, Any]


def test_a_participant_reads_when_and_where_the_walk_begins(
    client: FlaskClient, walk: Walk
) -> None:
    answer = client.get(f"/m/{walk['code'].lower()}")
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["X-Robots-Tag"] == "noindex"
    text = words(answer)
    assert "La marche n’a pas encore commencé." in text
    assert "5 décembre 2026, 10 h" in re.sub(r"\s", " ", text)
    assert "Devant la gare." in text
    assert "Compter le groupe." not in answer.text


def test_capitals_of_a_code_to_scan_lead_there_too(client: FlaskClient, walk: Walk) -> None:
    assert client.get(f"/M/{walk['code']}").status_code == 200


def test_a_participant_is_led_to_the_stop_where_the_group_is(
    client: FlaskClient, walk: Walk, tap: Tap
) -> None:
    page, state = f"/m/{walk['code']}", f"/m/{walk['code']}/etat"
    tap("arrivals", position=2)
    assert 'href="/fr/arrets/arret-2"' in client.get(page).text
    told = client.get(state)
    assert told.json == {
        "state": "at",
        "position": 2,
        "title": "L’église et son toit",
        "url": "/fr/arrets/arret-2",
        "next_title": "Une table",
        "sentence": "Le groupe est ici\u202f: L’église et son toit",
        "invitation": "Lire et écouter cet arrêt",
        "farewell": "La marche est terminée. Merci d’avoir marché avec nous.",
    }
    unchanged = client.get(state, headers={"If-None-Match": told.headers["ETag"]})
    assert unchanged.status_code == 304
    tap("departures")
    assert client.get(state).json["sentence"] == "Le groupe est en chemin vers\u202f: Une table"
    tap("arrivals", position=3)
    at_the_table = client.get(state).json
    assert (at_the_table["url"], at_the_table["invitation"]) == (None, None)
    tap("departures")
    assert client.get(state).json["sentence"] == "La dernière halte est derrière vous."


def test_a_stop_that_visitors_do_not_see_has_a_name_and_no_page(
    seeded: Resources, client: FlaskClient, walk: Walk, tap: Tap
) -> None:
    publisher = hired(seeded, client, "publication")
    tag = publisher.tag("/api/v1/stops/terril/revisions")
    publisher.send("DELETE", "/api/v1/stops/terril/publication?lang=fr", tag=tag)
    tap("arrivals", position=1)
    told = client.get(f"/m/{walk['code']}/etat").json
    assert (told["title"], told["url"]) == ("Montée du terril", None)


def test_a_walk_speaks_its_own_language(client: FlaskClient, guide: Staff) -> None:
    made = guide.send("POST", WALKS, json=PLAN | {"lang": "en"}).json
    answer = client.get(f"/m/{made['code']}", headers={"Accept-Language": "nl"})
    assert answer.headers["Content-Language"] == "en"
    assert "The walk has not begun yet." in words(answer)


def test_a_code_is_typed_where_none_is_scanned(client: FlaskClient, walk: Walk) -> None:
    assert "Le code que donne votre guide" in words(client.get("/m"))
    led = client.get(f"/m?code=%20{walk['code']}")
    assert (led.status_code, led.location) == (303, f"/m/{walk['code']}")
    unknown = client.get("/m/ZZZZZZZZ")
    assert unknown.status_code == 404
    assert "Demandez-le à votre guide." in words(unknown)


@pytest.mark.parametrize("phone", ["", "x" * 32, "a" * 31, "a" * 33])
def test_a_number_that_no_phone_drew_is_refused(
    client: FlaskClient, walk: Walk, phone: str
) -> None:
    assert client.post(f"/m/{walk['code']}/telephone", data={"phone": phone}).status_code == 422


def test_a_page_of_another_site_lets_nobody_join(client: FlaskClient, walk: Walk) -> None:
    refused = client.post(
        f"/m/{walk['code']}/telephone",
        data={"phone": "a" * 32},
        headers={"Origin": "https://ailleurs.example"},
    )
    assert refused.status_code == 403


def test_codes_are_not_found_by_trying(client: FlaskClient, walk: Walk) -> None:
    somewhere = {"REMOTE_ADDR": "192.0.2.7"}
    # Two minutes may share these, and none of them is enough for all.
    tried = {
        client.get(f"/m/AAAAAAA{number % 10}", environ_base=somewhere).status_code
        for number in range(45)
    }
    assert tried == {404, 429}
    elsewhere = {"REMOTE_ADDR": "192.0.2.8"}
    assert client.get(f"/m/{walk['code']}", environ_base=elsewhere).status_code == 200
