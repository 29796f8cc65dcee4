"""Check rounds: the signs that want to be seen, as a list, a track and a map."""

import csv
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import gpxpy
import pytest
from click.testing import CliRunner, Result
from flask.testing import FlaskClient
from sqlalchemy import text

from tests.changing import Staff, hired
from tests.samples import CODES
from tourapp.audience.services import Opened, add_visits
from tourapp.cli import main
from tourapp.resources import Resources
from tourapp.signage.models import State
from tourapp.signage.services import get_sign

ROUND = "/api/v1/signs/round"
NOW = datetime.now(UTC)
Run = Callable[..., Result]


@pytest.fixture
def keeper(hung: Resources, client: FlaskClient) -> Staff:
    return hired(hung, client, "publication")


@pytest.fixture
def hung(seeded: Resources) -> Resources:
    """Hang the signs of the three stops, the second one's plate a little to the south."""
    with seeded.database.transaction() as session:
        session.execute(
            text("UPDATE sign SET state = 'installed', created_at = '2026-01-01 00:00:00'")
        )
        sign = get_sign(session, CODES[1])
        sign.place, sign.support = "Sous l’arbre", "poteau"
        sign.latitude, sign.longitude, sign.accuracy_m = 50.44, 2.778, 5
    return seeded


def become(resources: Resources, code: str, state: State) -> None:
    with resources.database.transaction() as session:
        get_sign(session, code).state = state


def scan_every_day(resources: Resources, code: str, *, until_days_ago: int) -> None:
    """Count twenty scans a day over ten weeks, until some days ago."""
    for back in range(until_days_ago, 71):
        with resources.database.transaction() as session:
            visits: dict[Opened, dict[str, int]] = {
                ("sign", lang): {code: 10} for lang in ("fr", "en")
            }
            add_visits(session, visits, now=NOW - timedelta(days=back))


def passed(keeper: Staff, query: str = "") -> list[str]:
    answer = keeper.send("GET", f"{ROUND}.geojson{query}")
    assert answer.status_code == 200, answer.text
    features = json.loads(answer.text)["features"]
    assert [each["properties"]["order"] for each in features] == [*range(1, len(features) + 1)]
    return [each["id"] for each in features]


def test_every_sign_that_hangs_is_passed_in_walking_order(hung: Resources, keeper: Staff) -> None:
    assert passed(keeper) == [CODES[0], CODES[1], CODES[2]]
    assert passed(keeper, "?near=50.47,2.778") == [CODES[2], CODES[0], CODES[1]]
    become(hung, CODES[0], "removed")
    assert passed(keeper) == [CODES[1], CODES[2]]


def test_one_reason_is_enough_to_be_passed(hung: Resources, keeper: Staff) -> None:
    become(hung, CODES[0], "damaged")
    keeper.client.post(f"/api/v1/signs/{CODES[1]}/reports", json={"note": "Tagué."})
    assert passed(keeper, "?damaged=true") == [CODES[0], CODES[1]]
    check = f"/api/v1/signs/{CODES[2]}"
    keeper.send("POST", f"{check}/checks", tag=keeper.tag(check), json={})
    since = NOW.isoformat().replace("+", "%2B")
    assert passed(keeper, f"?unchecked_since={since}") == [CODES[0], CODES[1]]
    become(hung, CODES[0], "installed")
    assert passed(keeper, "?damaged=true") == [CODES[1]]


def test_a_sign_that_falls_silent_is_passed_with_what_was_expected(
    hung: Resources, keeper: Staff
) -> None:
    scan_every_day(hung, CODES[0], until_days_ago=3)
    scan_every_day(hung, CODES[1], until_days_ago=0)
    answer = keeper.send("GET", f"{ROUND}.geojson?silent=true")
    [feature] = json.loads(answer.text)["features"]
    assert feature["id"] == CODES[0]
    assert feature["properties"]["reasons"] == ["silent"]
    assert feature["properties"]["silence"] == {"days": 1, "scans": 0, "expected": 20.0}


def test_a_sign_that_was_moved_has_a_usual_of_its_own(hung: Resources, keeper: Staff) -> None:
    scan_every_day(hung, CODES[0], until_days_ago=3)
    sign = f"/api/v1/signs/{CODES[0]}"
    keeper.send("POST", f"{sign}/move", tag=keeper.tag(sign), json={"stop": "arret-2"})
    assert passed(keeper, "?silent=true") == []


def test_a_round_is_a_list_for_spreadsheets(hung: Resources, keeper: Staff) -> None:
    become(hung, CODES[1], "damaged")
    keeper.client.post(f"/api/v1/signs/{CODES[1]}/reports", json={"note": "=1+1"})
    check = f"/api/v1/signs/{CODES[1]}"
    keeper.send("POST", f"{check}/checks", tag=keeper.tag(check), json={"note": "À revisser."})
    answer = keeper.send("GET", f"{ROUND}.csv?damaged=true")
    assert answer.mimetype == "text/csv"
    assert answer.data.startswith(b"\xef\xbb\xbfordre;panneau;")
    [row] = csv.DictReader(StringIO(answer.data.decode("utf-8-sig")), delimiter=";")
    assert row["emplacement"] == "Sous l’arbre"
    assert (row["état"], row["raisons"]) == ("abîmé", "abîmé, signalé")
    assert (row["signalements"], row["note"]) == ("'=1+1", "À revisser.")
    assert row["dernier contrôle"] == f"{datetime.now(UTC):%d/%m/%Y}"
    assert (row["latitude"], row["distance (m)"]) == ("50.440000", "")


def test_a_round_is_a_track_for_phones(keeper: Staff) -> None:
    answer = keeper.send("GET", f"{ROUND}.gpx")
    assert answer.mimetype == "application/gpx+xml"
    read = gpxpy.parse(answer.text)
    assert [point.name for point in read.waypoints] == [
        f"{number}. {code}" for number, code in enumerate(CODES[:3], 1)
    ]
    assert read.waypoints[1].description == "Sous l’arbre, poteau"
    assert len(read.routes[0].points) == 3
    assert (read.waypoints[1].latitude, read.waypoints[1].longitude) == (50.44, 2.778)


@pytest.mark.parametrize("form", ["csv", "gpx", "geojson"])
def test_rounds_are_for_who_looks_after_signs(client: FlaskClient, form: str) -> None:
    assert client.get(f"{ROUND}.{form}").status_code == 401


@pytest.fixture
def run(environ: dict[str, str], hung: Resources) -> Run:
    assert hung

    def signs(*arguments: str) -> Result:
        return CliRunner(env=environ, mix_stderr=False).invoke(main, ["signs", *arguments])

    return signs


def test_the_command_lists_the_round(run: Run) -> None:
    assert run("round", "--unchecked", "90").stdout.splitlines() == [
        f"  1 {CODES[0]}  terril – à contrôler",
        f"  2 {CODES[1]}  Sous l’arbre, poteau – à contrôler",
        f"  3 {CODES[2]}  arret-3 – à contrôler",
    ]
    assert run("round", "--silent").stdout == ""


@pytest.mark.parametrize("form", ["csv", "gpx", "geojson"])
def test_the_command_writes_the_round(run: Run, tmp_path: Path, form: str) -> None:
    out = tmp_path / f"round.{form}"
    assert run("round", "--out", str(out)).exit_code == 0
    assert CODES[2] in out.read_text("utf-8-sig")


def test_the_command_names_the_forms_that_it_writes(run: Run, tmp_path: Path) -> None:
    told = run("round", "--out", str(tmp_path / "round.kml"))
    assert told.exit_code == 1
    assert "expected a file that ends in .csv, .gpx, .geojson" in told.stderr
