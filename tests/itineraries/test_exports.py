"""What other programs read of an itinerary, read back by their own libraries."""

import csv
from io import StringIO
from typing import Any

import gpxpy
import pytest
from fastkml import KML
from fastkml.features import Placemark
from fastkml.utils import find_all
from flask.testing import FlaskClient
from icalendar import Calendar

from tests.changing import hired
from tests.itineraries.test_api import HALTS, ITINERARIES, LOOP, NEW, show
from tests.itineraries.test_paths import CORNERED, GPX
from tourapp.itineraries.paths import read_path
from tourapp.resources import Resources

TITLES = ["Montée du terril", "L’église et son toit", "Une table"]


@pytest.fixture
def reader(seeded: Resources, client: FlaskClient) -> FlaskClient:
    """Publish a loop with one measured path, and return a visitor's client."""
    guide = hired(seeded, client, "guide")
    guide.send("POST", ITINERARIES, json=NEW)
    guide.send("PUT", f"{LOOP}/halts/2/path?source=GPS", tag=guide.tag(LOOP), data=GPX)
    show(guide)
    return client


def test_gpx_holds_halts_with_their_links_and_the_paths_that_are_known(reader: FlaskClient) -> None:
    answer = reader.get(f"{LOOP}.gpx")
    assert answer.content_type == "application/gpx+xml"
    read = gpxpy.parse(answer.text)
    assert [waypoint.name for waypoint in read.waypoints] == [
        f"{number}. {title}" for number, title in enumerate(TITLES, 1)
    ]
    assert '<link href="https://visite.example.fr/fr/arrets/terril">' in answer.text
    assert [point.name for point in read.routes[0].points] == TITLES
    assert len(read.tracks) == 1
    # Read as a path, it is the one that was walked, and not the route beside it.
    assert read_path(answer.data) == CORNERED


def test_a_measured_path_survives_the_way_out_and_in(reader: FlaskClient) -> None:
    read = gpxpy.parse(reader.get(f"{LOOP}.gpx").text)
    assert read_path(read.to_xml().encode()) == CORNERED


def test_kml_holds_the_same(reader: FlaskClient) -> None:
    answer = reader.get(f"{LOOP}.kml")
    marks: list[Any] = list(find_all(KML.from_string(answer.data), of_type=Placemark))
    assert [mark.name for mark in marks[:3]] == [
        f"{number}. {title}" for number, title in enumerate(TITLES, 1)
    ]
    assert [list(point) for point in marks[3].geometry.coords] == [
        [point.longitude, point.latitude, point.height_m] for point in CORNERED
    ]
    assert len(marks[4].geometry.coords) == 2


def test_geojson_draws_halts_and_ways(reader: FlaskClient) -> None:
    answer = reader.get(f"{LOOP}.geojson")
    assert answer.content_type == "application/geo+json"
    features = answer.json["features"]
    kinds = [feature["geometry"]["type"] for feature in features]
    assert kinds == ["Point"] * 3 + ["LineString"] * 2
    assert features[0]["geometry"]["coordinates"] == [2.778, 50.443]
    assert [feature["properties"]["is_estimate"] for feature in features[3:]] == [False, True]


def test_a_geotrek_trek_has_its_line_and_its_points(reader: FlaskClient) -> None:
    trek = reader.get(f"{LOOP}.geotrek.json").json
    assert trek["name"] == {"fr": "La boucle"}
    assert trek["departure"] == {"fr": TITLES[0]}
    assert (trek["length_2d"], trek["difficulty"]) == (reader.get(LOOP).json["distance_m"], 1)
    assert len(trek["points_reference"]["coordinates"]) == 3
    assert trek["geometry"]["coordinates"][0] == [2.0, 50.0, 40.0]


def test_a_trek_of_one_halt_has_no_line(seeded: Resources, client: FlaskClient) -> None:
    guide = hired(seeded, client, "guide")
    guide.send("POST", ITINERARIES, json=NEW | {"halts": HALTS[:1]})
    trek = guide.send("GET", f"{LOOP}.geotrek.json").json
    assert (trek["geometry"], len(trek["points_reference"]["coordinates"])) == (None, 1)


def test_a_table_opens_in_a_spreadsheet_and_computes_nothing(
    seeded: Resources, client: FlaskClient
) -> None:
    guide = hired(seeded, client, "guide")
    named = [{"spot": {"name": "=1+1", "latitude": 50.4, "longitude": 2.7}}, {"stop": "terril"}]
    guide.send("POST", ITINERARIES, json=NEW | {"halts": named})
    answer = guide.send("GET", f"{LOOP}.csv")
    rows = list(csv.DictReader(StringIO(answer.data.decode("utf-8-sig"))))
    assert [row["title"] for row in rows] == ["'=1+1", "Montée du terril"]
    assert (rows[0]["distance_m"], rows[0]["stop"]) == ("", "")
    assert int(rows[1]["arrives_s"]) == int(rows[0]["leaves_s"]) + int(rows[1]["way_s"])


def test_a_calendar_tells_when_the_group_is_where(reader: FlaskClient) -> None:
    answer = reader.get(f"{LOOP}.ics?start=2026-12-05T10:00:00%2B01:00")
    [event] = Calendar.from_ical(answer.data).walk("VEVENT")
    assert str(event["summary"]) == "La boucle"
    assert event["dtstart"].dt.isoformat() == "2026-12-05T09:00:00+00:00"
    assert "10\u202fh Montée du terril" in str(event["description"])
    assert reader.get(f"{LOOP}.ics").status_code == 422


def test_a_calendar_names_the_meeting_point(seeded: Resources, client: FlaskClient) -> None:
    guide = hired(seeded, client, "guide")
    guide.send("POST", ITINERARIES, json=NEW | {"meeting": "Devant la gare, à l’heure"})
    answer = guide.send("GET", f"{LOOP}.ics?start=2026-12-05T10:00:00%2B01:00")
    [event] = Calendar.from_ical(answer.data).walk("VEVENT")
    assert str(event["location"]) == "Devant la gare, à l’heure"


@pytest.mark.parametrize("form", ["gpx", "kml", "csv", "geojson", "geotrek.json"])
def test_nothing_private_is_in_any_form(reader: FlaskClient, form: str) -> None:
    answer = reader.get(f"{LOOP}.{form}")
    assert answer.status_code == 200
    assert "Compter" not in answer.text
    assert "Et vous" not in answer.text
    assert reader.get(f"{ITINERARIES}/nowhere.{form}").status_code == 404
