"""The bureau's home says what needs doing, and leads there."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from tests.staff.desk import CHEAP, Desk, seated
from tests.staff.writing.forms import DUTCH, FRENCH, filled, opened
from tests.visit.reading import words
from tourapp.accounts.posting.models import Letter
from tourapp.accounts.posting.services import Message, write_letter
from tourapp.accounts.services import get_person
from tourapp.bureau import create_bureau
from tourapp.narration.models import Narration
from tourapp.narration.rendering import open_renderer
from tourapp.resources import Resources
from tourapp.staff import pages

HOME = "/bureau/"


@pytest.fixture
def bureau(spoken: Resources) -> Flask:
    return create_bureau(spoken, nudge=lambda: None, hasher=CHEAP)


@pytest.fixture
def desk(bureau: Flask) -> Desk:
    return seated(bureau, "publication")


def kinds(desk: Desk) -> dict[str, str]:
    """Return the first thing of each kind that is due, by the kind's heading."""
    text = desk.get(HOME).text
    found = re.findall(r'<h2 id="kind-\d+">(.*?) <span.*?href="(.*?)"', text, re.DOTALL)
    return dict(found)


def test_what_is_published_wants_to_be_translated(desk: Desk) -> None:
    assert kinds(desk)["À traduire"] == "/bureau/arrets/terril/en/standard"
    assert "Montée du terril (en anglais)" in words(desk.get(HOME))


def test_a_draft_leads_back_to_where_it_was_left(desk: Desk) -> None:
    desk.follow(f"{FRENCH}/enregistrer", **opened(desk, title="Le mien"))
    assert kinds(desk)["Vos brouillons"] == FRENCH
    assert "Le mien (français) enregistré le" in words(desk.get(HOME))


def test_a_submitted_text_waits_for_who_publishes(bureau: Flask, desk: Desk) -> None:
    writer = seated(bureau, "redaction")
    writer.follow(f"{DUTCH}/soumettre", **filled(writer, DUTCH))
    assert "À relire et à publier" not in kinds(writer)
    assert kinds(desk)["À relire et à publier"] == f"{DUTCH}/versions"


def test_what_is_planned_is_told_with_its_time(desk: Desk) -> None:
    desk.follow(f"{FRENCH}/soumettre", **opened(desk, title="Plus tard"))
    line = f"{FRENCH}/versions"
    [state, *_] = re.findall(r'name="tag" value="(\d+)"', desk.get(line).text)
    desk.follow(f"{line}/2/programmer", tag=state, at="2099-07-14T09:30")
    assert kinds(desk)["Publié bientôt"] == line
    assert "Plus tard (français) prévu le 14 juil. 2099 à 9 h 30" in words(desk.get(HOME))


def test_a_sound_that_is_older_than_its_text_is_due_until_it_is_spoken(
    desk: Desk, spoken: Resources
) -> None:
    desk.follow(f"{FRENCH}/publier", **opened(desk, text="Un autre récit."))
    assert "(français) la voix y travaille" in words(desk.get(HOME))
    open_renderer(spoken).render_due()
    assert "Le son manque, ou dit un texte plus ancien" not in kinds(desk)


def test_a_voice_that_fails_says_why(desk: Desk, spoken: Resources) -> None:
    desk.follow(f"{FRENCH}/publier", **opened(desk, text="***"))
    open_renderer(spoken).render_due()
    assert "la voix n’y arrive pas : une phrase n’a pas de mot à dire" in words(desk.get(HOME))


def test_a_closure_that_ends_soon_and_a_vague_position_lead_to_the_place(desk: Desk) -> None:
    place = "/bureau/arrets/terril/lieu"
    last = (datetime.now(UTC) + timedelta(days=3)).date().isoformat()
    closure = {"from": "2020-01-01", "until": last, "reason-fr": "Chantier."}
    position = {"latitude": "50", "longitude": "2", "accuracy_m": "250", "source": "carte"}
    for way, form in (("fermer", closure), ("position", position)):
        [state, *_] = re.findall(r'name="tag" value="(\d+)"', desk.get(place).text)
        desk.follow(f"{place}/{way}", tag=state, **form)
    told = words(desk.get(HOME))
    assert "Fermetures qui finissent 1 Montée du terril dernier jour :" in told
    assert "Montée du terril connue à 250 m près" in told
    assert kinds(desk)["Fermetures qui finissent"] == place


@pytest.mark.parametrize("until", ["2099-01-01", ""])
def test_a_closure_that_does_not_end_soon_is_not_told(desk: Desk, until: str) -> None:
    place = "/bureau/arrets/terril/lieu"
    [state, *_] = re.findall(r'name="tag" value="(\d+)"', desk.get(place).text)
    closure = {"from": "2020-01-01", "until": until, "reason-fr": "Chantier."}
    desk.follow(f"{place}/fermer", tag=state, **closure)
    assert "Fermetures qui finissent" not in kinds(desk)


def test_more_than_a_few_are_folded(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "AT_ONCE", 2)
    assert re.search(r"Et \d+ de plus", words(desk.get(HOME)))


def test_a_guide_is_shown_where_to_go_and_nothing_to_write(bureau: Flask) -> None:
    assert kinds(seated(bureau, "guide")) == {}
    assert "Rien n’attend" not in words(seated(bureau, "guide").get(HOME))


def test_where_nothing_is_due_that_is_told(resources: Resources) -> None:
    empty = create_bureau(resources, nudge=print, hasher=CHEAP)
    assert "Rien n’attend" in words(seated(empty, "redaction").get(HOME))


def test_a_voice_that_is_to_be_replaced_is_told_once_for_all(spoken: Resources) -> None:
    better = replace(spoken.settings, speech_engines=("gtts", "espeak"))
    bureau = create_bureau(replace(spoken, settings=better), nudge=print, hasher=CHEAP)
    desk = seated(bureau, "redaction")
    told = "4 récits sont dits par une voix provisoire gTTS y travaille"
    assert f"Une meilleure voix est attendue 4 {told}" in words(desk.get(HOME))
    with spoken.database.transaction() as session:
        [published, *_] = session.scalars(select(Narration)).all()
        failed = {
            "state": "failed",
            "failure": "gTTS does not reach its service: nobody",
            "attempts": 1,
        }
        session.add(
            Narration(
                revision_id=published.revision_id,
                engine="gtts",
                recipe=published.recipe,
                next_attempt_at=datetime.now(UTC),
                **failed,
            )
        )
    assert "gTTS n’y arrive pas : son service ne répond pas. Nouvel essai automatique" in words(
        desk.get(HOME)
    )


def test_room_and_waiting_sounds_are_told(
    spoken: Resources, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = type(spoken.media)
    monkeypatch.setattr(store, "find_free_bytes", lambda _: 12_340_000_000)
    assert "Aucun son n’est en attente. Place libre sur le disque : 12,3 Go." in words(
        desk.get(HOME)
    )
    desk.follow(f"{FRENCH}/publier", **opened(desk, text="Un autre récit."))
    monkeypatch.setattr(store, "find_free_bytes", lambda _: 100)
    assert "Le disque est presque plein" in words(desk.get(HOME))
    monkeypatch.setattr(store, "find_free_bytes", lambda _: None)
    told = words(desk.get(HOME))
    assert "Sons en attente : 1." in told
    assert "disque" not in told


def test_what_is_amiss_comes_first(spoken: Resources, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(spoken.media), "is_answering", lambda _: False)
    bureau = create_bureau(replace(spoken), nudge=print, hasher=CHEAP)
    assert "le stockage ne répond pas" in words(seated(bureau, "guide").get(HOME))


def written(resources: Resources, **values: object) -> None:
    """Write a letter that does not leave."""
    with resources.database.transaction() as session:
        person = get_person(session, "publication@example.fr")
        message = Message(subject="Votre accès au bureau", text="Bonjour")
        write_letter(session, person, message, at=datetime(2026, 3, 1, 12, tzinfo=UTC))
        session.flush()
        session.execute(update(Letter).values({"attempts": 1} | values))


def test_letters_that_do_not_leave_are_told_to_who_administers(
    bureau: Flask, spoken: Resources
) -> None:
    desk, boss = seated(bureau, "publication"), seated(bureau, "administration")
    assert "Messages qui ne partent pas" not in kinds(boss)
    written(spoken)
    told = words(boss.get(HOME))
    assert "Un message attend aucun programme (tourapp worker) ne s’en charge, depuis le" in told
    written(spoken, hindrance="busy", answer="451 later")
    told = words(boss.get(HOME))
    assert "2 messages attendent le serveur de courrier demande d’attendre (« 451 later »)" in told
    assert kinds(boss)["Messages qui ne partent pas"] == "/bureau/personnes"
    assert "Messages qui ne partent pas" not in kinds(desk)


def test_a_letter_that_was_given_up_names_whom_it_was_for(bureau: Flask, spoken: Resources) -> None:
    seated(bureau, "publication")
    written(spoken, hindrance="refused", answer="550 no", text="", next_attempt_at=None)
    told = words(seated(bureau, "administration").get(HOME))
    assert "« Votre accès au bureau », à publication@example.fr n’est pas arrivé" in told
    assert "le serveur de courrier refuse ce message ou cette adresse (« 550 no »)" in told
