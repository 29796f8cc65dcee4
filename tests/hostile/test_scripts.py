"""Whatever is written into a field is text wherever it comes out, and nothing that could run."""

import csv
from collections.abc import Iterator
from io import StringIO
from urllib.parse import quote
from xml.etree import ElementTree as ET

import gpxpy
import pytest
from icalendar import Calendar
from werkzeug.test import TestResponse

from tests.hostile.conftest import HARMLESS, NOW, TEXTS, Hostile, code_of
from tests.hostile.reading import SCRIPTS, harm, marks
from tests.post_office import deliver, kept
from tests.staff.desk import Desk
from tourapp.accounts.services import actor_of, find_person
from tourapp.reviewing.commenting import add_comment
from tourapp.stops.editing import Telling

NUMBERS = range(1, len(TEXTS) + 1)
FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def harmed(pages: Iterator[TestResponse]) -> list[str]:
    """Return what is wrong in pages, of which the first holds harmless texts alone."""
    first = next(pages)
    assert HARMLESS in first.text, first.request.path
    known = marks(first.text)
    return [
        f"{page.request.path}: {found}"
        for page in (first, *pages)
        for found in harm(page.text, known=known)
    ]


def test_there_are_as_many_texts_as_were_promised() -> None:
    assert len(set(SCRIPTS)) == len(SCRIPTS) >= 150


def test_no_page_of_a_stop_runs_anything(hostile: Hostile) -> None:
    visitor = hostile.visitor
    assert harmed(visitor.get(f"/fr/arrets/arret-{number}") for number in NUMBERS) == []
    noticed = (visitor.get(f"/fr/arrets/arret-{number}/remarques") for number in NUMBERS[::4])
    assert harmed(noticed) == []


# The home page is long: some of the texts will do.
@pytest.mark.parametrize(
    ("path", "every"), [("/fr/arrets?q={}", 1), ("/Q/{}", 1), ("/fr/{}", 1), ("/?numero={}", 6)]
)
def test_nor_does_one_that_repeats_what_was_asked(hostile: Hostile, path: str, every: int) -> None:
    visitor = hostile.visitor
    known = marks(visitor.get(path.format(quote(HARMLESS))).text)
    known |= marks(visitor.get("/fr/arrets").text)
    wrong = [
        found
        for text in SCRIPTS[::every]
        for found in harm(visitor.get(path.format(quote(text))).text, known=known)
    ]
    assert wrong == []


LISTS = (*(f"/fr/arrets?page={number}" for number in (1, 2, 3)), "/fr/", "/fr/carte")


@pytest.mark.parametrize("path", LISTS)
def test_nor_does_a_list(hostile: Hostile, path: str) -> None:
    page = hostile.visitor.get(path).text
    assert list(harm(page, known=marks(page) - forbidden(page))) == []


def forbidden(page: str) -> set[tuple[str, str]]:
    """Return what no list has by itself: handlers, styles, frames."""
    named = {"style", "srcdoc", "formaction", "background", "ping", "xlink:href"}
    tags = {"iframe", "object", "embed", "base", "style", "math", "marquee", "x", "xss", "applet"}
    return {
        (tag, name)
        for tag, name in marks(page)
        if tag in tags or name in named or name.startswith("on")
    }


def test_machines_read_the_texts_as_they_were_written(hostile: Hostile) -> None:
    visitor = hostile.visitor
    feed = ET.fromstring(visitor.get("/fr/podcast.xml").text)  # noqa: S314 -- our own answer
    told = [item.findtext("description") or "" for item in feed.iter("item")]
    assert len(told) == len(TEXTS)
    assert {child.tag for item in feed.iter("item") for child in item} <= {
        child.tag for child in next(feed.iter("item"))
    }
    ET.fromstring(visitor.get("/sitemap.xml").text)  # noqa: S314 -- as above
    points = visitor.get("/api/v1/stops.geojson").get_json(force=True)["features"]
    assert [point["properties"]["title"] for point in points] == list(TEXTS)
    stop = visitor.get("/api/v1/stops/arret-2")
    assert stop.mimetype == "application/json"
    assert stop.headers["X-Content-Type-Options"] == "nosniff"


def test_a_route_is_exported_as_it_was_written(hostile: Hostile) -> None:
    visitor = hostile.visitor
    listed = visitor.get("/api/v1/itineraries").get_json()
    assert len(listed) == 3
    for slug in (each["slug"] for each in listed):
        way = f"/api/v1/itineraries/{slug}"
        names = [mark.name for mark in gpxpy.parse(visitor.get(f"{way}.gpx").text).waypoints]
        assert len(names) > 50
        tags = {mark.tag for mark in ET.fromstring(visitor.get(f"{way}.kml").data).iter()}  # noqa: S314
        assert {tag.rpartition("}")[2] for tag in tags} <= KML
        calendar = Calendar.from_ical(visitor.get(f"{way}.ics?start=2026-06-21T09:00:00Z").data)
        assert [part.name for part in calendar.walk()].count("VEVENT") == 1
        assert harmless_cells(visitor.get(f"{way}.csv").data.decode("utf-8-sig"))
        page = visitor.get(f"/fr/itineraires/{slug}").text
        assert list(harm(page, known=marks(page) - forbidden(page))) == []


KML = {
    "kml",
    "Document",
    "Placemark",
    "Point",
    "LineString",
    "coordinates",
    "name",
    "description",
    "altitudeMode",
    "tessellate",
    "ExtendedData",
    "itinerary",
    "halt",
    "way",
}


def harmless_cells(table: str) -> bool:
    """Tell whether no cell of a table begins as a formula does."""
    rows = csv.reader(StringIO(table), delimiter=";" if ";" in table.splitlines()[0] else ",")
    return not any(
        cell.startswith(FORMULAS) and not cell[1:].replace(".", "").isdigit()
        for row in rows
        for cell in row
    )


NARRATIVE = "/bureau/arrets/arret-{}/fr/standard"
EACH = (
    ("/bureau/arrets/arret-{}/lieu", 2),
    ("/bureau/arrets/arret-{}/sources", 4),
    ("/bureau/arrets/arret-{}/images", 4),
    ("/bureau/arrets/arret-{}/images/photo.jpg", 4),
    (NARRATIVE, 4),
    (f"{NARRATIVE}/apercu", 6),
    (f"{NARRATIVE}/lectures", 2),
    (f"{NARRATIVE}/versions/1", 4),
    ("/bureau/panneaux/{code}", 6),
    ("/bureau/remarques/{}", 4),
)


# Each field is drawn by one template, alike for all texts, which the lists below show in full.
@pytest.mark.parametrize(("path", "every"), EACH)
def test_no_page_of_the_bureau_runs_anything(hostile: Hostile, path: str, every: int) -> None:
    desk = hostile.desk
    paths = (path.format(number, code=code_of(number)) for number in NUMBERS[::every])
    assert harmed(desk.get(each) for each in paths) == []


@pytest.mark.parametrize(
    "path",
    [
        "/bureau/",
        *(f"/bureau/arrets?page={number}" for number in (1, 2, 3)),
        "/bureau/frequentation",
        *(f"/bureau/panneaux?page={number}" for number in (1, 2, 3)),
        *(f"/bureau/panneaux/signalements?page={number}" for number in (1, 2, 3)),
        *(f"/bureau/remarques?etat=publiees&page={number}" for number in (1, 2, 3, 4)),
        "/bureau/remarques/bilan",
        "/bureau/panneaux/tournee",
        "/bureau/panneaux/imprimer",
        "/bureau/personnes",
        "/bureau/journal",
    ],
)
def test_nor_does_a_list_of_the_bureau(hostile: Hostile, path: str) -> None:
    page = hostile.desk.get(path).text
    assert list(harm(page, known=marks(page) - forbidden(page))) == []


def test_nor_does_what_was_said_of_a_version(hostile: Hostile) -> None:
    desk, last = hostile.desk, f"arret-{len(TEXTS)}"
    with hostile.bureau.extensions["tourapp"].database.transaction() as session:
        person = find_person(session, "administration@example.fr")
        assert person is not None
        by = actor_of(person, origin="page", now=NOW)
        for text in TEXTS:
            add_comment(session, Telling(slug=last, lang="fr"), 1, text, by=by)
    page = desk.get(f"/bureau/arrets/{last}/fr/standard/versions/1").text
    assert page.count('class="words') >= len(TEXTS)
    assert list(harm(page, known=marks(page) - forbidden(page))) == []


def test_nor_does_a_route_that_is_built(hostile: Hostile) -> None:
    desk = hostile.desk
    for each in hostile.visitor.get("/api/v1/itineraries").get_json():
        for view in ("", "/partage", "/chemins/2"):
            answer = desk.get(f"/guide/itineraires/{each['slug']}{view}")
            assert answer.status_code == 200
            page = answer.text
            assert list(harm(page, known=marks(page) - forbidden(page))) == []


def test_a_form_shows_what_was_written_as_text(hostile: Hostile) -> None:
    desk = hostile.desk
    assert harmed(written(desk, text) for text in TEXTS) == []


def written(desk: Desk, text: str) -> TestResponse:
    """Write a text into every field of an entry, which cannot be kept with such phonemes."""
    parts = dict.fromkeys(("written", "said", "espeak", "piper", "note"), text)
    return desk.send("/bureau/lexique/nouveau", **parts | {"espeak": "[x]", "lang": "fr"})


def test_a_round_is_taken_along_as_it_was_written(hostile: Hostile) -> None:
    desk = hostile.desk
    waypoints = gpxpy.parse(desk.get("/bureau/panneaux/tournee.gpx").text).waypoints
    assert len(waypoints) == len(TEXTS)
    assert harmless_cells(desk.get("/bureau/panneaux/tournee.csv").data.decode("utf-8-sig"))
    points = desk.get("/bureau/panneaux/tournee.geojson").get_json(force=True)["features"]
    assert {point["properties"]["place"] for point in points} == set(TEXTS)
    assert harmless_cells(desk.get("/bureau/frequentation/par-stop.csv").text)
    assert harmless_cells(desk.get("/bureau/remarques/suites.csv").text)


def test_a_letter_is_plain_text_and_keeps_its_head(hostile: Hostile) -> None:
    desk, resources = hostile.desk, hostile.bureau.extensions["tourapp"]
    for number, text in enumerate(SCRIPTS[:20]):
        email = f"personne-{number}@example.fr"
        desk.send("/bureau/personnes", email=email, name=text, roles="guide")
    deliver(resources)
    letters = kept(resources)
    assert len(letters) == 20
    for letter in letters:
        assert letter.get_content_type() == "text/plain"
        assert "<script" not in str(letter["Subject"]) + str(letter["To"])
