"""An itinerary from a file: our own exports come back whole, others as far as is known."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from tests.changing import Staff, hired
from tests.itineraries.test_api import HALTS, ITINERARIES, LOOP, NEW
from tests.itineraries.test_paths import BOMB, GPX
from tests.samples import CODES
from tourapp.app import create_app
from tourapp.cli import main
from tourapp.itineraries.commands import seed_itineraries
from tourapp.itineraries.drawings.content import MOST_MARKS
from tourapp.publishing.commands import seed
from tourapp.resources import Resources
from tourapp.settings import PROJECT_ROOT

FROM_FILE = f"{ITINERARIES}/from-file"
FORMS = ("gpx", "kml", "geojson")
ODD = 'Pique-nique « au pied » & <plus> "loin"\net retour'


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """Return one of one kind: what a file says is written as any itinerary is, on both."""
    return sqlite_url


@pytest.fixture
def guide(seeded: Resources, client: FlaskClient) -> Staff:
    return hired(seeded, client, "guide")


@pytest.fixture
def loop(guide: Staff) -> Staff:
    """Have the guide make a loop that says all that one can say, with two paths."""
    halts = [*HALTS, {"stop": "terril", "transport": "bus", "variant": "facile", "stay_min": 0}]
    told = {"theme": "Énergie", "audience": ODD, "lang": "nl", "difficulty": "hard"}
    given = NEW | told | {"accessibility": ODD, "meeting": "Gare", "halts": halts}
    assert guide.send("POST", ITINERARIES, json=given).status_code == 201
    for number, source in ((2, "GPS"), (4, ODD.replace("\n", " "))):
        path = f"{LOOP}/halts/{number}/path"
        flask_path = f"{path}?source={source.replace('&', '%26')}"
        assert guide.send("PUT", flask_path, tag=guide.tag(LOOP), data=GPX).status_code == 200
    return guide


def exported(staff: Staff, path: str = LOOP) -> dict[str, bytes]:
    return {form: staff.send("GET", f"{path}.{form}").data for form in FORMS}


def brought_back(staff: Staff, form: str, path: str = LOOP) -> dict[str, Any]:
    """Delete an itinerary, make it again from its own export, and return what was answered."""
    file = staff.send("GET", f"{path}.{form}").data
    assert staff.send("DELETE", path, tag=staff.tag(path)).status_code == 204
    made = staff.send("POST", FROM_FILE, data=file)
    answered: dict[str, Any] = made.get_json()
    assert made.status_code == 201, answered
    return answered


@pytest.mark.parametrize("form", FORMS)
def test_an_export_comes_back_whole(loop: Staff, form: str) -> None:
    before, told = exported(loop), loop.send("GET", LOOP).json
    made = brought_back(loop, form)
    assert (made["slug"], made["visibility"], made["remarks"]) == ("la-boucle", "private", [])
    assert exported(loop) == before
    kept = {"halts", "title", "summary", "audience", "accessibility", "meeting", "lang", "total_s"}
    for halt in told["halts"]:
        halt |= {"note": "", "question": ""}
    assert {key: made[key] for key in kept} == {key: told[key] for key in kept}
    assert made["halts"][1]["way"]["ascent_m"] == 20


def foreign(*marks: str, lines: str = "") -> bytes:
    places = "".join(marks)
    return f'<gpx xmlns="http://www.topografix.com/GPX/1/1">{places}{lines}</gpx>'.encode()


def mark(latitude: float, longitude: float, *, name: str = "", more: str = "") -> str:
    return f'<wpt lat="{latitude}" lon="{longitude}">{more}<name>{name}</name></wpt>'


def track(*places: tuple[float, float], name: str = "") -> str:
    points = "".join(f'<trkpt lat="{lat}" lon="{lon}"/>' for lat, lon in places)
    return f"<trk><name>{name}</name><number>1</number><trkseg>{points}</trkseg></trk>"


POINT_AWAY = {"type": "Point", "coordinates": [2.9, 50.5]}
TERRIL, CHURCH, AWAY = (50.443, 2.778), (50.453, 2.778), (50.5, 2.9)


def draft(staff: Staff, file: bytes, named: str = "Sortie") -> dict[str, Any]:
    made = staff.send("POST", f"{FROM_FILE}?named={named}", data=file)
    answered: dict[str, Any] = made.get_json()
    assert made.status_code == 201, answered
    return answered


def test_places_of_another_program_are_taken_for_the_stops_that_they_are_near(
    guide: Staff,
) -> None:
    far = mark(*AWAY, name="Parking")
    close = mark(TERRIL[0] + 0.0001, TERRIL[1], name="Le terril")
    made = draft(guide, foreign(close, far, mark(*AWAY), mark(*CHURCH)))
    assert made["title"] == "Sortie"
    assert [halt["stop"] for halt in made["halts"]] == ["terril", "arret-2"]
    assert made["remarks"] == [
        {"kind": "near", "name": "Le terril", "stop": "terril", "distance_m": 11},
        {"kind": "unknown", "name": "Parking", "stop": None, "distance_m": None},
        {"kind": "unknown", "name": "50.50000, 2.90000", "stop": None, "distance_m": None},
        {"kind": "near", "name": "50.45300, 2.77800", "stop": "arret-2", "distance_m": 0},
    ]


@pytest.mark.parametrize(
    "address",
    [
        "https://visite.example.fr/fr/arrets/terril",
        "http://127.0.0.1:8000/nl/arrets/terril/facile",
        f"HTTPS://VISITE.EXAMPLE.FR/Q/{CODES[0]}",
        "https://x.fr/fr/arrets/nulle-part, https://x.fr/fr/arrets/terril",
        f"https://visite.example.fr/Q/NONE et https://visite.example.fr/q/{CODES[0].lower()}",
    ],
)
def test_a_stop_is_known_by_its_address_wherever_it_stands(guide: Staff, address: str) -> None:
    link = f'<link href="{address}"><text>là</text></link>'
    made = draft(
        guide, foreign(mark(*AWAY, more=link), mark(*AWAY, more=f"<desc>{address}</desc>"))
    )
    assert [halt["stop"] for halt in made["halts"]] == ["terril", "terril"]
    assert made["remarks"] == []


def test_a_stop_is_known_by_the_name_that_it_had(
    seeded: Resources, client: FlaskClient, loop: Staff
) -> None:
    publisher = hired(seeded, client, "publication")
    place = "/api/v1/stops/terril/place"
    file = loop.send("GET", f"{LOOP}.geojson").data
    renamed = publisher.send("PATCH", place, tag=publisher.tag(place), json={"slug": "montee"})
    assert renamed.status_code == 200, renamed.json
    assert draft(loop, file)["halts"][0]["stop"] == "montee"


def test_a_path_of_another_program_leads_where_it_begins_and_ends(guide: Staff) -> None:
    corner = (50.448, 2.79)
    lines = [
        track(TERRIL, corner, CHURCH, name="Aller"),
        track(TERRIL, CHURCH),
        track(CHURCH, corner, TERRIL, name="Retour"),
        track(CHURCH),
    ]
    file = foreign(mark(*TERRIL), mark(*CHURCH), lines="".join(lines))
    made = draft(guide, file)
    way = made["halts"][1]["way"]
    assert (way["origin"], way["source"]) == ("path", "Aller")
    loose = [each["name"] for each in made["remarks"] if each["kind"] == "loose_path"]
    assert loose == ["Retour"]


def test_a_way_that_a_service_reckoned_is_asked_for_again(loop: Staff) -> None:
    told = loop.send("GET", f"{LOOP}.geojson").json
    told["features"][4]["properties"] |= {"origin": "service", "source": "Valhalla"}
    made = draft(loop, json.dumps(told).encode())
    assert [each["kind"] for each in made["remarks"]] == ["reckoned"]
    assert made["halts"][1]["way"]["origin"] == "estimate"


def test_paths_beside_a_halt_that_is_left_out_are_left_out_too(loop: Staff) -> None:
    told = loop.send("GET", f"{LOOP}.geojson").json
    told["features"][0] |= {"properties": {"title": "Rien"}, "geometry": POINT_AWAY}
    made = draft(loop, json.dumps(told).encode())
    assert made["halts"][0]["title"] == "L’église et son toit"
    assert [each["kind"] for each in made["remarks"]] == ["unknown", "loose_path"]


def test_long_texts_of_another_program_are_cut(guide: Staff) -> None:
    told = f"<metadata><name>{'a' * 121}</name><desc>court</desc></metadata>"
    made = draft(guide, foreign(told, mark(*TERRIL)))
    assert (len(made["title"]), made["summary"]) == (120, "court")
    assert [each["name"] for each in made["remarks"] if each["kind"] == "cut"] == ["title"]


@pytest.mark.parametrize(
    ("file", "why"),
    [
        (foreign(mark(*AWAY, name="Parking")), "it names: Parking"),
        (foreign(), "it names: no place"),
        (BOMB, "declares a document type"),
        (foreign(mark(*TERRIL) * (MOST_MARKS + 2)), f"more than {MOST_MARKS} places"),
        (foreign(mark(*TERRIL) * 61), "Longer than maximum length 60"),
    ],
    ids=["unknown", "empty", "bomb", "many", "long"],
)
def test_a_file_without_use_makes_nothing(guide: Staff, file: bytes, why: str) -> None:
    refused = guide.send("POST", FROM_FILE, data=file)
    assert refused.status_code == 422
    assert why in refused.json["detail"]
    assert guide.send("GET", ITINERARIES).json == []


@pytest.mark.parametrize(
    ("mistaken", "why"),
    [
        ({"target_min": -5}, "target_min"),
        ({"unheard": "of"}, "unheard"),
        ({"title": None}, "title"),
    ],
)
def test_an_own_file_that_was_spoiled_is_refused_with_the_reason(
    loop: Staff, mistaken: dict[str, Any], why: str
) -> None:
    told = loop.send("GET", f"{LOOP}.geojson").json
    told["itinerary"] |= mistaken
    refused = loop.send("POST", FROM_FILE, data=json.dumps(told).encode())
    assert (refused.status_code, why in refused.json["detail"]) == (422, True)


def test_a_path_tells_where_it_comes_from_in_words_that_can_be_kept(loop: Staff) -> None:
    told = loop.send("GET", f"{LOOP}.geojson").json
    told["features"][4]["properties"]["source"] = "a" * 301
    refused = loop.send("POST", FROM_FILE, data=json.dumps(told).encode())
    assert (refused.status_code, "source" in refused.json["detail"]) == (422, True)


def test_a_file_that_is_sent_twice_makes_one_itinerary(client: FlaskClient, guide: Staff) -> None:
    headers = {"Authorization": f"Bearer {guide.token}", "Idempotency-Key": "une-fois"}
    file = foreign(mark(*TERRIL), mark(*CHURCH))
    sent = [client.post(FROM_FILE, headers=headers, data=file) for _ in range(2)]
    assert [answer.status_code for answer in sent] == [201, 201]
    assert sent[0].data == sent[1].data
    assert len(guide.send("GET", ITINERARIES).get_json()) == 1
    other = client.post(FROM_FILE, headers=headers, data=file + b" ")
    assert other.status_code == 422


def test_who_may_not_make_an_itinerary_may_not_from_a_file(client: FlaskClient) -> None:
    assert client.post(FROM_FILE, data=foreign(mark(*TERRIL))).status_code == 401


def test_the_project_s_itineraries_come_back_from_any_form(resources: Resources) -> None:
    seed(resources, PROJECT_ROOT / "stops")
    slugs = [each.file for each in seed_itineraries(resources, PROJECT_ROOT / "itineraries")]
    client = create_app(resources).test_client()
    publisher = hired(resources, client, "publication")
    for name, form in zip(sorted(slugs), FORMS, strict=True):
        path = f"/api/v1/{name.removesuffix('.toml')}"
        before = exported(publisher, path)
        assert brought_back(publisher, form, path)["remarks"] == []
        assert exported(publisher, path) == before


def test_the_command_tells_what_it_left_out(
    seeded: Resources, environ: dict[str, str], tmp_path: Path
) -> None:
    assert seeded
    file = tmp_path / "Le tour du soir.gpx"
    lines = track(CHURCH, AWAY, TERRIL)
    file.write_bytes(foreign(mark(*TERRIL, name="A"), mark(*AWAY, name="B"), lines=lines))
    run = CliRunner().invoke(main, ["itineraries", "import", str(file)], env=environ)
    assert run.output.splitlines() == [
        "created   le-tour-du-soir: 1 halts, 0 paths",
        "near      A: taken for the stop terril, 0 m away",
        "left out  B: no stop is known there",
        "left out  the path '': it leads from no halt to the next",
    ]
    file.write_bytes(b"bonjour")
    refused = CliRunner().invoke(main, ["itineraries", "import", str(file)], env=environ)
    assert refused.exit_code == 1
    assert refused.output.startswith("Error: expected GPX, KML or GeoJSON")
