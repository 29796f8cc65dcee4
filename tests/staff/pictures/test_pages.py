"""A stop's photographs in the bureau: sent by a form, described, framed, ordered, removed."""

import io
import re

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.pictures.photographs import from_a_phone, photograph
from tests.staff.desk import Desk, new_desk
from tests.visit.reading import words
from tourapp.app import create_app
from tourapp.publishing.pictures import services
from tourapp.publishing.picturing import Illustrator
from tourapp.resources import Resources
from tourapp.staff.pictures import pages

IMAGES = "/bureau/arrets/terril/images"
SAID = {"alt-fr": "Un cône noir.", "credit": "Une main", "licence": "CC BY-SA 4.0"}


def state(desk: Desk) -> str:
    return str(re.findall(r'name="tag" value="(\d+)"', desk.get(IMAGES).text)[-1])


def send(
    desk: Desk, content: bytes, *, name: str = "photo.jpg", tag: str = "", **said: str
) -> TestResponse:
    form = SAID | said | {"csrf_token": desk.token(), "tag": tag or state(desk)}
    return desk.client.post(IMAGES, data=form | {"photo": (io.BytesIO(content), name)})


def added(desk: Desk, content: bytes, **said: str) -> str:
    """Send a photograph and return the page of the last one."""
    assert send(desk, content, **said).status_code == 303
    return str(re.findall(rf'href="({IMAGES}/photo-[0-9a-f]+\.jpg)"', desk.get(IMAGES).text)[-1])


@pytest.mark.parametrize(
    "name",
    ["photo.jpg", "photo.php.jpg", "../../etc/passwd", "photo.svg", "x" * 300, "é\u202e.jpg"],
)
def test_a_photograph_is_named_by_what_it_holds_and_never_by_its_name(
    publisher: Desk, seeded: Resources, name: str
) -> None:
    sent = send(publisher, from_a_phone(), name=name)
    assert sent.status_code == 303
    told = publisher.get(IMAGES)
    assert "L’image est ajoutée" in words(told)
    assert "en préparation" in words(told)
    [media] = re.findall(r'class="photo" src="/media/([0-9a-f]{64}\.jpg)"', told.text)
    assert f"photo-{media[:16]}.jpg" in told.text
    assert b"GPS" not in seeded.media.read(media)


def test_it_is_shown_by_a_light_form_once_there_is_one(publisher: Desk, seeded: Resources) -> None:
    added(publisher, photograph((490, 300)))
    illustrator = Illustrator(seeded)
    while illustrator.make_next():
        """Every form in turn."""
    assert "en préparation" not in words(publisher.get(IMAGES))


@pytest.mark.parametrize(
    ("content", "said", "fault"),
    [
        (b"", {}, "ne se lit pas comme une photographie"),
        (b"<svg/>", {}, "ne se lit pas comme une photographie"),
        (photograph()[:-300], {}, "ne se lit pas comme une photographie"),
        (photograph(), {"alt-fr": ""}, "Dites ce que montre l’image"),
        (photograph(), {"credit": "x" * 201}, "Dites qui a pris"),
        (photograph(), {"licence": " "}, "sous quelle licence"),
        (photograph(), {"caption-fr": "x" * 301}, "La légende se donne"),
    ],
)
def test_what_cannot_be_kept_is_told_and_the_words_stay(
    publisher: Desk, content: bytes, said: dict[str, str], fault: str
) -> None:
    told = send(publisher, content, **said)
    assert told.status_code == 422
    assert fault in words(told)
    assert 'value="Une main"' in told.text or "credit" in said


def claim(desk: Desk, path: str, size: int) -> TestResponse:
    """Send a form that says how long it is, and is not there yet."""
    told = {"CONTENT_LENGTH": str(size)}
    form = "multipart/form-data; boundary=x"
    return desk.client.post(path, content_type=form, environ_overrides=told)


def test_more_than_twenty_megabytes_are_not_read(publisher: Desk) -> None:
    told = claim(publisher, IMAGES, 21_000_000)
    assert told.status_code == 413
    assert "trop long" in words(told)
    assert claim(publisher, "/bureau/arrets/terril/lieu/fermer", 1_000_001).status_code == 413


def test_who_may_not_is_refused_before_a_byte_is_read(bureau: Flask, writer: Desk) -> None:
    assert claim(writer, IMAGES, 21_000_000).status_code == 403
    assert claim(new_desk(bureau), IMAGES, 21_000_000).status_code == 401


def test_the_same_again_and_one_too_many_are_told(
    publisher: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    added(publisher, photograph())
    assert "montre déjà" in words(send(publisher, photograph()))
    monkeypatch.setattr(pages, "MOST_PICTURES", 1)
    monkeypatch.setattr(services, "MOST_PICTURES", 1)
    assert "Ajouter une image" not in words(publisher.get(IMAGES))
    assert "n’a plus de place" in words(send(publisher, photograph((90, 8))))


def test_it_is_described_and_framed(publisher: Desk, seeded: Resources) -> None:
    path = added(publisher, photograph())
    visitor = create_app(seeded).test_client()
    tag = state(publisher)
    form = SAID | {"focus-x": "12", "focus-y": "90", "alt-en": "A cone.", "caption-fr": "Le soir."}
    told = publisher.follow(path, tag=tag, **form)
    assert "C’est enregistré" in words(told)
    kept = publisher.get(path).text
    assert 'name="focus-x" type="text" value="12"' in kept
    assert 'value="A cone."' in kept
    # Of 64 by 40 points, what a list shows: of what is cut off, an eighth before the point.
    assert 'viewBox="1.28 0.0 53.33 40"' in kept
    assert 'viewBox="1.28 0.0 53.33 40"' in publisher.get(IMAGES).text
    assert visitor.get("/api/v1/stops/terril").get_json()["pictures"] == []
    overtaken = publisher.follow(path, tag=tag, **form)
    assert "rien n’a été fait" in words(overtaken)


@pytest.mark.parametrize("x", ["101", "à gauche", "", "9" * 5000])
def test_a_point_is_two_numbers(publisher: Desk, x: str) -> None:
    path = added(publisher, photograph())
    told = publisher.send(path, tag=state(publisher), **SAID, **{"focus-x": x, "focus-y": "0"})
    assert told.status_code == 422
    assert "deux nombres entiers" in words(told)


def test_it_is_moved_forwards_and_taken_away(publisher: Desk) -> None:
    first = added(publisher, photograph(), **{"alt-fr": "La première."})
    second = added(publisher, photograph((32, 32)), **{"alt-fr": "La deuxième."})
    told = words(publisher.follow(f"{second}/avancer", tag=state(publisher)))
    assert told.index("La deuxième.") < told.index("La première.")
    assert "L’ordre est changé" in words(
        publisher.follow(f"{second}/avancer", tag=state(publisher))
    )
    told = words(publisher.follow(f"{first}/retirer", tag=state(publisher)))
    assert "L’image est retirée" in told
    assert "La première." not in told
    assert publisher.get(first).status_code == 404


def test_nothing_is_sent_on_a_state_that_nobody_has_seen(publisher: Desk) -> None:
    seen = state(publisher)
    added(publisher, photograph())
    send(publisher, photograph((32, 32)), tag=seen)
    assert "rien n’a été fait" in words(publisher.get(IMAGES))


def test_who_only_writes_sees_them(publisher: Desk, writer: Desk) -> None:
    added(publisher, photograph())
    told = words(writer.get(IMAGES))
    assert "Un cône noir." in told
    assert "Retirer" not in told


def test_a_stop_without_text_is_called_by_its_address(publisher: Desk) -> None:
    assert publisher.get("/bureau/arrets/nulle-part/images").status_code == 404
