"""The door of the bureau, as a browser without scripts meets it."""

from dataclasses import replace

import pytest
from flask import Flask

from tests.post_office import arrived_links
from tests.staff.desk import CHEAP, DOOR, PASSWORD, Desk, invited, new_desk, seated
from tests.visit.reading import words
from tourapp.bureau import create_bureau
from tourapp.resources import Resources

OTHER = "quatre autres mots ensemble"
HOME = "/bureau/"


@pytest.fixture
def desk(bureau: Flask) -> Desk:
    return new_desk(bureau)


@pytest.fixture
def ana(resources: Resources) -> str:
    return invited(resources, "redaction", email="ana@example.fr")


def test_the_bureau_leads_to_the_door_and_the_door_back(desk: Desk, ana: str) -> None:
    turned_away = desk.get("/bureau/compte/jetons?page=2")
    assert turned_away.status_code == 303
    form = desk.get(turned_away.location)
    assert 'name="suite" value="/bureau/compte/jetons?page=2"' in form.text
    let_in = desk.send(DOOR, email=ana, password=PASSWORD, suite="/bureau/compte/jetons?page=2")
    assert let_in.location == "/bureau/compte/jetons?page=2"
    assert desk.get(let_in.location).status_code == 200


@pytest.mark.parametrize(
    "elsewhere", ["https://example.com/", "//example.com", "/bureau/\\example.com", "/"]
)
def test_the_door_leads_nowhere_else(desk: Desk, ana: str, elsewhere: str) -> None:
    assert desk.send(DOOR, email=ana, password=PASSWORD, suite=elsewhere).location == HOME


def test_a_wrong_password_keeps_the_address_and_says_no_more_than_that(
    desk: Desk, ana: str
) -> None:
    told = {words(desk.sign_in(email, "wrong")) for email in (ana, "nobody@example.fr")}
    [sentence] = told
    assert "ne vont pas ensemble" in sentence
    assert f'value="{ana}"' in desk.sign_in(ana, "wrong").text
    assert desk.get(HOME).status_code == 303


def test_who_tries_too_often_is_told_how_long_to_wait(desk: Desk, ana: str) -> None:
    for _ in range(5):
        assert desk.sign_in(ana, "wrong").status_code == 422
    assert "Le prochain sera possible dans 1\u00a0seconde." in desk.sign_in(ana).text


def test_leaving_ends_the_sign_in_even_for_who_copied_the_cookie(desk: Desk, ana: str) -> None:
    desk.sign_in(ana)
    copied = desk.client.get_cookie("__Host-bureau")
    assert copied is not None
    assert desk.send("/bureau/sortir").location == DOOR
    desk.client.set_cookie("__Host-bureau", copied.value)
    assert desk.get(HOME).status_code == 303


def test_the_cookie_is_for_this_host_and_no_script(desk: Desk, ana: str) -> None:
    let_in = desk.sign_in(ana)
    kept = {line.partition("=")[0]: line for line in let_in.headers.getlist("Set-Cookie")}
    assert set(kept) == {"__Host-bureau", "appareil"}
    for line in kept.values():
        assert "Secure; HttpOnly; " in line
        assert "SameSite=Lax" in line
    assert desk.is_known


def test_a_site_without_tls_keeps_a_plain_cookie(resources: Resources, ana: str) -> None:
    plain = replace(resources.settings, public_url="http://127.0.0.1:8000")
    bureau = create_bureau(replace(resources, settings=plain), nudge=print, hasher=CHEAP)
    let_in = new_desk(bureau).sign_in(ana)
    assert "Secure" not in str(let_in.headers.getlist("Set-Cookie"))


def test_a_forgotten_password_is_replaced_by_a_letter(
    desk: Desk, ana: str, resources: Resources
) -> None:
    desk.send("/bureau/mot-de-passe-oublie", email=ana)
    [secret] = arrived_links(resources)
    path = f"/bureau/lien/{secret}"
    assert "Pour ana@example.fr" in words(desk.get(path))
    assert "Trop court" in desk.send(path, password="court").text
    assert "Entrez avec lui" in desk.send(path, password=OTHER).text
    assert desk.is_known
    assert desk.sign_in(ana, OTHER).location == HOME
    assert "Ce lien ne vaut plus" in desk.get(path).text


def test_who_asks_for_an_unknown_address_reads_the_same(
    desk: Desk, ana: str, resources: Resources
) -> None:
    told = []
    for email in (ana, "nobody@example.fr"):
        sent = desk.send("/bureau/mot-de-passe-oublie", email=email)
        told.append(words(sent).replace(email, "…"))
    assert told[0] == told[1]
    assert len(arrived_links(resources)) == 1


def test_nobody_asks_for_letters_without_end(desk: Desk) -> None:
    for _ in range(3):
        desk.send("/bureau/mot-de-passe-oublie", email="nobody@example.fr")
    refused = desk.send("/bureau/mot-de-passe-oublie", email="nobody@example.fr")
    assert "Trop d’essais" in words(refused)


def test_a_form_without_its_token_changes_nothing_and_can_be_sent_again(bureau: Flask) -> None:
    desk = seated(bureau, "redaction")
    text = "Un nom bien long pour un jeton, qui a demandé quelque réflexion à son auteur."
    refused = desk.client.post("/bureau/compte/jetons", data={"label": text, "scopes": "x"})
    assert refused.status_code == 400
    assert "Ce formulaire a trop attendu" in words(refused)
    assert text in refused.text
    assert 'name="scopes" value="x"' in refused.text


def test_what_was_written_survives_the_end_of_a_sign_in(bureau: Flask) -> None:
    desk = seated(bureau, "redaction")
    token = desk.token()
    with desk.client.session_transaction() as cookie:
        cookie["key"] = "ended"
    form = {"csrf_token": token, "label": "mon programme", "password": "secret"}
    refused = desk.client.post("/bureau/compte/jetons", data=form)
    assert refused.status_code == 401
    assert "Vous n’êtes plus connecté" in words(refused)
    assert 'value="mon programme"' in refused.text
    assert "secret" not in refused.text


def test_a_password_is_compared_as_it_was_typed(desk: Desk, ana: str) -> None:
    assert desk.sign_in(ana, f"{PASSWORD}\x0b").status_code == 422
    assert desk.sign_in(f"{ana}\0\u2028").status_code == 303


def test_nothing_of_the_bureau_is_kept_or_framed_or_found(desk: Desk) -> None:
    for path in (DOOR, "/bureau/nowhere"):
        headers = desk.get(path).headers
        assert headers["Cache-Control"] == "no-store"
        assert headers["X-Robots-Tag"] == "noindex"
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]


def test_no_secret_of_a_link_is_logged(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO"):
        desk.get("/bureau/lien/very-secret")
    assert "GET /bureau/lien/…" in caplog.text
    assert "very-secret" not in caplog.text
