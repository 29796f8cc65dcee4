"""Closing a stop, opening it again, and saying more exactly where it is."""

import re

import pytest
from flask.testing import FlaskClient

from tests.staff.desk import Desk
from tests.visit.reading import words
from tourapp.app import create_app
from tourapp.resources import Resources

PLACE = "/bureau/arrets/terril/lieu"
CLOSURE = {"from": "2020-01-01", "until": "", "reason-fr": "Éboulement du sentier."}
POSITION = {"latitude": "50,4431", "longitude": "2.7781", "accuracy_m": "4", "source": "GPS"}


@pytest.fixture
def visitor(seeded: Resources) -> FlaskClient:
    return create_app(seeded).test_client()


def state(desk: Desk) -> str:
    return str(re.findall(r'name="tag" value="(\d+)"', desk.get(PLACE).text)[0])


def test_a_stop_is_closed_for_visitors_at_once_and_opened_again(
    publisher: Desk, visitor: FlaskClient
) -> None:
    closed = publisher.follow(f"{PLACE}/fermer", tag=state(publisher), **CLOSURE)
    assert "jusqu’à nouvel ordre fermé aujourd’hui Éboulement du sentier." in words(closed)
    assert "Éboulement du sentier." in words(visitor.get("/fr/arrets/terril"))
    opened = publisher.follow(f"{PLACE}/rouvrir/0", tag=state(publisher))
    assert "n’est plus annoncée" in words(opened)
    assert "Éboulement" not in words(visitor.get("/fr/arrets/terril"))


def test_a_closure_that_is_over_says_so(publisher: Desk) -> None:
    over = CLOSURE | {"until": "2020-02-01", "reason-en": "The path slid."}
    told = words(publisher.follow(f"{PLACE}/fermer", tag=state(publisher), **over))
    assert "passée Éboulement" in told


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ({"from": ""}, "Donnez le premier jour"),
        ({"until": "2019-12-31"}, "ne peut pas être avant"),
        ({"reason-fr": " "}, "Dites pourquoi"),
        ({"reason-fr": "x" * 241}, "Dites pourquoi"),
    ],
)
def test_a_faulty_closure_keeps_what_was_written(
    publisher: Desk, written: dict[str, str], fault: str
) -> None:
    form = CLOSURE | {"reason-nl": "Verzakking."} | written
    told = publisher.send(f"{PLACE}/fermer", tag=state(publisher), **form)
    assert told.status_code == 422
    assert fault in words(told)
    assert 'value="Verzakking."' in told.text


def test_a_position_is_written_with_a_comma_or_a_point(
    publisher: Desk, visitor: FlaskClient
) -> None:
    moved = publisher.follow(f"{PLACE}/position", tag=state(publisher), **POSITION)
    assert 'value="50,4431"' in moved.text
    position = visitor.get("/api/v1/stops/terril").get_json()["position"]
    assert (position["lat"], position["lon"], position["accuracy_m"]) == (50.4431, 2.7781, 4)
    assert position["altitude_m"] is not None


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ({"latitude": "91"}, "La latitude va de"),
        ({"longitude": "à l’est"}, "La longitude va de"),
        ({"accuracy_m": "4,5"}, "un nombre entier de mètres"),
        ({"source": ""}, "Dites d’où vient"),
    ],
)
def test_a_faulty_position_is_told(publisher: Desk, written: dict[str, str], fault: str) -> None:
    told = publisher.send(f"{PLACE}/position", tag=state(publisher), **POSITION | written)
    assert fault in words(told)


def test_nothing_is_changed_on_a_state_that_nobody_has_seen(publisher: Desk) -> None:
    seen = state(publisher)
    publisher.follow(f"{PLACE}/position", tag=seen, **POSITION)
    refused = publisher.follow(f"{PLACE}/fermer", tag=seen, **CLOSURE)
    assert "rien n’a été fait" in words(refused)


def test_a_closure_that_is_none_is_not_taken_away(publisher: Desk) -> None:
    assert publisher.send(f"{PLACE}/rouvrir/5", tag=state(publisher)).status_code == 404


def test_who_only_writes_reads_it(writer: Desk) -> None:
    told = words(writer.get(PLACE))
    assert "m près" in told
    assert "Fermer cet arrêt" not in told


def test_a_map_may_ask_for_tiles_on_this_page_alone(publisher: Desk) -> None:
    page = publisher.get(PLACE)
    policy = page.headers["Content-Security-Policy"]
    assert "img-src 'self' data: https://data.geopf.fr" in policy
    assert 'data-fields="latitude longitude accuracy_m"' in page.text
    assert "geopf" not in publisher.get("/bureau/arrets").headers["Content-Security-Policy"]
