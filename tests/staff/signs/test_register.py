"""The register of signs without scripts: found, described, checked, moved, retired."""

import re
from datetime import UTC, datetime
from io import BytesIO

import pytest
from flask import Flask

from tests.pictures.photographs import photograph
from tests.samples import CODES
from tests.staff.desk import Desk, new_desk, seated
from tests.visit.reading import withdraw, words
from tourapp.app import create_app
from tourapp.resources import Resources
from tourapp.signage.register import photos
from tourapp.signage.reports.services import report_damage
from tourapp.signage.services import get_sign
from tourapp.staff.signs import pages

REGISTER = "/bureau/panneaux"
SIGN = f"{REGISTER}/{CODES[0]}"


def state(desk: Desk, path: str = SIGN) -> str:
    return str(re.findall(r'name="tag" value="(\d+)"', desk.get(path).text)[0])


def hung(desk: Desk, path: str = SIGN, *, found: str = "") -> str:
    """Hang a sign, as somebody who stood there, and return what its page says."""
    told = desk.follow(f"{path}/controler", tag=state(desk, path), state="installed", found=found)
    return words(told)


def reported(resources: Resources, code: str, note: str) -> None:
    with resources.database.transaction() as session:
        report_damage(session, code, note=note, now=datetime.now(UTC))


def add_photo(desk: Desk, content: bytes) -> str:
    form = {"csrf_token": desk.token(), "photo": (BytesIO(content), "photo.jpg")}
    return words(desk.client.post(f"{SIGN}/photos", data=form, follow_redirects=True))


def test_the_register_lists_signs_with_what_is_known_of_them(publisher: Desk) -> None:
    told = words(publisher.get(REGISTER))
    assert f"{CODES[0]} 1 Montée du terril prévu emplacement à décrire · jamais vérifié" in told
    assert "Votre passage est noté." in hung(publisher, found="Bien droit.")
    assert "posé emplacement à décrire · vu le" in words(publisher.get(REGISTER))


def test_what_is_said_to_be_damaged_comes_first(publisher: Desk, seeded: Resources) -> None:
    for code in CODES[:3]:
        hung(publisher, f"{REGISTER}/{code}")
    reported(seeded, CODES[2], "Il penche.")
    listed = re.findall(r"<code>(\w+)</code>", publisher.get(REGISTER).text)
    assert listed == [CODES[2], CODES[0], CODES[1]]
    assert "signalé" in words(publisher.get(REGISTER))
    assert "Panneaux abîmés, signalés ou muets 1" in words(publisher.get("/bureau/"))


def test_signs_are_listed_by_state_and_by_pages(
    publisher: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    hung(publisher)
    assert CODES[1] not in publisher.get(f"{REGISTER}?etat=installed").text
    assert "Aucun panneau n’est dans cet état." in words(publisher.get(f"{REGISTER}?etat=damaged"))
    monkeypatch.setattr(pages, "LISTED_AT_ONCE", 2)
    assert "Page 1 sur 2 Suivants" in words(publisher.get(REGISTER))
    assert "Précédents Page 2 sur 2" in words(publisher.get(f"{REGISTER}?page=2"))


def test_another_sign_is_planned_for_a_stop(publisher: Desk) -> None:
    told = words(publisher.follow(REGISTER, stop="terril"))
    assert "est prévu. Dites où il sera" in told
    assert "Il mène à 1 Montée du terril" in told


def test_a_sign_is_described(publisher: Desk) -> None:
    where = {"place": "Au portail", "support": "poteau", "note": "Clé à la mairie"}
    at = {"lat": "50,44", "lon": "2.78", "accuracy_m": "5"}
    told = publisher.follow(f"{SIGN}/decrire", tag=state(publisher), **where, **at)
    assert "Où Au portail, poteau" in words(told)
    assert 'value="50,44"' in told.text
    bare = publisher.follow(f"{SIGN}/decrire", tag=state(publisher), **where)
    assert 'value="50,44"' not in bare.text


FAULTS: tuple[tuple[str, dict[str, str], str], ...] = (
    ("decrire", {"place": "x" * 241}, "240 caractères au plus"),
    ("decrire", {"lat": "91", "lon": "2", "accuracy_m": "5"}, "La latitude va de"),
    ("decrire", {"lat": "50"}, "La longitude va de"),
    ("decrire", {"lat": "50", "lon": "2", "accuracy_m": "près"}, "un nombre entier"),
    ("controler", {"state": "volé"}, "un état de la liste"),
    ("controler", {"state": "planned", "found": "x" * 1001}, "1000 caractères au plus"),
)


def test_what_cannot_be_kept_stays_in_the_form(publisher: Desk) -> None:
    tag = state(publisher)
    for what, written, fault in FAULTS:
        told = publisher.send(f"{SIGN}/{what}", **{"tag": tag, "support": "mur"} | written)
        assert told.status_code == 422
        assert fault in words(told)
        assert 'value="mur"' in told.text


def test_a_sign_cannot_become_what_does_not_follow(publisher: Desk) -> None:
    told = publisher.follow(f"{SIGN}/controler", tag=state(publisher), state="damaged")
    assert "Cela ne peut pas se faire." in words(told)


def test_a_sign_leads_elsewhere_at_once(publisher: Desk, seeded: Resources) -> None:
    visitor = create_app(seeded).test_client()
    told = publisher.follow(f"{SIGN}/deplacer", tag=state(publisher), stop="arret-2")
    assert "mène maintenant à l’arrêt 2" in words(told)
    assert "L’église et son toit" in visitor.get(f"/Q/{CODES[0]}").text
    assert "Lectures Montée du terril depuis le" in words(told)


def test_a_hanging_sign_does_not_lead_to_nothing(publisher: Desk, seeded: Resources) -> None:
    hung(publisher)
    withdraw(seeded, "arret-2")
    told = publisher.follow(f"{SIGN}/deplacer", tag=state(publisher), stop="arret-2")
    assert "le panneau ne mènerait à rien" in words(told)


def test_a_sign_is_retired_and_returns(publisher: Desk) -> None:
    retired = words(publisher.follow(f"{SIGN}/retirer", tag=state(publisher)))
    assert "jusqu’à ce qu’il ait été retiré" in retired
    assert CODES[0] not in publisher.get(REGISTER).text
    assert "prévu retiré" in words(publisher.get(f"{REGISTER}?etat=retired"))
    back = words(publisher.follow(f"{SIGN}/remettre", tag=state(publisher)))
    assert "mène de nouveau à l’arrêt 1" in back


def test_the_sign_of_a_stop_that_is_put_away_is_still_known(publisher: Desk) -> None:
    publisher.follow("/bureau/arrets/terril/archiver", tag="1")
    assert f"{CODES[0]} 1 Montée du terril prévu" in words(publisher.get(REGISTER))
    assert "Il mène à 1 Montée du terril" in words(publisher.get(SIGN))


def test_nothing_is_changed_on_a_state_that_nobody_has_seen(bureau: Flask, publisher: Desk) -> None:
    seen = state(publisher)
    hung(seated(bureau, "administration"))
    told = publisher.follow(f"{SIGN}/retirer", tag=seen)
    assert "rien n’a été fait" in words(told)


def test_what_a_plate_says_wrongly_is_told(publisher: Desk, seeded: Resources) -> None:
    with seeded.database.transaction() as session:
        sign = get_sign(session, CODES[0])
        sign.printed_url, sign.printed_version = "HTTPS://AILLEURS.FR/Q/X", "v1"
        sign.printed_number, sign.printed_at = 7, sign.created_at
    told = words(publisher.get(SIGN))
    assert "le numéro de l’arrêt a changé, l’adresse du site a changé. Réimprimez" in told


def test_a_photograph_is_added_and_taken_away(publisher: Desk) -> None:
    told = add_photo(publisher, photograph())
    assert "La photo est ajoutée." in told
    [way] = re.findall(r'action="([^"]+/photos/\d+/retirer)"', publisher.get(SIGN).text)
    assert "La photo est retirée." in words(publisher.follow(way))


def test_what_is_no_photograph_is_refused(publisher: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "que l’on puisse lire" in add_photo(publisher, b"<svg onload=alert(1)>")
    assert "Choisissez une photo." in words(publisher.send(f"{SIGN}/photos"))
    monkeypatch.setattr(photos, "MOST_A_SIGN", 0)
    assert "retirez-en une d’abord" in add_photo(publisher, photograph())


def test_nothing_large_is_read_of_who_may_not_send_it(bureau: Flask, publisher: Desk) -> None:
    class Unread(BytesIO):
        def read(self, *_: object) -> bytes:
            raise AssertionError

    large = {"CONTENT_LENGTH": "5000000", "CONTENT_TYPE": "multipart/form-data; boundary=x"}

    def send(desk: Desk, path: str) -> int:
        sent = desk.client.post(path, input_stream=Unread(), environ_overrides=large)
        return sent.status_code

    assert send(new_desk(bureau), f"{SIGN}/photos") == 401
    assert send(seated(bureau, "redaction"), f"{SIGN}/photos") == 403
    # Where no file is expected, a form is as long as a text.
    assert send(publisher, f"{SIGN}/retirer") == 413
