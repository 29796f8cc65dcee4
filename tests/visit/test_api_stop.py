import pytest
from flask.testing import FlaskClient
from sqlalchemy import text

from tests.samples import CODES, DRAWING
from tests.visit.reading import read
from tourapp.media import media_name
from tourapp.resources import Resources

HOST = "https://visite.example.fr"
API = f"{HOST}/api/v1/stops"
ALL = ["terril", "arret-2", "arret-3", "arret-4"]


def test_a_stop_is_told_whole(visitor: FlaskClient) -> None:
    stop = read(visitor, "stops/terril")
    narration = stop.pop("narration")
    around = stop.pop("neighbours")
    assert (around["previous"], around["next"]["slug"]) == (None, "arret-2")
    assert [near["slug"] for near in around["nearby"]] == ["arret-3", "arret-4"]
    assert stop.pop("updated_at") == narration["rendered_at"]
    assert narration["engine"] == "espeak"
    assert stop == {
        "slug": "terril",
        "number": 1,
        "title": "Montée du terril",
        "lede": "Une montagne faite à la main.",
        "lang": "fr",
        "variant": "standard",
        "languages": ["fr"],
        "position": {"lat": 50.443, "lon": 2.778, "altitude_m": 186, "accuracy_m": 80},
        "look": "Regardez le sentier qui tourne.",
        "question": "Qu’entendez-vous ici ?",
        "access": "Sentier raide.",
        "safety": "Schiste glissant ; secours : 112.",
        "rescue_post": None,
        "closures": [],
        "closed_today": False,
        "narrative": {
            "text": "Le terril est noir.\n\nIl pousse ici 21 espèces rares.",
            "html": "<p>Le terril est noir.</p>\n<p>Il pousse ici 21 espèces rares.</p>\n",
        },
        "drawing": {
            "url": f"{HOST}/media/{media_name(DRAWING, suffix='svg')}",
            "alt": "Un cône noir.",
            "credit": "Une main",
        },
        "pictures": [],
        "sources": [{"title": "Un livre", "url": "https://example.fr/livre"}],
        "sign": {
            "code": CODES[0],
            "url": f"HTTPS://VISITE.EXAMPLE.FR/Q/{CODES[0]}",
            "svg": f"{API}/terril/qr.svg",
            "png": f"{API}/terril/qr.png",
        },
        "links": {
            "observations": f"{HOST}/api/v1/observations?stop=terril",
            "self": f"{API}/terril",
            "page": f"{HOST}/fr/arrets/terril",
            "previous": None,
            "next": f"{API}/arret-2",
        },
    }


def test_a_stop_leads_to_its_neighbours_and_the_last_one_to_none(visitor: FlaskClient) -> None:
    links = [read(visitor, f"stops/{slug}")["links"] for slug in ("arret-2", "arret-4")]
    assert (links[0]["previous"], links[0]["next"]) == (f"{API}/terril", f"{API}/arret-3")
    assert (links[1]["previous"], links[1]["next"]) == (f"{API}/arret-3", None)


def test_the_sound_comes_in_the_language_of_the_text(visitor: FlaskClient) -> None:
    stop = read(visitor, "stops/arret-2?lang=en")
    assert stop["lang"] == stop["narration"]["lang"] == "en"
    assert stop["narration"]["cues"]["items"][0]["text"] == "The hill is black."


def test_a_stop_that_is_not_translated_says_which_language_it_gives(visitor: FlaskClient) -> None:
    stop = read(visitor, "stops/terril?lang=en")
    assert (stop["lang"], stop["narration"]["lang"]) == ("fr", "fr")
    assert stop["links"]["page"] == f"{HOST}/fr/arrets/terril"


def test_a_stop_without_sound_is_told_all_the_same(visitor: FlaskClient) -> None:
    stop = read(visitor, "stops/arret-4")
    assert stop["title"] == "Le silence"
    assert stop["narration"] is None


def test_a_stop_without_a_sign_is_told_all_the_same(seeded: Resources, client: FlaskClient) -> None:
    with seeded.database.transaction() as session:
        session.execute(text("UPDATE sign SET retired_at = '2026-01-01'"))
    assert read(client, "stops/terril")["sign"] is None


@pytest.mark.parametrize("slug", ["nowhere", "Terril", "terril%20", "..%2Fstops", "%F0%9F%98%80"])
def test_an_unknown_stop_is_not_found(visitor: FlaskClient, slug: str) -> None:
    answer = visitor.get(f"/api/v1/stops/{slug}")
    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_problem_says_what_was_sought(visitor: FlaskClient) -> None:
    problem = visitor.get("/api/v1/stops/nowhere").get_json(force=True)
    assert problem["detail"] == "no published stop 'nowhere'"


def test_the_map_is_geojson(visitor: FlaskClient) -> None:
    answer = visitor.get("/api/v1/stops.geojson")
    collection = answer.get_json(force=True)
    assert answer.headers["Content-Type"] == "application/geo+json"
    assert list(collection) == ["type", "features"]
    assert collection["type"] == "FeatureCollection"
    assert collection["features"][0] == {
        "type": "Feature",
        "id": "terril",
        "geometry": {"type": "Point", "coordinates": [2.778, 50.443]},
        "properties": {
            "number": 1,
            "title": "Montée du terril",
            "lede": "Une montagne faite à la main.",
            "lang": "fr",
            "languages": ["fr"],
            "closed_today": False,
            "accuracy_m": 80,
            "url": f"{HOST}/fr/arrets/terril",
        },
    }


def test_the_map_holds_every_stop_at_once_in_the_language_asked(visitor: FlaskClient) -> None:
    features = read(visitor, "stops.geojson?lang=en")["features"]
    assert [feature["id"] for feature in features] == ALL
    assert features[1]["properties"]["title"] == "The black hill"


def test_letters_are_sent_as_they_are(visitor: FlaskClient) -> None:
    assert "L’église".encode() in visitor.get("/api/v1/stops").data
