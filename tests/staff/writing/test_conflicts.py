"""Two who write at one text: nothing is overwritten unseen, and nothing is lost."""

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.staff.desk import Desk, seated
from tests.staff.writing.forms import FRENCH, JSON, fields, opened
from tests.visit.reading import words

MINE = "Le titre que j’ai trouvé"
OTHER = "Le titre d’une autre"
WAYS = ("enregistrer", "soumettre", "publier", "abandonner", "ecouter")


@pytest.fixture
def other(bureau: Flask) -> Desk:
    return seated(bureau, "publication", email="other@example.fr")


def is_conflict(answer: TestResponse) -> bool:
    return answer.status_code == 412 and "Deux textes à la fois" in words(answer)


@pytest.mark.parametrize("way", WAYS)
def test_whoever_was_overtaken_sees_both_texts_and_loses_neither(
    publisher: Desk, other: Desk, way: str
) -> None:
    form = opened(publisher, title=MINE)
    other.follow(f"{FRENCH}/publier", **opened(other, title=OTHER))
    shown = publisher.send(f"{FRENCH}/{way}", **form)
    assert is_conflict(shown)
    assert MINE in shown.text
    assert "<ins>" in shown.text
    assert "<del>" in shown.text
    assert fields(publisher.get(FRENCH))["title"] == OTHER


def test_after_seeing_both_one_keeps_what_one_chooses(publisher: Desk, other: Desk) -> None:
    form = opened(publisher, title=MINE)
    other.follow(f"{FRENCH}/publier", **opened(other, title=OTHER))
    both = fields(publisher.send(f"{FRENCH}/enregistrer", **form))
    kept = publisher.follow(f"{FRENCH}/publier", **both | {"title": f"{MINE}, {OTHER}"})
    assert fields(kept)["title"] == f"{MINE}, {OTHER}"


def test_ones_own_other_tab_is_another_too(publisher: Desk) -> None:
    first, second = opened(publisher, title=MINE), opened(publisher, title=OTHER)
    publisher.follow(f"{FRENCH}/enregistrer", **first)
    assert is_conflict(publisher.send(f"{FRENCH}/enregistrer", **second))


def test_a_module_is_told_that_it_was_overtaken(publisher: Desk, other: Desk) -> None:
    form = opened(publisher, title=MINE) | {"csrf_token": publisher.token()}
    other.follow(f"{FRENCH}/publier", **opened(other, title=OTHER))
    refused = publisher.client.post(f"{FRENCH}/enregistrer", data=form, headers=JSON)
    assert (refused.status_code, refused.get_json()) == (412, {})


def test_what_others_do_in_another_language_overtakes_nobody(publisher: Desk, other: Desk) -> None:
    form = opened(publisher, title=MINE)
    english = FRENCH.replace("/fr/", "/en/")
    other.follow(f"{english}/enregistrer", **opened(other, english, title="The hill"))
    assert publisher.send(f"{FRENCH}/publier", **form).status_code == 303


def test_a_draft_that_was_overtaken_says_so_when_it_is_opened_again(
    publisher: Desk, other: Desk
) -> None:
    publisher.follow(f"{FRENCH}/enregistrer", **opened(publisher, title=MINE))
    assert "plus récente" not in words(publisher.get(FRENCH))
    other.follow(f"{FRENCH}/publier", **opened(other, title=OTHER))
    told = publisher.get(FRENCH)
    assert "Une version plus récente que votre brouillon existe : la version 2" in words(told)
    assert fields(told)["title"] == MINE
