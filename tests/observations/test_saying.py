"""What visitors say they notice, and what is refused: the same on any kind of database."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.changing import Staff
from tests.observations.conftest import OBSERVATIONS, PAGE, SAID, TEXT, change, kept, say
from tests.visit.reading import withdraw, words
from tourapp.observations import services
from tourapp.resources import Resources

FAR = {"REMOTE_ADDR": "203.0.113.9"}


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url


def test_what_is_noticed_is_read_before_it_is_shown(
    seeded: Resources, client: FlaskClient, keeper: Staff
) -> None:
    page = client.get("/fr/arrets/terril").text
    assert f'method="post" action="{PAGE}#dire"' in page
    answer = client.post(PAGE, data={"text": f" {TEXT}\r\n\r\n\r\n\r\nLà-haut. ", "kind": "heard"})
    assert (answer.status_code, answer.location) == (303, f"{PAGE}/merci")
    assert "Votre remarque sera lue avant de paraître." in words(client.get(answer.location))
    [noticed] = kept(seeded)
    assert (noticed.text, noticed.state) == (f"{TEXT}\n\nLà-haut.", "waiting")
    assert TEXT not in client.get("/fr/arrets/terril").text + client.get(PAGE).text
    assert client.get(OBSERVATIONS).json == []
    assert change(keeper, state="published").status_code == 200
    shown = words(client.get("/fr/arrets/terril"))
    assert f"Ce que d’autres ont remarqué {TEXT} Là-haut. J’ai entendu ·" in shown
    assert TEXT in words(client.get(PAGE))


@pytest.mark.parametrize(
    ("form", "fault"),
    [
        ({"text": "  \n "}, "Écrivez ce que vous remarquez"),
        ({}, "Écrivez ce que vous remarquez"),
        ({"text": "x" * 1001}, "C’est trop long : 1000 caractères au plus."),
        ({"text": "Un renard.", "email": "a@b.fr"}, "Écrivez ce que vous remarquez"),
    ],
)
def test_a_faulty_form_keeps_what_was_typed(
    seeded: Resources, client: FlaskClient, form: dict[str, str], fault: str
) -> None:
    answer = client.post(PAGE, data=form | {"kind": "idea"})
    assert answer.status_code == 422
    assert fault in words(answer)
    assert f">\n{form.get('text', '')}</textarea>" in answer.text
    assert 'value="idea" checked' in answer.text
    assert kept(seeded) == []


def test_a_robot_is_thanked_and_says_nothing(seeded: Resources, client: FlaskClient) -> None:
    assert client.post(PAGE, data={"text": "Pills", "site": "x"}).location == f"{PAGE}/merci"
    assert kept(seeded) == []


def test_no_other_site_says_anything_by_a_visitors_browser(
    seeded: Resources, client: FlaskClient
) -> None:
    headers = {"Sec-Fetch-Site": "cross-site"}
    assert client.post(PAGE, data={"text": TEXT}, headers=headers).status_code == 403
    assert client.post(OBSERVATIONS, json=SAID, headers=headers).status_code == 403
    assert kept(seeded) == []


def test_a_stop_takes_no_more_in_a_day_than_anybody_reads(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "MOST_A_DAY", 1)
    say(client)
    assert say(client).status_code == 201
    assert say(client, text="Un renard.").status_code == 429
    refused = client.post(PAGE, data={"text": "Un renard."})
    assert (refused.status_code, "Revenez demain." in words(refused)) == (429, True)
    assert "Un renard." in refused.text


def test_one_address_says_no_more_than_a_walker_could(client: FlaskClient) -> None:
    robot = {"text": "x", "site": "x"}
    asked = [client.post(PAGE, data=robot, environ_overrides=FAR) for _ in range(21)]
    assert [answer.status_code for answer in asked] == [303] * 20 + [429]
    assert client.post(OBSERVATIONS, json={}, environ_overrides=FAR).status_code == 429


@pytest.mark.parametrize("slug", ["nowhere", "arret-3"])
def test_nothing_is_said_where_nothing_is_shown(
    seeded: Resources, client: FlaskClient, slug: str
) -> None:
    withdraw(seeded, "arret-3")
    assert say(client, stop=slug).status_code == 404
    page = f"/fr/arrets/{slug}/remarques"
    assert client.post(page, data={"text": TEXT}).status_code == 404
    assert {client.get(path).status_code for path in (page, f"{page}/merci")} == {404}


def test_who_kept_an_old_page_still_finds_the_stop(
    seeded: Resources, client: FlaskClient, keeper: Staff
) -> None:
    place = "/api/v1/stops/terril/place"
    keeper.send("PATCH", place, tag=keeper.tag(place), json={"slug": "le-cone"})
    say(client)
    assert client.post(PAGE, data={"text": "Un renard."}).status_code == 303
    assert len(kept(seeded)) == 2
    assert client.get(PAGE).location == "/fr/arrets/le-cone/remarques"


def test_the_newest_stand_on_the_page_and_all_of_them_beside(
    client: FlaskClient, keeper: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tourapp.visit.noticing.pages.LISTED_AT_ONCE", 4)
    for number in range(1, 7):
        say(client, text=f"Remarque {number}.", kind=None, lang="en" if number == 6 else "fr")
        change(keeper, number, state="published")
    stop = client.get("/fr/arrets/terril")
    assert "Remarque 2." in stop.text
    assert "Remarque 1." not in stop.text
    assert '<p class="noticed-said" lang="en">Remarque 6.</p>' in stop.text
    assert "Toutes les remarques" in words(stop)
    first, last = client.get(PAGE), client.get(f"{PAGE}?page=2")
    assert "Page 1 sur 2 Suivants" in words(first)
    assert f'href="{PAGE}?page=2#remarques"' in first.text
    assert "Remarque 1." in words(last)
    assert client.get(f"{PAGE}?page=3").status_code == 404
    assert "Rien encore." in words(client.get("/fr/arrets/arret-2/remarques"))


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "set_aside"},
        {"state": "published", "reason": "personal"},
        {"masked": ["Jeanne"]},
        {"masked": [""]},
        {"text": "Autre chose."},
        {"answer": {"outcome": "done", "text": " "}},
        {"answer": {"outcome": "sung", "text": "Oui."}},
    ],
)
def test_what_is_no_decision_is_refused(
    client: FlaskClient, keeper: Staff, changes: dict[str, Any]
) -> None:
    say(client)
    assert change(keeper, **changes).status_code == 422
    assert keeper.send("GET", f"{OBSERVATIONS}/1").json["moderation"]["state"] == "waiting"
