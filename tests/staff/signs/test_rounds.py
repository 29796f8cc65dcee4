"""A round past the signs, shown and taken along."""

import gpxpy

from tests.samples import CODES
from tests.staff.desk import Desk
from tests.staff.signs.test_register import hung, state
from tests.visit.reading import words

ROUND = "/bureau/panneaux/tournee"


def test_a_round_is_shown_in_the_order_of_walking(publisher: Desk) -> None:
    assert "Aucun panneau posé" in words(publisher.get(ROUND))
    for code in CODES[:3]:
        hung(publisher, f"/bureau/panneaux/{code}")
    told = words(publisher.get(ROUND))
    assert "Dans l’ordre de la marche 3" in told
    assert "on commence ici" in told
    assert "m du précédent" in told


def test_a_round_passes_what_is_damaged_or_long_unseen(publisher: Desk) -> None:
    for code in CODES[:2]:
        hung(publisher, f"/bureau/panneaux/{code}")
    sign = f"/bureau/panneaux/{CODES[0]}"
    publisher.follow(f"{sign}/controler", tag=state(publisher, sign), state="damaged")
    told = words(publisher.get(f"{ROUND}?abimes=1&muets=1"))
    assert "Dans l’ordre de la marche 1" in told
    assert "abîmé" in told
    assert "Dans l’ordre de la marche 2" in words(publisher.get(f"{ROUND}?depuis=2099-01-01"))
    assert "Dans l’ordre de la marche 2" in words(publisher.get(f"{ROUND}?depuis=hier"))


def test_a_round_is_taken_along(publisher: Desk) -> None:
    hung(publisher)
    sheet = publisher.get(f"{ROUND}.csv?depuis=2099-01-01")
    assert sheet.headers["Content-Disposition"] == "attachment; filename=tournee.csv"
    assert f"1;{CODES[0]};1;terril" in sheet.text
    assert "à contrôler" in sheet.text
    [waypoint] = gpxpy.parse(publisher.get(f"{ROUND}.gpx").text).waypoints
    assert waypoint.name == f"1. {CODES[0]}"
    points = publisher.get(f"{ROUND}.geojson")
    assert points.mimetype == "application/geo+json"
    assert points.get_json(force=True)["features"][0]["id"] == CODES[0]
