"""The history of a narrative, and going back in it."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.staff.desk import Desk, seated
from tests.staff.writing.forms import DUTCH, FRENCH, fields, opened
from tests.visit.reading import words
from tourapp.app import create_app
from tourapp.resources import Resources

VERSIONS = f"{FRENCH}/versions"
STATE = re.compile(r'name="tag" value="(\d+)"')
BASE = re.compile(r'name="base" value="([\d.]+)"')
PAGE = "/fr/arrets/terril"


@pytest.fixture
def visitor(seeded: Resources) -> FlaskClient:
    return create_app(seeded).test_client()


def state(desk: Desk) -> str:
    return str(STATE.findall(desk.get(VERSIONS).text)[0])


def act(desk: Desk, way: str, **form: str) -> str:
    """Do something on the newest state, and return what the page then says."""
    return words(desk.follow(f"{VERSIONS}{way}", tag=state(desk), **form))


def test_each_version_tells_when_by_whom_and_what_became_of_it(desk: Desk) -> None:
    told = words(desk.get(VERSIONS))
    assert told.index("Version 3") < told.index("Version 2") < told.index("Version 1")
    assert re.search(r"Version 2 publiée, du .*?, publication@example\.fr", told)
    assert re.search(r"Version 1 [^,]+, par les fichiers", told)


def test_a_version_tells_word_by_word_what_it_changed(desk: Desk) -> None:
    changed = desk.get(f"{VERSIONS}/3").text
    assert "Le<ins> très</ins> grand terril" in changed
    assert changed.count("inchangé") == 7
    assert "<del>Montée" in desk.get(f"{VERSIONS}/3?avec=1").text
    first = desk.get(f"{VERSIONS}/1")
    assert "Montée du terril" in words(first)
    assert "<ins>" not in first.text


def test_an_older_version_is_published_again(desk: Desk, visitor: FlaskClient) -> None:
    assert "La version 1 est publiée" in act(desk, "/1/publier")
    assert "Montée du terril" in visitor.get(PAGE).text


def test_nothing_is_done_on_a_state_that_nobody_has_seen(
    bureau: Flask, desk: Desk, visitor: FlaskClient
) -> None:
    seen = state(desk)
    other = seated(bureau, "administration")
    act(other, "/3/publier")
    refused = desk.follow(f"{VERSIONS}/1/publier", tag=seen)
    assert "rien n’a été fait" in words(refused)
    assert "Le très grand terril" in visitor.get(PAGE).text


def test_a_version_is_planned_for_a_time_of_the_place_and_unplanned(desk: Desk) -> None:
    planned = act(desk, "/3/programmer", at="2099-07-14T09:30")
    assert "prévue le 14 juil. 2099 à 9 h 30" in planned
    assert "prévu le 14 juil. 2099 à 9 h 30" in words(desk.get("/bureau/arrets"))
    assert "Plus rien n’est prévu" in act(desk, "/deprogrammer")
    assert "prévue le" not in words(desk.get(VERSIONS))


@pytest.mark.parametrize("at", ["", "demain", "2020-01-01T10:00"])
def test_a_time_that_is_none_or_has_passed_plans_nothing(desk: Desk, at: str) -> None:
    told = desk.send(f"{VERSIONS}/3/programmer", tag=state(desk), at=at)
    assert told.status_code == 422
    assert "un jour et une heure à venir" in words(told)


def test_a_text_is_hidden_from_visitors_and_its_versions_stay(
    desk: Desk, visitor: FlaskClient
) -> None:
    assert "ne voient plus ce texte" in act(desk, "/retirer")
    assert visitor.get(PAGE).status_code == 404
    assert "Version 3" in words(desk.get(VERSIONS))
    assert "pas publié" in words(desk.get("/bureau/arrets"))


def test_a_text_is_withdrawn_at_a_time_of_the_place_or_not_after_all(desk: Desk) -> None:
    ending = act(desk, "/fin", end="2099-12-01T18:00")
    assert "retirée le 1er déc. 2099 à 18 h" in ending
    assert "retiré le 1er déc. 2099 à 18 h" in words(desk.get("/bureau/arrets"))
    assert "Retiré bientôt 1 Le très grand terril (français) le 1er déc. 2099" in words(
        desk.get("/bureau/")
    )
    assert "sans date de fin" in act(desk, "/sans-fin")
    assert "retirée le" not in words(desk.get(VERSIONS))
    past = desk.send(f"{VERSIONS}/fin", tag=state(desk), end="2020-01-01T10:00")
    assert past.status_code == 422
    assert "un jour et une heure à venir" in words(past)


def test_a_version_is_taken_up_as_a_draft(desk: Desk, visitor: FlaskClient) -> None:
    base = BASE.findall(desk.get(VERSIONS).text)[0]
    taken = desk.follow(f"{VERSIONS}/1/reprendre", base=base)
    assert "La version 1 est dans votre brouillon" in words(taken)
    assert fields(taken)["title"] == "Montée du terril"
    assert "Le grand terril" in visitor.get(PAGE).text
    assert "à la place de mon brouillon" in words(desk.get(VERSIONS))


def test_a_draft_that_changed_meanwhile_is_not_replaced(desk: Desk) -> None:
    base = BASE.findall(desk.get(VERSIONS).text)[0]
    desk.follow(f"{FRENCH}/enregistrer", **opened(desk, title="Le mien"))
    refused = desk.follow(f"{VERSIONS}/1/reprendre", base=base)
    assert "rien n’a été fait" in words(refused)
    assert fields(desk.get(FRENCH))["title"] == "Le mien"


def test_who_writes_sees_versions_and_publishes_none(bureau: Flask, desk: Desk) -> None:
    assert desk.get(VERSIONS).status_code == 200
    writer = seated(bureau, "redaction")
    told = words(writer.get(VERSIONS))
    assert "Reprendre" in told
    assert "Publier" not in told


def test_what_was_never_written_has_no_versions(desk: Desk) -> None:
    assert desk.get(f"{DUTCH}/versions").status_code == 404
    assert desk.get(f"{VERSIONS}/9").status_code == 404
    assert "Voir les versions" not in words(desk.get(DUTCH))
