"""Copying a stop, putting it away and bringing it back, from the page of its place."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.staff.desk import CHEAP, Desk, seated
from tests.staff.writing.forms import FRENCH, opened
from tests.visit.reading import words
from tourapp.app import create_app
from tourapp.bureau import create_bureau
from tourapp.resources import Resources

STOP = "/bureau/arrets/terril"
PLACE = f"{STOP}/lieu"
LIST = "/bureau/arrets"
ARCHIVES = "/bureau/arrets/archives"
STATE = re.compile(r'name="tag" value="(\d+)"')


@pytest.fixture
def bureau(seeded: Resources) -> Flask:
    return create_bureau(seeded, nudge=lambda: None, hasher=CHEAP)


@pytest.fixture
def desk(bureau: Flask) -> Desk:
    return seated(bureau, "publication")


@pytest.fixture
def visitor(seeded: Resources) -> FlaskClient:
    return create_app(seeded).test_client()


def act(desk: Desk, way: str) -> str:
    [state, *_] = STATE.findall(desk.get(PLACE).text)
    return words(desk.follow(f"{STOP}{way}", tag=state))


def test_a_copy_is_proposed_a_free_name_and_number(desk: Desk) -> None:
    offered = desk.get(f"{STOP}/copie").text
    assert 'value="terril-2"' in offered
    assert 'value="4"' in offered
    made = words(desk.follow(f"{STOP}/copie", slug="terril-2", number="4"))
    assert "L’arrêt 4 est créé, avec un panneau à imprimer" in made
    assert "4 Montée du terril" in words(desk.get(LIST))


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({"slug": "Été", "number": "4"}, "lettres minuscules sans accent"),
        ({"slug": "autre", "number": "quatre"}, "un nombre entier"),
        ({"slug": "arret-2", "number": "4"}, "porte cette adresse"),
        ({"slug": "autre", "number": "2"}, "porte ce numéro"),
    ],
)
def test_a_copy_that_cannot_be_says_why(desk: Desk, form: dict[str, str], told: str) -> None:
    answer = desk.send(f"{STOP}/copie", **form)
    assert answer.status_code == 422
    assert told in words(answer)
    assert f'value="{form["slug"]}"' in answer.text


def test_a_stop_is_put_away_and_brought_back(desk: Desk, visitor: FlaskClient) -> None:
    assert "Aucun arrêt n’est archivé" in words(desk.get(ARCHIVES))
    assert "L’arrêt est archivé" in act(desk, "/archiver")
    assert visitor.get("/fr/arrets/terril").status_code == 404
    assert "Montée du terril" not in words(desk.get(LIST))
    assert "1 Montée du terril" in words(desk.get(ARCHIVES))
    assert "archivé depuis le" in words(desk.get(FRENCH))
    assert "Publier maintenant" not in words(desk.get(FRENCH))
    assert "Publier" not in words(desk.get(f"{FRENCH}/versions"))
    assert "de nouveau en service" in act(desk, "/rappeler")
    assert "Montée du terril" in words(desk.get(LIST))
    assert "version" in words(desk.get("/bureau/"))


def test_nothing_is_done_on_a_state_that_nobody_has_seen(desk: Desk) -> None:
    refused = desk.follow(f"{STOP}/archiver", tag="99")
    assert "rien n’a été fait" in words(refused)
    act(desk, "/archiver")
    assert "rien n’a été fait" in act(desk, "/archiver")


def test_what_was_written_for_a_stop_put_away_meanwhile_is_not_lost(desk: Desk) -> None:
    form = opened(desk, title="Un titre à moi")
    act(desk, "/archiver")
    refused = desk.send(f"{FRENCH}/publier", **form)
    assert refused.status_code == 409
    assert "Cet arrêt est archivé" in words(refused)
    assert 'value="Un titre à moi"' in refused.text


def test_who_writes_sees_what_is_put_away_and_changes_nothing(bureau: Flask, desk: Desk) -> None:
    act(desk, "/archiver")
    writer = seated(bureau, "redaction")
    assert "Remettre" not in words(writer.get(ARCHIVES))
    assert "L’arrêt entier" not in words(writer.get(PLACE))
