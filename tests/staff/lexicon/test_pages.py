"""The lexicon without scripts: found, corrected, confirmed, heard before it is saved."""

import re
from html import unescape

import pytest
from flask import Flask

from tests.staff.desk import Desk, seated
from tests.staff.writing.forms import FRENCH, JSON, opened
from tests.visit.reading import words
from tourapp.narration.previews.previewing import open_previewer
from tourapp.resources import Resources
from tourapp.staff.lexicon import pages

LEXICON = "/bureau/lexique"
TERRIL = {"written": "terril(s)", "lang": "fr", "said": "téri", "note": "Le l est muet."}


def added(desk: Desk, **entry: str) -> str:
    """Add an entry and return the address of its page."""
    return str(desk.send(f"{LEXICON}/nouveau", **TERRIL | entry).location)


def state(desk: Desk, path: str) -> str:
    return str(re.findall(r'name="tag" value="(\d+)"', desk.get(path).text)[0])


def test_an_entry_is_added_and_says_what_it_changes(writer: Desk) -> None:
    told = writer.follow(f"{LEXICON}/nouveau", **TERRIL)
    # Each of the three stops tells of the slag heap; the embedded voice alone is in use here.
    assert "« terril(s) » est dans le lexique. Sons refaits : 3, dans la minute." in words(told)
    assert "Où il s’entend 3" in words(told)
    assert "/bureau/arrets/terril/fr/standard" in told.text
    assert "Personne ne l’a encore confirmé" in words(told)


def test_a_word_that_a_longer_one_says_is_not_heard(writer: Desk) -> None:
    added(writer, written="terril est noir", said="téri noir")
    assert "Dans aucun texte publié" in words(writer.get(added(writer)))


def test_the_list_is_searched_and_turned(writer: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Aucun mot n’y est encore." in words(writer.get(LEXICON))
    for written in ("Lens", "Loos", "Oignies"):
        added(writer, written=written, said=f"{written}e", note="")
    assert "Aucun mot ne correspond." in words(writer.get(f"{LEXICON}?q=xyz"))
    found = words(writer.get(f"{LEXICON}?q=lens&lang=fr"))
    assert "Lens se dit « Lense » à confirmer français" in found
    assert "Loos" not in found
    monkeypatch.setattr(pages, "LISTED_AT_ONCE", 2)
    assert "Page 1 sur 2 Suivants" in words(writer.get(LEXICON))
    assert "Précédents Page 2 sur 2" in words(writer.get(f"{LEXICON}?page=2&lang=xx"))


FAULTS = (
    ({"written": " "}, "Écrivez le mot comme"),
    ({"lang": "it"}, "Choisissez une langue"),
    ({"said": "11 fois"}, "les nombres en lettres"),
    ({"espeak": "[x]"}, "phonèmes sans crochets"),
    ({"note": "x" * 601}, "600 caractères au plus"),
)


def test_a_faulty_entry_keeps_what_was_written(writer: Desk) -> None:
    for written, fault in FAULTS:
        told = writer.send(f"{LEXICON}/nouveau", **TERRIL | {"piper": "teʁi"} | written)
        assert told.status_code == 422
        assert fault in words(told)
        assert 'value="teʁi"' in told.text


def test_a_word_that_is_there_already_leads_to_its_entry(writer: Desk) -> None:
    page = added(writer)
    told = writer.send(f"{LEXICON}/nouveau", **TERRIL | {"written": "terrils"})
    assert "corrigez plutôt cette entrée" in words(told)
    assert f'href="{page}"' in told.text


def test_a_word_is_said_otherwise(writer: Desk) -> None:
    page = added(writer)
    changed = writer.follow(page, tag=state(writer, page), said="térile", note="Non.", espeak="")
    assert "C’est enregistré. Sons refaits : 3" in words(changed)
    assert 'value="térile"' in changed.text
    noted = writer.follow(page, tag=state(writer, page), said="térile", note="Si.")
    assert "Sons refaits" not in words(noted)
    faulty = writer.send(page, tag=state(writer, page), said="")
    assert "les nombres en lettres" in words(faulty)


def test_an_inhabitant_confirms_a_word_until_it_is_said_otherwise(writer: Desk) -> None:
    page = added(writer)
    nobody = writer.send(f"{page}/confirmer", tag=state(writer, page), by=" ")
    assert "Donnez le nom de la personne" in words(nobody)
    told = words(writer.follow(f"{page}/confirmer", tag=state(writer, page), by="Mme Noël"))
    assert "Confirmé par Mme Noël le" in told
    assert "confirmé par Mme Noël" in words(writer.get(LEXICON))
    writer.follow(page, tag=state(writer, page), said="tériil")
    assert "à confirmer" in words(writer.get(LEXICON))


def test_a_removed_word_is_said_by_the_voices_again(writer: Desk) -> None:
    page = added(writer)
    told = words(writer.follow(f"{page}/retirer", tag=state(writer, page)))
    assert "« terril(s) » n’est plus dans le lexique. Sons refaits : 3" in told
    assert writer.get(page).status_code == 404


def test_nothing_is_changed_on_a_state_that_nobody_has_seen(bureau: Flask, writer: Desk) -> None:
    page = added(writer)
    seen = state(writer, page)
    seated(bureau, "publication").follow(page, tag=seen, said="autre")
    for what in ("", "/confirmer", "/retirer"):
        told = words(writer.follow(f"{page}{what}", tag=seen, said="encore", by="Zoé"))
        assert "rien n’a été fait" in told


def test_a_word_is_heard_before_it_is_saved(writer: Desk, seeded: Resources) -> None:
    sent = writer.send(f"{LEXICON}/ecouter", **TERRIL)
    waiting = writer.get(sent.location)
    assert "La voix se prépare…" in words(waiting)
    assert 'http-equiv="refresh"' in waiting.text
    assert 'value="téri"' in waiting.text
    assert "Où il s’entend 3 L’ajouter fera redire" in words(waiting)
    open_previewer(seeded).speak_wanted()
    assert "<audio controls" in writer.get(sent.location).text
    assert "Aucun mot n’y est encore." in words(writer.get(LEXICON))


def test_so_is_a_change_of_one_that_is_there(writer: Desk) -> None:
    page = added(writer)
    form = {"entry": page.rpartition("/")[2], "tag": state(writer, page), "lang": "fr"}
    heard = writer.get(writer.send(f"{LEXICON}/ecouter", **form, said="tériil").location)
    assert 'value="tériil"' in heard.text
    assert "Confirmer" in words(heard)


def test_what_cannot_be_said_is_told_instead(writer: Desk) -> None:
    assert "les nombres en lettres" in words(writer.send(f"{LEXICON}/ecouter", lang="fr", said=""))
    form = {"csrf_token": writer.token(), "lang": "fr", "said": ""}
    asked = writer.client.post(f"{LEXICON}/ecouter", data=form, headers=JSON)
    assert "said" in asked.get_json()["faults"]
    spoken = writer.client.post(f"{LEXICON}/ecouter", data=form | {"said": "téri"}, headers=JSON)
    assert spoken.location.startswith("/bureau/ecoutes/")


def test_doubtful_words_lead_from_the_text_to_the_lexicon(writer: Desk) -> None:
    form = opened(writer, text="Le CPIE nous attend.")
    page = writer.follow(f"{FRENCH}/enregistrer", **form)
    assert "Mots à écouter 1" in words(page)
    assert "CPIE se dit « cé pé i eu » sigle dit lettre à lettre" in words(page)
    [way] = re.findall(r'href="(/bureau/lexique/nouveau[^"]+)"', page.text)
    prefilled = writer.get(unescape(way))
    assert 'value="CPIE"' in prefilled.text
    assert 'value="cé pé i eu"' in prefilled.text
