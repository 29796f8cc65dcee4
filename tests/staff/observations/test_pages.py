"""What walkers noticed, in the bureau: read, published, set aside, answered."""

import re
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import delete

from tests.staff.desk import Desk, seated
from tests.visit.reading import words
from tourapp.observations.models import Observation
from tourapp.observations.services import Noticed, add_observation
from tourapp.resources import Resources
from tourapp.staff.observations import pages

LIST = "/bureau/remarques"
ONE = f"{LIST}/1"
TEXTS = ("Un banc ici, dit Jean Dupont.", "A bench, please.")


@pytest.fixture(autouse=True)
def _said(seeded: Resources) -> None:
    with seeded.database.transaction() as session:
        for text, lang in zip(TEXTS, ("fr", "en"), strict=True):
            noticed = Noticed(stop="terril", lang=lang, text=text, kind="idea")
            add_observation(session, noticed, on=date(2026, 11, 12))


def tag(desk: Desk) -> str:
    return str(re.findall(r'name="tag" value="(\d+)"', desk.get(ONE).text)[0])


def first(resources: Resources) -> Observation:
    with resources.database.reading() as session:
        return session.get_one(Observation, 1)


def test_what_waits_is_told_at_home_and_published_with_a_tap(writer: Desk) -> None:
    home = words(writer.get("/bureau/"))
    assert "Remarques à lire 2 2 remarques de visiteurs" in home
    assert "la plus ancienne est du 12 novembre" in home
    listed = writer.get(LIST)
    assert '<p class="quoted" lang="en">A bench, please.</p>' in listed.text
    left = words(writer.follow(f"{ONE}/decider", tag="1", state="published", liste="1"))
    assert "La remarque est publiée." in left
    assert "Jean Dupont" not in left
    assert "Une remarque de visiteur " in words(writer.get("/bureau/"))
    writer.send(f"{LIST}/2/decider", tag="1", state="published")
    assert "Remarques à lire" not in words(writer.get("/bureau/"))
    assert "Aucune remarque n’attend." in words(writer.get(LIST))


def test_a_passage_is_masked_and_a_decision_taken_back(seeded: Resources, writer: Desk) -> None:
    wrong = writer.send(f"{ONE}/decider", tag="1", state="published", masked="Jeanne")
    assert wrong.status_code == 422
    assert "Un passage n’est pas dans la remarque" in words(wrong)
    assert ">\nJeanne</textarea>" in wrong.text
    done = writer.follow(f"{ONE}/decider", tag="1", state="published", masked=" Jean Dupont \n\n")
    assert "Un banc ici, dit […]." in words(done)
    assert "Un banc ici, dit […]." in words(writer.get(f"{LIST}?etat=publiees"))
    assert "de nouveau à lire" in words(
        writer.follow(f"{ONE}/decider", tag=tag(writer), state="waiting")
    )
    assert (first(seeded).state, first(seeded).masked) == ("waiting", "Jean Dupont")


def test_what_is_set_aside_says_why(writer: Desk) -> None:
    wrong = writer.send(f"{ONE}/decider", tag="1", state="set_aside", reason="")
    assert wrong.status_code == 422
    assert "Dites pourquoi elle est mise de côté." in words(wrong)
    assert writer.send(f"{ONE}/decider", tag="1").status_code == 422
    aside = {"state": "set_aside", "reason": "personal"}
    done = words(writer.follow(f"{ONE}/decider", tag="1", **aside))
    assert "elle sera effacée dans trente jours" in done
    assert "parle d’une personne" in words(writer.get(f"{LIST}?etat=de-cote"))


def test_what_became_of_it_is_written_replaced_and_taken_back(
    seeded: Resources, writer: Desk
) -> None:
    wrong = writer.send(f"{ONE}/suite", tag="1", outcome="", text="Un banc viendra.")
    assert wrong.status_code == 422
    assert "Choisissez où cela en est." in words(wrong)
    assert ">\nUn banc viendra.</textarea>" in wrong.text
    answer = {"outcome": "planned", "text": "Un banc viendra."}
    assert "La suite donnée est enregistrée." in words(
        writer.follow(f"{ONE}/suite", tag="1", **answer)
    )
    assert "prévu" in words(writer.get(LIST))
    writer.send(f"{ONE}/suite", tag=tag(writer), **answer | {"outcome": "done"})
    assert first(seeded).outcome == "done"
    writer.send(f"{ONE}/suite", tag=tag(writer), retirer="1")
    assert first(seeded).answer is None


def test_two_at_once_overwrite_nothing(seeded: Resources, writer: Desk, publisher: Desk) -> None:
    publisher.send(f"{ONE}/decider", tag="1", state="published")
    late = writer.send(f"{ONE}/suite", tag="1", outcome="done", text="Le banc est là.")
    assert late.status_code == 412
    assert "Cette remarque a changé entre-temps" in words(late)
    assert ">\nLe banc est là.</textarea>" in late.text
    assert (first(seeded).state, first(seeded).answer) == ("published", None)


def test_a_guide_reads_and_decides_nothing(bureau: Flask, writer: Desk) -> None:
    writer.send(f"{ONE}/suite", tag="1", outcome="done", text="Le banc est là.")
    guide = seated(bureau, "guide")
    assert "Publier" not in words(guide.get(LIST))
    read = words(guide.get(ONE))
    assert "Fait , le" in read
    assert "Décider" not in read
    assert "Remarques à lire" not in words(guide.get("/bureau/"))


def test_the_report_adds_up_and_tells_what_became_of_it(bureau: Flask, writer: Desk) -> None:
    report = words(writer.get(f"{LIST}/bilan"))
    assert "1. Montée du terril 2 0 0 0 0 0 2 0" in report
    assert "Aucune remarque publiée n’a encore de suite." in report
    writer.send(f"{ONE}/decider", tag="1", state="published", masked="Jean Dupont")
    writer.send(f"{ONE}/suite", tag="2", outcome="done", text="=1+1")
    guide = seated(bureau, "guide")
    assert "Un banc ici, dit […]. Fait – =1+1" in words(guide.get(f"{LIST}/bilan"))
    sheet = guide.get(f"{LIST}/suites.csv")
    assert "1,Montée du terril,2026-11," in sheet.text
    assert "fait,'=1+1," in sheet.text


def test_the_report_of_nothing_says_so(seeded: Resources, writer: Desk) -> None:
    with seeded.database.transaction() as session:
        session.execute(delete(Observation))
    assert "Personne n’a encore rien dit." in words(writer.get(f"{LIST}/bilan"))


def test_a_long_list_has_pages(writer: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Aucune remarque n’est encore publiée." in words(writer.get(f"{LIST}?etat=publiees"))
    assert "Rien n’est mis de côté." in words(writer.get(f"{LIST}?etat=de-cote"))
    monkeypatch.setattr(pages, "LISTED_AT_ONCE", 1)
    assert "Page 1 sur 2 Plus anciennes" in words(writer.get(LIST))
    assert "Plus récentes Page 2 sur 2" in words(writer.get(f"{LIST}?page=2"))
