"""Who sees an itinerary, and who writes at it."""

from datetime import UTC, datetime

from flask import Flask

from tests.guide.forms import Builder, fields_of
from tests.guide.test_builder import words
from tests.staff.desk import Desk, seated
from tourapp.accounts.services import operator
from tourapp.publishing.services import withdraw_and_tell
from tourapp.resources import Resources
from tourapp.stops.services import get_narrative, get_stop

SHARING = "/guide/itineraires/la-boucle/partage"


def send(loop: Builder, way: str, **form: str) -> str:
    tag = fields_of(loop.page())["tag"]
    return words(loop.desk.follow(f"{SHARING}/{way}", tag=tag, **form).text)


def test_an_itinerary_is_published_listed_by_link_and_taken_back(loop: Builder) -> None:
    assert "trouvent dans leur liste" in send(loop, "montrer", visibility="published")
    assert "Voir la page des visiteurs" in loop.page()
    told = send(loop, "montrer", visibility="unlisted")
    assert "https://visite.example.fr/fr/itineraires/lien/" in told
    assert "Seuls ses auteurs" in send(loop, "montrer")
    assert "lien/" not in loop.desk.get(SHARING).text


def test_what_nobody_could_follow_is_not_shown(guide: Desk) -> None:
    guide.follow("/guide/nouveau", title="La boucle")
    refused = guide.send(f"{SHARING}/montrer", tag="1", visibility="published")
    assert refused.status_code == 422
    assert "au moins deux haltes" in refused.text


def test_a_stop_that_visitors_do_not_see_is_named(seeded: Resources, loop: Builder) -> None:
    by = operator("tests", now=datetime.now(UTC))
    with seeded.database.transaction() as session:
        stop = get_stop(session, "arret-3")
        withdraw_and_tell(session, get_narrative(session, stop, lang="fr"), by=by)
    tag = fields_of(loop.page())["tag"]
    refused = loop.desk.send(f"{SHARING}/montrer", tag=tag, visibility="published")
    assert refused.status_code == 422
    assert "pas encore ces arrêts" in words(refused.text)
    assert "arret-3." in words(refused.text)
    loop.press("remove:3")
    send(loop, "montrer", visibility="published")
    hidden = loop.send("add:arret-3")
    assert "Les visiteurs ne voient pas encore : arret-3." in words(hidden.text).replace(
        "\u202f", " "
    )


def test_another_guide_changes_it_too_until_they_no_longer_may(
    bureau: Flask, loop: Builder
) -> None:
    other = Builder(seated(bureau, "guide", email="autre@example.fr"), loop.path)
    assert other.desk.get(loop.path).status_code == 404
    assert other.desk.get(SHARING).status_code == 404
    assert "peut le changer aussi" in send(loop, "inviter", email="autre@example.fr")
    assert "Partagés avec moi" in other.desk.get("/guide/").text
    other.press("remove:1")
    assert loop.halts == ["arret-2", "arret-3"]
    assert "ne peut plus le changer" in send(loop, "retirer", leaver="autre@example.fr")
    assert other.desk.get(loop.path).status_code == 404


def test_whoever_is_no_guide_is_not_let_in(bureau: Flask, loop: Builder) -> None:
    seated(bureau, "redaction")
    for email in ("personne@example.fr", "redaction@example.fr"):
        tag = fields_of(loop.page())["tag"]
        refused = loop.desk.send(f"{SHARING}/inviter", tag=tag, email=email)
        assert refused.status_code == 422
        assert "Aucun guide n’a cette adresse" in refused.text
        assert email in refused.text


def test_it_is_deleted_on_its_present_state_alone(loop: Builder) -> None:
    assert "a changé entre-temps" in loop.desk.follow(f"{SHARING}/supprimer", tag="1").text
    assert "a changé entre-temps" in loop.desk.follow(f"{SHARING}/montrer", tag="1").text
    tag = fields_of(loop.page())["tag"]
    assert "est supprimé" in loop.desk.follow(f"{SHARING}/supprimer", tag=tag).text
    assert loop.desk.get(loop.path).status_code == 404
