"""Itineraries as files: read, imported, exported, and kept where guides changed them."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask.testing import FlaskClient

from tests.changing import hired
from tests.itineraries.test_api import LOOP, NEW, show
from tourapp.cli import main
from tourapp.errors import ConflictError
from tourapp.itineraries.commands import seed_itineraries
from tourapp.itineraries.former import go_back
from tourapp.itineraries.importing import export_itineraries
from tourapp.itineraries.queries import get_itinerary
from tourapp.itineraries.source import read_itineraries, write_itinerary
from tourapp.resources import Resources
from tourapp.settings import PROJECT_ROOT
from tourapp.stops.source.faults import SourceError
from tourapp.stops.source.reading import read_stops

FILE = """title = "La boucle"
summary = "Du terril à l’église."
target_min = 60

[[halts]]
stop = "terril"
stay_min = 15
note = "Compter le groupe."

[[halts]]
spot = { name = "Une table", latitude = 50.45, longitude = 2.78 }
transport = "bicycle"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "itineraries"
    path.mkdir()
    (path / "la-boucle.toml").write_text(FILE, encoding="utf-8")
    return path


def exported(resources: Resources, folder: Path) -> list[str]:
    """Write the itineraries into a folder, and return the names of the files that changed."""
    with resources.database.reading() as session:
        contents = export_itineraries(session)
    written = [write_itinerary(folder, slug, drawn) for slug, drawn in contents.items()]
    return [path.name for paths in written for path in paths]


def outcomes(resources: Resources, folder: Path) -> list[str]:
    return [finding.outcome for finding in seed_itineraries(resources, folder)]


def test_what_a_file_says_is_published(
    seeded: Resources, client: FlaskClient, folder: Path
) -> None:
    assert outcomes(seeded, folder) == ["created"]
    told = client.get(LOOP).json
    assert [halt["title"] for halt in told["halts"]] == ["Montée du terril", "Une table"]
    assert outcomes(seeded, folder) == ["unchanged"]


def test_a_file_that_leads_nowhere_is_not_published(seeded: Resources, folder: Path) -> None:
    alone = FILE[: FILE.rindex("[[halts]]")]
    (folder / "seul.toml").write_text(alone, encoding="utf-8")
    with pytest.raises(ConflictError, match="'seul' has fewer than 2 halts"):
        seed_itineraries(seeded, folder)


def test_one_that_nobody_follows_may_lead_nowhere_yet(
    seeded: Resources, client: FlaskClient, folder: Path
) -> None:
    seed_itineraries(seeded, folder)
    show(hired(seeded, client, "publication"), "private")
    alone = FILE[: FILE.rindex("[[halts]]")]
    (folder / "la-boucle.toml").write_text(alone, encoding="utf-8")
    assert outcomes(seeded, folder) == ["updated"]


def test_a_changed_file_is_brought_in(seeded: Resources, client: FlaskClient, folder: Path) -> None:
    seed_itineraries(seeded, folder)
    (folder / "la-boucle.toml").write_text(FILE.replace("La boucle", "Le tour"), encoding="utf-8")
    assert outcomes(seeded, folder) == ["updated"]
    assert client.get(LOOP).json["title"] == "Le tour"


def test_what_was_changed_since_is_kept(
    seeded: Resources, client: FlaskClient, folder: Path
) -> None:
    seed_itineraries(seeded, folder)
    publisher = hired(seeded, client, "publication")
    publisher.send("PATCH", LOOP, tag=publisher.tag(LOOP), json={"title": "Mieux"})
    assert outcomes(seeded, folder) == ["kept"]
    (folder / "la-boucle.toml").write_text(FILE.replace("60", "90"), encoding="utf-8")
    assert outcomes(seeded, folder) == ["conflict"]
    assert client.get(LOOP).json["title"] == "Mieux"


def test_every_mistake_is_named_with_its_line(folder: Path) -> None:
    (folder / "autre.toml").write_bytes(b'title = "caf\xe9"')
    wrong = FILE.replace("stay_min = 15", "stay_min = -1").replace("bicycle", "sledge")
    (folder / "la-boucle.toml").write_text(wrong, encoding="utf-8")
    with pytest.raises(SourceError) as refused:
        read_itineraries(folder)
    assert [(fault.file, fault.line) for fault in refused.value.faults] == [
        ("autre.toml", 1),
        ("la-boucle.toml", 7),
        ("la-boucle.toml", 12),
    ]


SIDECAR = """<?xml version="1.0" encoding="UTF-8"?>
<gpx xmlns="http://www.topografix.com/GPX/1/1" version="1.1" creator="Somebody">
  <trk>
    <src>Relevé à pied</src>
    <number>2</number>
    <trkseg>
      <trkpt lat="50.443" lon="2.778"><ele>40.5</ele></trkpt>
      <trkpt lat="50.447" lon="2.79"><ele>55.0</ele></trkpt>
      <trkpt lat="50.45" lon="2.78"><ele>41.0</ele></trkpt>
    </trkseg>
  </trk>
</gpx>
"""
TRACK = SIDECAR[SIDECAR.index("<trk>") : SIDECAR.index("</gpx>")]
POINTS = SIDECAR[SIDECAR.index("<trkpt") : SIDECAR.index("</trkseg>")]


@pytest.fixture
def drawn(folder: Path) -> Path:
    """Put the paths of the loop beside its file."""
    path = folder / "la-boucle.gpx"
    path.write_text(SIDECAR, encoding="utf-8")
    return path


def test_a_path_stands_beside_the_file_and_comes_back_byte_for_byte(
    seeded: Resources, client: FlaskClient, folder: Path, drawn: Path, tmp_path: Path
) -> None:
    assert outcomes(seeded, folder) == ["created"]
    way = client.get(LOOP).json["halts"][1]["way"]
    assert (way["source"], way["ascent_m"], way["descent_m"]) == ("Relevé à pied", 14, 14)
    assert outcomes(seeded, folder) == ["unchanged"]
    assert exported(seeded, folder) == []
    assert drawn.read_text(encoding="utf-8") == SIDECAR
    elsewhere = tmp_path / "out"
    assert exported(seeded, elsewhere) == ["la-boucle.toml", "la-boucle.gpx"]
    assert outcomes(seeded, elsewhere) == ["unchanged"]
    assert exported(seeded, elsewhere) == []


def test_a_changed_path_is_brought_in_and_can_be_undone(
    seeded: Resources, client: FlaskClient, folder: Path, drawn: Path
) -> None:
    seed_itineraries(seeded, folder)
    drawn.write_text(SIDECAR.replace("55.0", "75.0"), encoding="utf-8")
    assert outcomes(seeded, folder) == ["updated"]
    assert client.get(LOOP).json["halts"][1]["way"]["ascent_m"] == 34
    drawn.unlink()
    assert outcomes(seeded, folder) == ["updated"]
    assert client.get(LOOP).json["halts"][1]["way"]["is_estimate"]
    for ascent_m in (34, 14):
        with seeded.database.transaction() as session:
            itinerary = get_itinerary(session, "la-boucle")
            go_back(session, itinerary, now=datetime.now(UTC))
        assert client.get(LOOP).json["halts"][1]["way"]["ascent_m"] == ascent_m


def test_a_path_that_guides_took_away_stays_away(
    seeded: Resources, client: FlaskClient, folder: Path, drawn: Path
) -> None:
    seed_itineraries(seeded, folder)
    publisher = hired(seeded, client, "publication")
    publisher.send("DELETE", f"{LOOP}/halts/2/path", tag=publisher.tag(LOOP))
    assert outcomes(seeded, folder) == ["kept"]
    assert exported(seeded, folder) == ["la-boucle.gpx"]
    assert not drawn.exists()


@pytest.mark.parametrize(
    ("before", "after", "mistakes"),
    [
        ("<number>2<", "<number>3<", [(3, "number: expected that of a halt, 2 to 2")]),
        ("<number>2</number>", "", [(3, "number: expected that of a halt, 2 to 2")]),
        ("<src>Relevé à pied</src>", "", [(3, "src: expected where the path comes from")]),
        ("</trk>", "</trk>\n" + TRACK, [(12, "number: 2 is that of another track")]),
        ("</gpx>", "", [(1, "expected GPX, KML or GeoJSON")]),
        (POINTS, '<trkpt lat="5" lon="2"/>', [(3, "expected at least two points")]),
    ],
)
def test_every_mistake_beside_a_file_is_named_too(
    folder: Path, drawn: Path, before: str, after: str, mistakes: list[tuple[int, str]]
) -> None:
    drawn.write_text(SIDECAR.replace(before, after), encoding="utf-8")
    with pytest.raises(SourceError) as refused:
        read_itineraries(folder)
    found = [(fault.line, fault.message) for fault in refused.value.faults]
    assert [line for line, _ in found] == [line for line, _ in mistakes]
    assert all(said.startswith(why) for (_, said), (_, why) in zip(found, mistakes, strict=True))


def test_a_spoiled_path_beside_a_file_is_written_anew(
    seeded: Resources, folder: Path, drawn: Path
) -> None:
    seed_itineraries(seeded, folder)
    drawn.write_text("spoiled", encoding="utf-8")
    assert exported(seeded, folder) == ["la-boucle.gpx"]
    assert outcomes(seeded, folder) == ["unchanged"]


def test_paths_of_no_itinerary_are_a_mistake(folder: Path) -> None:
    (folder / "perdue.gpx").write_text(SIDECAR, encoding="utf-8")
    with pytest.raises(SourceError, match=r"there is no perdue\.toml beside it"):
        read_itineraries(folder)


def test_a_file_is_written_as_it_is_read(folder: Path, tmp_path: Path) -> None:
    contents = read_itineraries(folder)
    [written] = write_itinerary(tmp_path / "out", "la-boucle", contents["la-boucle"])
    assert read_itineraries(tmp_path / "out") == contents
    written.write_text("broken", encoding="utf-8")
    assert write_itinerary(tmp_path / "out", "la-boucle", contents["la-boucle"]) == [written]


def test_a_file_that_says_the_same_keeps_its_bytes(folder: Path) -> None:
    contents = read_itineraries(folder)
    assert write_itinerary(folder, "la-boucle", contents["la-boucle"]) == []
    assert (folder / "la-boucle.toml").read_text(encoding="utf-8") == FILE


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """Return one of one kind: commands are the same with any."""
    return sqlite_url


@pytest.fixture
def run(seeded: Resources, environ: dict[str, str]) -> Callable[..., Result]:
    """Return the command `tourapp itineraries` where the small stops are."""
    assert seeded
    return lambda *arguments: CliRunner().invoke(main, ["itineraries", *arguments], env=environ)


def test_the_commands_bring_files_in_and_out(
    run: Callable[..., Result], folder: Path, tmp_path: Path
) -> None:
    assert run("check", str(folder)).stdout == "1 itineraries are well written\n"
    assert run("import", str(folder)).stdout == "created   itineraries/la-boucle.toml\n"
    assert run("list").stdout == "published la-boucle  La boucle\n"
    assert run("export", str(tmp_path / "out")).stdout.startswith("written  ")
    assert read_itineraries(tmp_path / "out") == read_itineraries(folder)


def test_an_unknown_stop_is_one_line_and_nothing_is_brought_in(
    run: Callable[..., Result], folder: Path
) -> None:
    (folder / "perdue.toml").write_text(FILE.replace('"terril"', '"nowhere"'), encoding="utf-8")
    refused = run("import", str(folder))
    assert (refused.exit_code, refused.output) == (1, "Error: there are no stops nowhere\n")
    assert run("list").stdout == ""


def test_a_conflict_is_a_failure(
    run: Callable[..., Result], seeded: Resources, client: FlaskClient, folder: Path
) -> None:
    run("import", str(folder))
    publisher = hired(seeded, client, "publication")
    publisher.send("PATCH", LOOP, tag=publisher.tag(LOOP), json={"title": NEW["summary"]})
    (folder / "la-boucle.toml").write_text(FILE.replace("60", "90"), encoding="utf-8")
    refused = run("import", str(folder))
    assert refused.exit_code == 1
    assert refused.output.endswith("Error: conflicts were left as they are in the database\n")


def test_the_project_s_itineraries_go_by_its_stops() -> None:
    slugs = {stop.slug for stop in read_stops(PROJECT_ROOT / "stops")}
    contents = read_itineraries(PROJECT_ROOT / "itineraries")
    assert set(contents) == {"la-grande-boucle", "du-charbon-au-soleil", "le-bassin-en-un-jour"}
    assert {halt.stop for drawn in contents.values() for halt in drawn.content.halts} <= slugs
