"""Who may work here, for whoever administers; and the log."""

import re
from dataclasses import replace

import pytest
from flask import Flask

from tests.staff.desk import CHEAP, Desk, invited, new_desk, seated
from tests.visit.reading import words
from tourapp.bureau import create_bureau
from tourapp.resources import Resources

BOSS = "chef@example.fr"
PEOPLE = "/bureau/personnes"
LINK = re.compile(r"https://visite\.example\.fr(/bureau/lien/[\w-]+)")


@pytest.fixture
def desk(bureau: Flask) -> Desk:
    return seated(bureau, "administration", email=BOSS)


def ways(desk: Desk, name: str) -> list[str]:
    return re.findall(rf"/bureau/personnes/\d+/{name}", desk.get(PEOPLE).text)


def test_somebody_invited_chooses_a_password_and_comes_in(bureau: Flask, desk: Desk) -> None:
    shown = desk.send(PEOPLE, email="Zoé@Example.fr", name="Zoé", roles=["redaction", "guide"])
    assert "Aucun serveur de courrier n’est réglé" in words(shown)
    [path] = LINK.findall(shown.text)
    zoe = new_desk(bureau)
    zoe.send(path, password="quatre autres mots ensemble")
    assert zoe.sign_in("zoé@example.fr", "quatre autres mots ensemble").location == "/bureau/"
    assert "Bonjour Zoé" in words(zoe.get("/bureau/"))


@pytest.mark.parametrize(
    ("form", "fault"),
    [
        ({"email": "zoe", "roles": "guide"}, "Ce n’est pas une adresse"),
        ({"email": BOSS, "roles": "guide"}, "déjà connue"),
        ({"email": "zoe@example.fr"}, "au moins un rôle"),
        ({"email": "zoe@example.fr", "roles": "chef"}, "au moins un rôle"),
    ],
)
def test_a_faulty_invitation_keeps_what_was_written(
    desk: Desk, form: dict[str, str], fault: str
) -> None:
    told = desk.send(PEOPLE, name="Zoé", **form)
    assert fault in words(told)
    assert 'value="Zoé"' in told.text


def test_whoever_invites_does_not_wait_for_the_mail_server(resources: Resources) -> None:
    away = replace(resources.settings, mail_url="smtp://127.0.0.1:1")
    other = create_bureau(replace(resources, settings=away), nudge=print, hasher=CHEAP)
    shown = seated(other, "administration").send(PEOPLE, email="zoe@example.fr", roles="guide")
    assert "Un message part à zoe@example.fr" in words(shown)
    assert LINK.findall(shown.text)


def test_roles_are_changed_and_hold_at_once(bureau: Flask, desk: Desk) -> None:
    zoe = seated(bureau, "guide", email="zoe@example.fr")
    [_, roles] = ways(desk, "roles")
    assert zoe.get(PEOPLE).status_code == 403
    told = desk.follow(roles, roles=["administration", "guide"])
    assert "Les rôles de zoe@example.fr sont changés" in words(told)
    assert zoe.get(PEOPLE).status_code == 200
    assert "au moins un rôle" in words(desk.send(roles))


def test_somebody_is_let_go_and_comes_back(bureau: Flask, desk: Desk) -> None:
    zoe = seated(bureau, "redaction", email="zoe@example.fr")
    [_, end] = ways(desk, "fin")
    assert "n’a plus accès" in words(desk.follow(end))
    assert "sans accès" in words(desk.get(PEOPLE))
    assert zoe.get("/bureau/").status_code == 303
    assert zoe.sign_in("zoe@example.fr").status_code == 422
    [back] = ways(desk, "retour")
    assert "de nouveau accès" in words(desk.follow(back))
    assert new_desk(bureau).sign_in("zoe@example.fr").status_code == 303


def test_the_last_administrator_stays(desk: Desk, resources: Resources) -> None:
    [end], [roles] = ways(desk, "fin"), ways(desk, "roles")
    for refused in (desk.send(end), desk.send(roles, roles="guide")):
        assert "au moins une personne active" in words(refused)
    invited(resources, "administration", email="zoe@example.fr")
    assert "sont changés" in words(desk.follow(roles, roles="guide"))


def test_another_link_is_sent(desk: Desk) -> None:
    desk.send(PEOPLE, email="zoe@example.fr", roles="guide")
    assert "invitation en attente" in words(desk.get(PEOPLE))
    [_, link] = ways(desk, "lien")
    assert LINK.findall(desk.send(link).text)


def test_nobody_is_nobody(desk: Desk) -> None:
    assert desk.send(f"{PEOPLE}/999/fin").status_code == 404


def test_the_log_tells_who_did_what_by_pages(desk: Desk) -> None:
    for number in range(26):
        desk.send(PEOPLE, email=f"zoe-{number}@example.fr", roles="guide")
    newest = words(desk.get("/bureau/journal"))
    assert "Page 1 sur 2" in newest
    assert "chef@example.fr lien d’entrée créé zoe-25@example.fr bureau" in newest
    assert "Plus récent" in words(desk.get("/bureau/journal?page=2"))
    assert desk.get("/bureau/journal?page=-3").status_code == 200
