"""The way to a halt: a path from a file, in place of an estimate."""

from io import BytesIO

import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from tests.guide.forms import Builder, fields_of
from tests.guide.test_builder import words
from tests.itineraries.test_paths import BOMB, GPX
from tourapp.itineraries.drawings.content import LONGEST_FILE_BYTES, MOST_POINTS

WAY = "/guide/itineraires/la-boucle/chemins/2"
ENDLESS = b"<gpx>" + b'<trkpt lat="5" lon="2"/>' * (MOST_POINTS + 1) + b"</gpx>"


def send(
    loop: Builder, file: bytes, *, source: str = "Relevé à pied", tag: str = ""
) -> TestResponse:
    form = {
        "csrf_token": loop.desk.token(),
        "tag": tag or fields_of(loop.page())["tag"],
        "source": source,
        "path": FileStorage(BytesIO(file), filename="chemin.gpx"),
    }
    boundary, body = encode_multipart(form)
    kind = f"multipart/form-data; boundary={boundary}"
    return loop.desk.client.post(WAY, data=body, content_type=kind)


def test_a_path_takes_the_place_of_the_estimate_and_goes_again(loop: Builder) -> None:
    assert "une estimation" in words(loop.desk.get(WAY).text)
    doubted = send(loop, GPX)
    assert doubted.location == WAY
    assert "est-ce le bon fichier" in words(loop.desk.get(WAY).text)
    assert "20 m de montée" in words(loop.page())
    told = words(loop.desk.get(WAY).text)
    assert "d’après Relevé à pied" in told
    tag = fields_of(loop.page())["tag"]
    assert "de nouveau estimée" in loop.desk.follow(f"{WAY}/estimer", tag=tag).text


def test_a_path_between_its_halts_raises_no_doubt(loop: Builder) -> None:
    points = b'<trkpt lat="50.443" lon="2.778"/><trkpt lat="50.4531" lon="2.778"/>'
    send(loop, b"<gpx>" + points + b"</gpx>")
    page = words(loop.page())
    assert "Ce chemin mène maintenant à la halte 2." in page
    assert "est-ce le bon fichier" not in page


def test_an_import_is_undone_like_any_change(loop: Builder) -> None:
    def undo() -> str:
        tag = fields_of(loop.page())["tag"]
        return words(loop.desk.follow(f"{loop.path}/annuler", tag=tag).text)

    send(loop, GPX, source="Relevé à pied")
    send(loop, GPX, source="Tracé sur le plan")
    tag = fields_of(loop.page())["tag"]
    loop.desk.send(f"{WAY}/estimer", tag=tag)
    assert "estimation" in words(loop.page())
    assert "Tracé sur le plan" in undo()
    assert "Relevé à pied" in undo()
    assert "20 m de montée" not in undo()
    assert loop.halts == ["terril", "arret-2", "arret-3"]


def test_a_path_that_a_change_dropped_comes_back_when_that_is_undone(loop: Builder) -> None:
    send(loop, GPX)
    loop.press("down:1")
    assert "20 m de montée" not in words(loop.page())
    loop.desk.send(f"{loop.path}/annuler", tag=fields_of(loop.page())["tag"])
    assert "20 m de montée" in words(loop.page())


@pytest.mark.parametrize(
    ("file", "told"),
    [
        (b"bonjour", "ni du GPX, ni du KML, ni du GeoJSON"),
        (b"", "ni du GPX, ni du KML"),
        (BOMB, "par prudence"),
        (b"<gpx/>", "pas de chemin"),
        (ENDLESS, "trop de points"),
        (GPX.replace(b'lat="50.0"', b'lat="950.0"'), "nulle part sur Terre"),
        (b" " * (LONGEST_FILE_BYTES + 1), "trop lourd"),
    ],
    ids=["other", "none", "bomb", "empty", "endless", "nowhere", "heavy"],
)
def test_a_file_that_is_no_path_is_refused_with_the_reason(
    loop: Builder, file: bytes, told: str
) -> None:
    refused = send(loop, file)
    assert refused.status_code == 422
    assert told in words(refused.text)
    assert "Relevé à pied" in refused.text


def test_whoever_imports_a_path_says_where_it_comes_from(loop: Builder) -> None:
    assert "Dites d’où vient ce chemin" in send(loop, GPX, source=" ").text


def test_a_file_beyond_all_bounds_is_not_even_read(loop: Builder) -> None:
    assert send(loop, b" " * (LONGEST_FILE_BYTES + 200_000)).status_code == 413


def test_a_way_on_a_former_state_is_refused_and_one_to_nowhere_is_none(loop: Builder) -> None:
    former = send(loop, GPX, tag="1")
    assert "a changé entre-temps" in loop.desk.get(former.location).text
    stale = loop.desk.follow(f"{WAY}/estimer", tag="1")
    assert "a changé entre-temps" in stale.text
    assert loop.desk.get(WAY.replace("/2", "/4")).status_code == 404
