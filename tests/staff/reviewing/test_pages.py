"""Having a version read, on its page: by who wrote it and who publishes."""

import re

import pytest
from flask import Flask

from tests.staff.desk import CHEAP, Desk, seated
from tests.staff.writing.forms import FRENCH, opened
from tests.visit.reading import words
from tourapp.bureau import create_bureau
from tourapp.resources import Resources

LINE = f"{FRENCH}/versions"
VERSION = f"{LINE}/2"
SEEN = re.compile(r'name="tag" value="([\d.]+)"')
THREAD = re.compile(r"/commentaires/(\d+)/regler")
HOME = "/bureau/"


@pytest.fixture
def bureau(seeded: Resources) -> Flask:
    return create_bureau(seeded, nudge=lambda: None, hasher=CHEAP)


@pytest.fixture
def reader(bureau: Flask) -> Desk:
    return seated(bureau, "publication")


@pytest.fixture
def writer(bureau: Flask, reader: Desk) -> Desk:
    """Submit a second version."""
    assert reader
    writer = seated(bureau, "redaction")
    submitted = writer.send(f"{FRENCH}/soumettre", **opened(writer, title="Le grand terril"))
    assert submitted.location.endswith(VERSION)
    return writer


def act(desk: Desk, way: str, **form: str) -> str:
    """Do something on the newest state, and return what the page then says."""
    [seen, *_] = SEEN.findall(desk.get(VERSION).text)
    return words(desk.follow(f"{VERSION}{way}", tag=seen, **form))


def test_a_reading_is_asked_of_one_person_who_answers(writer: Desk, reader: Desk) -> None:
    asked = act(writer, "/relecture", of="publication@example.fr", note="La date ?")
    assert "La relecture est demandée." in asked
    assert "redaction@example.fr a demandé une relecture à publication@example.fr" in asked
    assert "Approuver" not in asked
    assert "relecture demandée à publication@example.fr" in words(writer.get(LINE))
    assert "Relectures demandées 1 Le grand terril (français) par redaction" in words(
        reader.get(HOME)
    )
    assert "Il reste à la publier" in act(reader, "/avis", verdict="approved")
    assert "Publier cette version" in words(reader.get(VERSION))
    assert "version 2, approuvée" in words(reader.get(HOME))
    assert "approuvée par publication@example.fr" in words(writer.get(LINE))
    told = words(writer.get(HOME))
    assert (
        "Réponses à vos relectures 1 Le grand terril (français) approuvé, dit publication" in told
    )
    assert "Relectures demandées" not in words(reader.get(HOME))


def test_anybody_else_who_publishes_may_answer(writer: Desk, reader: Desk, bureau: Flask) -> None:
    assert "à qui peut publier" in act(reader, "/relecture")
    assert "Relectures demandées" not in words(reader.get(HOME))
    boss = seated(bureau, "administration")
    assert "Relectures demandées" in words(boss.get(HOME))
    assert "est rendue" in act(boss, "/avis", verdict="returned")
    assert "à revoir, dit administration@example.fr" in words(reader.get(HOME))
    assert "à revoir, dit administration@example.fr" in words(writer.get(LINE))
    assert "Demander de nouveau" in words(writer.get(VERSION))


def test_comments_are_a_thread_that_is_settled(writer: Desk, reader: Desk) -> None:
    assert "Votre commentaire est ajouté" in act(
        reader, "/commentaires", part="title", text="Plus court ?"
    )
    told = words(writer.get(VERSION))
    assert "Commentaire" in told
    assert "à propos de « Titre » Plus court ?" in told
    assert "Commentaires à régler 1 Le grand terril (français) un commentaire" in words(
        writer.get(HOME)
    )
    [thread] = THREAD.findall(writer.get(VERSION).text)
    way = f"/commentaires/{thread}"
    reply = {f"reply-{thread}": "Voilà."}
    assert "Votre réponse est ajoutée" in act(writer, f"{way}/reponses", **reply)
    act(reader, "/commentaires", text="Et le chapeau ?")
    assert "(français) 2 commentaires" in words(writer.get(HOME))
    assert "2 commentaires" in words(writer.get(LINE))
    assert "réglé par publication@example.fr" in act(reader, f"{way}/regler", settled="oui")
    assert "1 commentaire" in words(writer.get(LINE))
    assert "réglé par" not in act(reader, f"{way}/regler", settled="non")


@pytest.mark.parametrize(
    ("way", "form"),
    [
        ("/commentaires", {"text": "x" * 2001, "part": "title"}),
        ("/relecture", {"note": "x" * 2001}),
        ("/relecture", {"of": "nobody@example.fr", "note": "Gardé"}),
    ],
)
def test_what_cannot_be_kept_stays_in_its_field(
    writer: Desk, way: str, form: dict[str, str]
) -> None:
    [seen, *_] = SEEN.findall(writer.get(VERSION).text)
    told = writer.send(f"{VERSION}{way}", tag=seen, **form)
    assert told.status_code == 422
    assert all(value in told.text for value in form.values() if "@" not in value)


def test_an_answer_that_is_none_is_refused(writer: Desk, reader: Desk) -> None:
    act(writer, "/relecture")
    assert reader.send(f"{VERSION}/avis", verdict="maybe").status_code == 422


def test_nothing_is_done_on_a_state_that_nobody_has_seen(writer: Desk, reader: Desk) -> None:
    act(writer, "/relecture")
    [seen, *_] = SEEN.findall(reader.get(VERSION).text)
    act(writer, "/commentaires", text="Attendez.")
    refused = reader.follow(f"{VERSION}/avis", tag=seen, verdict="approved")
    assert "rien n’a été fait" in words(refused)
    [thread] = THREAD.findall(reader.get(VERSION).text)
    settled = reader.follow(f"{VERSION}/commentaires/{thread}/regler", tag=seen, settled="oui")
    assert "rien n’a été fait" in words(settled)


def test_what_is_published_is_talked_about_and_not_asked(writer: Desk) -> None:
    first = words(writer.get(f"{LINE}/1"))
    assert "sans relecture demandée" in first
    assert "Demander" not in first
    assert "Commenter" in first
