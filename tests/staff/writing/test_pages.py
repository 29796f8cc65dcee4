"""Writing a narrative without scripts, from the list of stops to what visitors see."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.staff.desk import CHEAP, Desk, seated
from tests.staff.writing.forms import DUTCH, FRENCH, JSON, fields, filled, opened
from tests.visit.reading import words
from tourapp.app import create_app
from tourapp.bureau import create_bureau
from tourapp.errors import UnavailableError
from tourapp.narration.previews.previewing import open_previewer
from tourapp.resources import Resources
from tourapp.staff.writing import pages

WINDOWS = {"text": "Un.\r\n\r\nDeux."}


@pytest.fixture
def visitor(seeded: Resources) -> FlaskClient:
    return create_app(seeded).test_client()


def test_every_stop_is_listed_with_where_its_texts_stand(writer: Desk) -> None:
    listed = words(writer.get("/bureau/arrets"))
    assert "1 Montée du terril Fermetures et position de Montée du terril" in listed
    assert "Montée du terril, français publié" in listed
    assert "Écrire en néerlandais" in listed
    writer.send(f"{FRENCH}/enregistrer", **opened(writer, title="Autre"))
    assert "publié 1 brouillon" in words(writer.get("/bureau/arrets"))


def test_many_stops_are_listed_by_pages(writer: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "LISTED_AT_ONCE", 2)
    first, second = writer.get("/bureau/arrets"), writer.get("/bureau/arrets?page=2")
    assert "Page 1 sur 2 Suivants" in words(first)
    assert "Précédents Page 2 sur 2" in words(second)
    assert "arret-3/fr" in second.text
    assert "arret-3/fr" not in first.text


def test_without_any_stop_the_list_says_so(resources: Resources) -> None:
    empty = create_bureau(resources, nudge=print, hasher=CHEAP)
    assert "Aucun arrêt" in words(seated(empty, "redaction").get("/bureau/arrets"))


def test_a_draft_is_kept_for_its_writer_and_seen_by_nobody_else(
    bureau: Flask, writer: Desk, visitor: FlaskClient
) -> None:
    form = opened(writer, title="Un titre à moi")
    kept = writer.follow(f"{FRENCH}/enregistrer", **form)
    assert "Votre brouillon est enregistré" in words(kept)
    assert fields(kept)["title"] == "Un titre à moi"
    assert fields(seated(bureau, "publication").get(FRENCH))["title"] == "Montée du terril"
    assert "Un titre à moi" not in visitor.get("/fr/arrets/terril").text


def test_what_nobody_sees_in_what_is_pasted_is_not_kept(writer: Desk) -> None:
    form = opened(
        writer, title="Le\u202e terril\0", text="Une ligne.\vUne autre.\u2028\r\nFin.\x07"
    )
    kept = fields(writer.follow(f"{FRENCH}/enregistrer", **form))
    assert kept["title"] == "Le terril"
    assert kept["text"] == "Une ligne.\nUne autre.\n\nFin."


def test_what_is_sent_unchanged_makes_no_draft(writer: Desk) -> None:
    form = opened(writer)
    assert fields(writer.follow(f"{FRENCH}/enregistrer", **form)) == form
    assert "brouillon" not in words(writer.get("/bureau/arrets"))


def test_a_browsers_ends_of_lines_are_no_change(writer: Desk) -> None:
    kept = writer.follow(f"{FRENCH}/enregistrer", **opened(writer) | WINDOWS)
    assert fields(kept)["text"] == "Un.\n\nDeux."


def test_what_cannot_be_kept_stays_in_the_form(writer: Desk) -> None:
    told = writer.send(f"{FRENCH}/enregistrer", **opened(writer, title="x" * 121))
    assert told.status_code == 422
    assert "120 caractères au plus" in words(told)
    assert fields(told)["title"] == "x" * 121


def test_a_new_language_is_submitted_and_published_by_another(
    bureau: Flask, writer: Desk, visitor: FlaskClient
) -> None:
    assert "Rien n’est encore écrit" in words(writer.get(DUTCH))
    told = writer.send(f"{DUTCH}/soumettre", **opened(writer, DUTCH, title="De terril"))
    assert "« Le récit » est encore vide" in words(told)
    submitted = writer.follow(f"{DUTCH}/soumettre", **filled(writer, DUTCH))
    assert "La version 1 attend d’être publiée" in words(submitted)
    assert "version 1 à publier" not in words(writer.get("/bureau/arrets"))
    assert "pas publié" in words(writer.get("/bureau/arrets"))
    publisher = seated(bureau, "publication")
    published = publisher.follow(f"{DUTCH}/publier", **opened(publisher, DUTCH))
    assert "La version 1 est publiée" in words(published)
    assert "Iets over title." in visitor.get("/nl/arrets/terril").text


def test_publishing_shows_what_was_written_to_every_visitor_at_once(
    publisher: Desk, visitor: FlaskClient
) -> None:
    publisher.follow(f"{FRENCH}/publier", **opened(publisher, title="Le grand terril"))
    assert "Le grand terril" in visitor.get("/fr/arrets/terril").text
    assert "La version 2, sans changement" in words(publisher.get(FRENCH))


def test_an_empty_part_is_not_published(publisher: Desk) -> None:
    told = publisher.send(f"{FRENCH}/publier", **opened(publisher, lede=" "))
    assert "« Chapeau » est encore vide" in words(told)


def test_who_writes_submits_and_who_publishes_publishes(writer: Desk, publisher: Desk) -> None:
    assert "Soumettre pour publication" in words(writer.get(FRENCH))
    assert "Publier maintenant" in words(publisher.get(FRENCH))


def test_a_draft_is_let_go(writer: Desk) -> None:
    writer.send(f"{FRENCH}/enregistrer", **opened(writer, title="Autre"))
    left = writer.follow(f"{FRENCH}/abandonner", **opened(writer))
    assert "abandonné" in words(left)
    assert fields(left)["title"] == "Montée du terril"
    assert writer.send(f"{FRENCH}/abandonner", **opened(writer)).status_code == 303


def test_plain_words_are_written_and_seen_beforehand(writer: Desk) -> None:
    assert "Écrire en français, facile à lire" in words(writer.get("/bureau/arrets"))
    easy = FRENCH.replace("/standard", "/facile")
    kept = writer.follow(f"{easy}/enregistrer", **filled(writer, easy))
    assert "français, facile à lire" in words(kept)
    assert "Iets over title." in words(writer.get(f"{easy}/apercu"))


def test_a_stop_that_is_none_is_not_found(writer: Desk) -> None:
    assert writer.get("/bureau/arrets/nulle-part/fr/standard").status_code == 404
    assert writer.get("/bureau/arrets/terril/xx/standard").status_code == 404


def test_the_preview_is_the_visitors_page_of_the_draft_in_a_frame_of_ours(writer: Desk) -> None:
    writer.send(f"{FRENCH}/enregistrer", **opened(writer, title="Un titre à moi"))
    shown = writer.get(f"{FRENCH}/apercu")
    assert 'class="stop-head"' in shown.text
    assert "Un titre à moi" in words(shown)
    assert "<script" not in shown.text
    assert "frame-ancestors 'self'" in shown.headers["Content-Security-Policy"]
    assert shown.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert shown.headers["Cache-Control"] == "no-store"


def test_the_preview_of_another_language_speaks_it(writer: Desk) -> None:
    writer.send(f"{DUTCH}/enregistrer", **filled(writer, DUTCH))
    assert '<html lang="nl"' in writer.get(f"{DUTCH}/apercu").text


def test_a_module_keeps_the_draft_and_is_told_its_new_base(writer: Desk) -> None:
    form = opened(writer, title="Un") | {"csrf_token": writer.token()}
    for title, base in (("Un", "1.1"), ("Deux", "1.2")):
        kept = writer.client.post(
            f"{FRENCH}/enregistrer", data=form | {"title": title}, headers=JSON
        )
        assert kept.get_json() == {"base": base}
        form["base"] = base
    faulty = writer.client.post(
        f"{FRENCH}/enregistrer", data=form | {"title": "x" * 121}, headers=JSON
    )
    assert (faulty.status_code, list(faulty.get_json()["faults"])) == (422, ["title"])


def test_a_text_is_measured_while_it_is_written(writer: Desk) -> None:
    told = writer.send(f"{FRENCH}/mesures", text="Le chat dort.")
    assert "<li>3 mots</li>" in told.text
    assert "sur deux minutes" in told.text


def test_a_text_is_heard_before_it_is_published(writer: Desk, seeded: Resources) -> None:
    form = opened(writer, text="Le chat dort.")
    waiting = writer.send(f"{FRENCH}/ecouter", **form)
    assert 'http-equiv="refresh"' in writer.get(waiting.location).text
    open_previewer(seeded).speak_wanted()
    heard = writer.get(waiting.location)
    assert "<audio controls" in heard.text
    assert "http-equiv" not in heard.text
    assert fields(writer.get(FRENCH))["text"] == "Le chat dort."
    asked = writer.client.get(waiting.location, headers=JSON).get_json()
    assert asked["state"] == "ready"
    assert [file["type"] for file in asked["files"]] == [
        "audio/ogg; codecs=opus",
        "audio/mpeg",
    ]


def test_a_passage_is_heard_and_changes_no_draft(writer: Desk) -> None:
    form = {"passage": "Le chat dort.", "csrf_token": writer.token()}
    wanted = writer.client.post(f"{FRENCH}/ecouter", data=form, headers=JSON)
    assert wanted.status_code == 303
    assert "brouillon" not in words(writer.get("/bureau/arrets"))


def test_what_cannot_be_said_is_told(writer: Desk, seeded: Resources) -> None:
    assert "rien ici qui puisse se dire" in words(
        writer.send(f"{FRENCH}/ecouter", **opened(writer, text=" "))
    )
    silent = writer.send(f"{FRENCH}/ecouter", **opened(writer, text="***"))
    open_previewer(seeded).speak_wanted()
    assert "ne peut pas être dit" in words(writer.get(silent.location))


def test_who_else_is_at_a_text_is_told_when_it_is_opened_and_asked_again(
    bureau: Flask, writer: Desk, publisher: Desk
) -> None:
    assert "a ce texte ouvert" not in words(writer.get(FRENCH))
    assert "redaction@example.fr a ce texte ouvert." in words(publisher.get(FRENCH))
    publisher.send(f"{FRENCH}/enregistrer", **opened(publisher, title="Autre"))
    told = writer.send(f"{FRENCH}/presence").text
    assert "publication@example.fr</strong> a ce texte ouvert, avec un brouillon du" in told
    late = seated(bureau, "administration").get(FRENCH.replace("/fr/", "/en/"))
    assert "a ce texte ouvert" not in words(late)


def test_a_text_opens_even_where_nobody_can_be_told(
    writer: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise UnavailableError

    monkeypatch.setattr("tourapp.staff.company.pages.note", fail)
    assert writer.get(FRENCH).status_code == 200
