"""One's own account."""

import re

import pyotp
import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.staff.desk import DOOR, PASSWORD, Desk, new_desk, seated
from tests.visit.reading import words

ANA = "ana@example.fr"
OTHER = "quatre autres mots ensemble"
ACCOUNT = "/bureau/compte"


@pytest.fixture
def desk(bureau: Flask) -> Desk:
    return seated(bureau, "publication", email=ANA)


def with_phone(desk: Desk) -> tuple[pyotp.TOTP, TestResponse]:
    """Have a code asked for from now on; return the phone and the page of recovery codes."""
    shown = desk.follow(f"{ACCOUNT}/double", password=PASSWORD)
    assert "<svg" in shown.text
    phone = pyotp.TOTP(re.findall(r"long-code\">(\w+)<", shown.text)[0])
    return phone, desk.send(f"{ACCOUNT}/double/confirmer", code=phone.now())


def test_it_tells_roles_and_devices(desk: Desk) -> None:
    told = words(desk.get(ACCOUNT))
    assert "Rôle : Publication" in told
    assert "Firefox sur Linux cet appareil" in told


def test_a_changed_password_is_asked_for_everywhere(bureau: Flask, desk: Desk) -> None:
    elsewhere = seated(bureau, email=ANA)
    led = desk.follow(f"{ACCOUNT}/mot-de-passe", password=PASSWORD, wanted=OTHER)
    assert "Entrez avec le nouveau" in words(led)
    assert elsewhere.get(ACCOUNT).status_code == 303
    assert desk.sign_in(ANA).status_code == 422
    assert desk.sign_in(ANA, OTHER).status_code == 303


@pytest.mark.parametrize(
    ("form", "fault"),
    [
        ({"password": "wrong", "wanted": OTHER}, "Ce n’est pas votre mot de passe actuel."),
        ({"password": PASSWORD, "wanted": "court"}, "Trop court"),
    ],
)
def test_a_password_is_changed_by_who_knows_it_for_a_good_one(
    desk: Desk, form: dict[str, str], fault: str
) -> None:
    assert fault in words(desk.send(f"{ACCOUNT}/mot-de-passe", **form))
    assert desk.get(ACCOUNT).status_code == 200


def test_who_tries_passwords_from_within_waits_too(desk: Desk) -> None:
    for _ in range(5):
        desk.send(f"{ACCOUNT}/double", password="wrong")
    assert "Trop d’essais" in words(desk.send(f"{ACCOUNT}/double", password=PASSWORD))


def test_one_device_is_sent_away_or_all(bureau: Flask, desk: Desk) -> None:
    second, third = seated(bureau, email=ANA), seated(bureau, email=ANA)
    ends = re.findall(r"/bureau/compte/appareils/\d+/fin", desk.get(ACCOUNT).text)
    assert len(ends) == 2
    assert "Cet appareil est déconnecté" in words(desk.follow(ends[0]))
    assert sorted(each.get(ACCOUNT).status_code for each in (second, third)) == [200, 303]
    assert desk.send(f"{ACCOUNT}/appareils/fin").location == DOOR
    assert {each.get(ACCOUNT).status_code for each in (desk, second, third)} == {303}


def test_a_device_of_somebody_else_is_not_ones_own(bureau: Flask, desk: Desk) -> None:
    seated(bureau, email=ANA)
    ends = re.findall(r"/bureau/compte/appareils/\d+/fin", desk.get(ACCOUNT).text)
    stranger = seated(bureau, "administration")
    assert [stranger.send(end).status_code for end in ends] == [404]


def test_a_phone_is_asked_for_after_the_password(bureau: Flask, desk: Desk) -> None:
    phone, recovery = with_phone(desk)
    codes = re.findall(r"<code>([\w-]+)</code>", recovery.text)
    assert len(codes) == 10
    assert "Codes de secours restants : 10" in words(desk.get(f"{ACCOUNT}/double"))
    other = new_desk(bureau)
    asked = other.sign_in(ANA)
    assert asked.location == "/bureau/code?suite=/bureau/"
    assert other.get("/bureau/").status_code == 303
    assert "n’est pas le bon" in words(other.send("/bureau/code", code="000000"))
    # The phone's present code was used to begin with.
    assert "n’est pas le bon" in words(other.send("/bureau/code", code=phone.now()))
    assert other.send("/bureau/code", code=codes[0]).location == "/bureau/"
    assert other.is_known
    assert other.get("/bureau/").status_code == 200
    assert "Le code de votre téléphone" in words(other.get("/bureau/code"))


def test_who_tries_codes_waits(bureau: Flask, desk: Desk) -> None:
    with_phone(desk)
    other = new_desk(bureau)
    other.sign_in(ANA)
    for _ in range(5):
        other.send("/bureau/code", code="000000")
    assert "Trop d’essais" in words(other.send("/bureau/code", code="000000"))


def test_the_phone_is_asked_for_only_once_it_shows_the_right_code(
    bureau: Flask, desk: Desk
) -> None:
    desk.send(f"{ACCOUNT}/double", password=PASSWORD)
    wrong = desk.send(f"{ACCOUNT}/double/confirmer", code="000000")
    assert "n’est pas le bon" in words(wrong)
    assert new_desk(bureau).sign_in(ANA).location == "/bureau/"


def test_no_code_is_right_before_a_phone_was_chosen(desk: Desk) -> None:
    wrong = desk.send(f"{ACCOUNT}/double/confirmer", code="000000")
    assert "n’est pas le bon" in words(wrong)


def test_recovery_codes_are_made_anew_and_the_phone_let_go(bureau: Flask, desk: Desk) -> None:
    _, first = with_phone(desk)
    for path in ("secours", "fin"):
        assert "pas votre mot de passe" in words(
            desk.send(f"{ACCOUNT}/double/{path}", password="wrong")
        )
    again = desk.send(f"{ACCOUNT}/double/secours", password=PASSWORD)
    codes = [re.findall(r"<code>([\w-]+)</code>", each.text) for each in (first, again)]
    assert len(set(codes[0] + codes[1])) == 20
    assert "n’est plus demandé" in words(desk.follow(f"{ACCOUNT}/double/fin", password=PASSWORD))
    assert new_desk(bureau).sign_in(ANA).location == "/bureau/"


def test_a_form_that_is_sent_twice_leaves_the_recovery_codes_good(
    bureau: Flask, desk: Desk
) -> None:
    phone, shown = with_phone(desk)
    again = desk.follow(f"{ACCOUNT}/double/confirmer", code=phone.now())
    assert "les codes de secours ont été montrés" in words(again)
    other = new_desk(bureau)
    other.sign_in(ANA)
    [first, *_] = re.findall(r"<code>([\w-]+)</code>", shown.text)
    assert other.send("/bureau/code", code=first).location == "/bureau/"


def test_a_token_is_shown_once_works_and_is_revoked(desk: Desk) -> None:
    made = desk.send(f"{ACCOUNT}/jetons", label="export", days="30", scopes="stops:draft")
    assert re.findall(r"long-code\">tour_[\w-]+<", made.text)
    listed = desk.get(f"{ACCOUNT}/jetons")
    assert "tour_" not in listed.text
    assert "export Écrire des brouillons. Jusqu’au" in words(listed)
    [end] = re.findall(r"/bureau/compte/jetons/\d+/fin", listed.text)
    assert "ne vaut plus rien" in words(desk.follow(end))
    assert desk.send(end).status_code == 404


def test_a_token_of_somebody_else_is_neither_seen_nor_revoked(bureau: Flask, desk: Desk) -> None:
    desk.send(f"{ACCOUNT}/jetons", label="export", days="30", scopes="stops:draft")
    [end] = re.findall(r"/bureau/compte/jetons/\d+/fin", desk.get(f"{ACCOUNT}/jetons").text)
    other = seated(bureau, "administration", email="autre@example.fr")
    assert "export" not in words(other.get(f"{ACCOUNT}/jetons"))
    assert other.send(end).status_code == 404
    assert end in desk.get(f"{ACCOUNT}/jetons").text


@pytest.mark.parametrize(
    ("form", "fault"),
    [
        ({"label": " ", "scopes": "stops:draft"}, "Dites à quoi"),
        ({"label": "x"}, "au moins un droit"),
        ({"label": "x", "scopes": "people:manage"}, "au moins un droit"),
    ],
)
def test_a_token_has_a_purpose_and_no_more_than_its_person(
    desk: Desk, form: dict[str, str], fault: str
) -> None:
    assert fault in words(desk.send(f"{ACCOUNT}/jetons", **form))


def test_a_guide_is_offered_what_guides_may_do(bureau: Flask) -> None:
    guide = seated(bureau, "guide")
    offered = words(guide.get(f"{ACCOUNT}/jetons"))
    assert "Écrire des itinéraires" in offered
    assert "Publier" not in offered
