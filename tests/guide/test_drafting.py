"""A new itinerary from a file, as a guide makes it in a browser without scripts."""

import json
from io import BytesIO
from typing import Any

import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from tests.guide.forms import Builder
from tests.guide.test_builder import words
from tests.itineraries.test_paths import BOMB, GPX
from tests.staff.desk import Desk

FROM_FILE = "/guide/nouveau/fichier"
LOOP_FILE = "/guide/itineraires/la-boucle/fichiers/geojson"


def send(desk: Desk, file: bytes, filename: str = "Le tour.gpx") -> TestResponse:
    given = FileStorage(BytesIO(file), filename=filename)
    boundary, body = encode_multipart({"csrf_token": desk.token(), "file": given})
    kind = f"multipart/form-data; boundary={boundary}"
    return desk.client.post(FROM_FILE, data=body, content_type=kind)


def test_a_file_of_one_s_own_becomes_an_itinerary_again(loop: Builder) -> None:
    assert FROM_FILE in loop.desk.get("/guide/").text
    assert "redevient l’itinéraire" in words(loop.desk.get(FROM_FILE).text)
    made = send(loop.desk, loop.desk.get(LOOP_FILE).data)
    assert made.location == "/guide/itineraires/la-boucle-2"
    assert "Tout le fichier a été reconnu." in words(loop.desk.get(made.location).text)
    assert Builder(loop.desk, made.location).halts == loop.halts


def test_what_is_not_as_the_file_has_it_is_told(loop: Builder) -> None:
    told: Any = json.loads(loop.desk.get(LOOP_FILE).data)
    del told["itinerary"]
    first, second, _, way, _ = told["features"]
    first["properties"] = {"name": "Le bas"}
    second["properties"] = {"name": "Gare"}
    second["geometry"]["coordinates"] = [3.0, 51.0]
    way["properties"] = None
    way["geometry"]["coordinates"] += [[3.0, 51.0]]
    made = send(loop.desk, json.dumps(told).encode(), filename=f"{'a' * 121}.geojson")
    assert made.status_code == 200
    page = words(made.text)
    assert f"« {'a' * 120} » est créé" in page
    assert "« Le bas » est pris pour l’arrêt « Montée du terril », à 0 m." in page
    assert "« Gare » : aucun arrêt n’est connu là." in page
    assert "Un chemin sans nom ne mène pas d’une halte à la suivante." in page


@pytest.mark.parametrize(
    ("file", "why"),
    [
        (b"", "Choisissez un fichier"),
        (BOMB, "par prudence"),
        (GPX, "Ce fichier nomme : aucun lieu."),
        (b'<gpx><wpt lat="5" lon="2"><name>Gare</name></wpt></gpx>', "nomme : Gare."),
    ],
    ids=["none", "bomb", "path", "unknown"],
)
def test_a_file_of_no_use_makes_nothing_and_is_refused_with_the_reason(
    guide: Desk, file: bytes, why: str
) -> None:
    refused = send(guide, file, filename="x.gpx" if file else "")
    assert refused.status_code == 422
    assert why in words(refused.text)
    assert "Vous n’en avez pas encore" in words(guide.get("/guide/").text)


def test_a_spoiled_file_of_one_s_own_names_what_it_may_not_say(loop: Builder) -> None:
    told: Any = json.loads(loop.desk.get(LOOP_FILE).data)
    told["itinerary"] |= {"target_min": -1}
    told["features"][0]["properties"] |= {"stay_min": -1}
    refused = send(loop.desk, json.dumps(told).encode())
    assert refused.status_code == 422
    assert "haltes ou chemins" in words(refused.text)
    assert "Durée visée, en minutes" in words(refused.text)
