"""Stops as files over HTTP: taken out, tried, brought in exactly as tried."""

import csv
import io
import tomllib
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select, update

from tests.changing import Staff, hired
from tests.pictures.photographs import from_a_phone, photograph, png
from tests.pictures.stops import pictured_stop
from tests.publishing.exchange.zips import packed, zipped
from tests.samples import NARRATIVE, sample_stop, small_stops
from tourapp.pictures import intake
from tourapp.publishing.exchange.archives import MOST_BYTES
from tourapp.publishing.exchange.models import StopImport
from tourapp.publishing.exchange.tables import HEADINGS
from tourapp.resources import Resources
from tourapp.stops.content import FactSource, NarrativeContent, StopContent
from tourapp.stops.models import Stop
from tourapp.stops.services import add_revision, get_narrative, get_stop

IMPORTS = "/api/v1/imports"
LEXICON = b'[[entry]]\nlang = "fr"\nwritten = "Loos"\nsaid = "losse"\nconfirmed = false\n'
NOW = datetime(2026, 12, 1, tzinfo=UTC)


@pytest.fixture
def staff(seeded: Resources, client: FlaskClient) -> Staff:
    return hired(seeded, client, "publication")


def corrected(number: int = 1, **narrative: str) -> StopContent:
    """Return a stop of the site as somebody corrected its file."""
    [stop] = [each for each in small_stops() if each.place.number == number]
    told = stop.narratives["fr", "standard"]
    return replace(
        stop, narratives=stop.narratives | {("fr", "standard"): replace(told, **narrative)}
    )


def tried(staff: Staff, archive: bytes) -> dict[str, str]:
    """Have an archive tried, and return what each of its files would do."""
    answer = staff.send("POST", IMPORTS, data=archive)
    assert answer.status_code == 201, answer.text
    return {each["file"]: each["outcome"] for each in answer.get_json()["findings"]}


def apply(staff: Staff, import_id: str, *, tag: str | None = None) -> int:
    path = f"{IMPORTS}/{import_id}"
    answer = staff.send("PUT", f"{path}/application", tag=tag or staff.tag(path))
    return answer.status_code


def new_import(staff: Staff, archive: bytes) -> str:
    return str(staff.send("POST", IMPORTS, data=archive).get_json()["id"])


def told_by_staff(resources: Resources, content: NarrativeContent, *, slug: str = "terril") -> None:
    with resources.database.transaction() as session:
        narrative = get_narrative(session, get_stop(session, slug), lang="fr")
        add_revision(session, narrative, content, origin="staff", now=NOW)


def titles(resources: Resources) -> dict[str, list[str]]:
    with resources.database.reading() as session:
        stops = session.scalars(select(Stop).order_by(Stop.number)).all()
        return {
            stop.slug: [
                revision.title for narrative in stop.narratives for revision in narrative.revisions
            ]
            for stop in stops
        }


def test_what_is_taken_out_changes_nothing_when_it_is_brought_in(staff: Staff) -> None:
    archive = staff.send("GET", "/api/v1/stops.zip")
    assert archive.headers["Content-Disposition"] == 'attachment; filename="arrets.zip"'
    assert archive.headers["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(archive.data)) as opened:
        assert tomllib.loads(opened.read("stops/terril/stop.toml").decode())["number"] == 1
    assert set(tried(staff, archive.data).values()) == {"unchanged"}
    assert staff.send("GET", "/api/v1/stops.zip").data == archive.data


def test_an_import_says_which_parts_of_a_place_it_changes_and_overtakes_who_changes_them(
    staff: Staff,
) -> None:
    stop, path = corrected(), "/api/v1/stops/terril/place"
    seen, book = staff.tag(path), FactSource(title="Un atlas")
    brought = packed(replace(stop, place=replace(stop.place, sources=(book,))))
    answer = staff.send("POST", IMPORTS, data=brought)
    [placed, _] = answer.get_json()["findings"]
    assert (placed["outcome"], placed["reason"]) == ("updated", "says anew: sources")
    assert apply(staff, answer.get_json()["id"]) == 200
    other = {"sources": [{"title": "Un livre"}]}
    assert staff.send("PATCH", path, tag=seen, json=other).status_code == 412
    assert staff.send("GET", path).get_json()["sources"] == [{"title": "Un atlas", "url": None}]


def altered(archive: bytes, file: str, **replaced: bytes) -> bytes:
    """Return an archive of stops with a file of it left out, or with other bytes."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        files = {name: opened.read(name) for name in opened.namelist() if not name.endswith(file)}
    return zipped(files | {f"stops/terril/{file}": content for content in replaced.values()})


def names(resources: Resources) -> set[str]:
    return {file.name for file in resources.media.list_files()}


def told_of_pictures(staff: Staff) -> list[dict[str, object]]:
    answer = staff.send("GET", "/api/v1/stops/terril/pictures")
    return list(answer.get_json())


def test_photographs_go_out_and_come_in_whole(seeded: Resources, staff: Staff) -> None:
    [first, second] = pictured_stop(shades=("olive", "navy")).place.pictures
    pictured = pictured_stop(shades=("navy", "olive"))
    said = (
        replace(second, alt={"fr": "Le châssis.", "de": "Der Turm."}, focus=(3, 97)),
        replace(first, caption={}, credit="« Zoé »", licence="tous droits réservés"),
    )
    whole = replace(pictured, place=replace(pictured.place, pictures=said))
    assert apply(staff, new_import(staff, packed(whole))) == 200
    kept = told_of_pictures(staff)
    assert [each["file"] for each in kept] == ["vue-navy.jpg", "vue-olive.jpg"]
    assert [each["alt"] for each in kept] == [dict(each.alt) for each in said]
    assert [each["caption"] for each in kept] == [{"fr": "Un soir de mars."}, {}]
    assert (kept[1]["credit"], kept[1]["licence"]) == ("« Zoé »", "tous droits réservés")
    assert (kept[0]["focus"], kept[1]["focus"]) == ([3, 97], [20, 40])
    assert all(seeded.media.read(each.media) == whole.media[each.media] for each in said)
    archive = staff.send("GET", "/api/v1/stops.zip").data
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        assert opened.read("stops/terril/vue-navy.jpg") == whole.media[said[0].media]
    tag = staff.tag("/api/v1/stops/terril/pictures")
    staff.send("DELETE", "/api/v1/stops/terril/pictures/vue-navy.jpg", tag=tag)
    assert tried(staff, archive)["terril/stop.toml"] == "kept"
    assert set(tried(staff, staff.send("GET", "/api/v1/stops.zip").data).values()) == {"unchanged"}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "expected a file vue-olive.jpg beside this one"),
        (from_a_phone(), "pixels alone"),
        (photograph() + b"PK\3\4", "pixels alone"),
        (photograph(form="PNG"), "pixels alone"),
        (b"<svg onload='alert(1)'/>", "expected a picture in one of"),
        (photograph((640, 400))[:-200], "pixels alone"),
        (png((8000, 6000), b""), "at most 40 megapixels"),
    ],
)
def test_a_hostile_photograph_is_refused_with_the_whole_archive(
    seeded: Resources, staff: Staff, content: bytes | None, said: str
) -> None:
    before, files = titles(seeded), names(seeded)
    good = packed(sample_stop(4), pictured_stop(title="Autre titre"))
    replaced = {} if content is None else {"other": content}
    refused = staff.send("POST", IMPORTS, data=altered(good, "vue-olive.jpg", **replaced))
    assert refused.status_code == 422
    [mistake] = refused.get_json()["errors"]
    assert said in mistake["what"]
    assert mistake["where"].startswith("terril/stop.toml:")
    assert (titles(seeded), told_of_pictures(staff)) == (before, [])
    assert names(seeded) == files


def test_photographs_that_take_too_much_are_refused(
    staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "_PATIENCE_S", 0.001)
    refused = staff.send("POST", IMPORTS, data=packed(pictured_stop()))
    assert refused.status_code == 422
    assert refused.get_json()["detail"] == "its photographs take too much to decode"


def test_nothing_changes_before_it_is_said(seeded: Resources, staff: Staff) -> None:
    before = titles(seeded)
    archive = packed(corrected(title="Autre titre"), sample_stop(4), **{"lexicon.toml": LEXICON})
    assert tried(staff, archive) == {
        "lexicon.toml": "created",
        "terril/stop.toml": "unchanged",
        "terril/fr.md": "updated",
        "arret-4/stop.toml": "created",
        "arret-4/fr.md": "created",
    }
    assert titles(seeded) == before


def test_what_was_tried_is_done_once(seeded: Resources, staff: Staff) -> None:
    import_id = new_import(staff, packed(corrected(title="Autre titre"), sample_stop(4)))
    path = f"{IMPORTS}/{import_id}"
    tag = staff.tag(path)
    assert apply(staff, import_id) == 200
    assert titles(seeded)["terril"] == ["Montée du terril", "Autre titre"]
    assert titles(seeded)["arret-4"] == ["Montée du terril"]
    assert staff.client.get("/fr/arrets/arret-4").status_code == 200
    assert apply(staff, import_id, tag=tag) == 200
    assert titles(seeded)["terril"] == ["Montée du terril", "Autre titre"]
    assert staff.send("GET", path).get_json()["state"] == "applied"


def test_what_staff_changed_is_told_and_stays(seeded: Resources, staff: Staff) -> None:
    told_by_staff(seeded, replace(NARRATIVE, title="Du bureau"))
    archive = packed(corrected(title="De l’archive"))
    assert tried(staff, archive)["terril/fr.md"] == "conflict"
    assert apply(staff, new_import(staff, archive)) == 200
    assert titles(seeded)["terril"] == ["Montée du terril", "Du bureau"]


def change_text(resources: Resources) -> None:
    told_by_staff(resources, replace(NARRATIVE, title="Du bureau"))


def change_place(resources: Resources) -> None:
    with resources.database.transaction() as session:
        get_stop(session, "terril").rescue_post = "112"


def take_the_number(resources: Resources) -> None:
    with resources.database.transaction() as session:
        get_stop(session, "arret-3").number = 4


@pytest.mark.parametrize("change", [change_text, change_place, take_the_number])
def test_what_changed_since_it_was_tried_is_not_done(
    seeded: Resources, staff: Staff, change: Callable[[Resources], None]
) -> None:
    import_id = new_import(staff, packed(corrected(title="Autre titre"), sample_stop(4)))
    change(seeded)
    before = titles(seeded)
    assert apply(staff, import_id) == 412
    assert titles(seeded) == before


def test_a_change_elsewhere_overtakes_nobody(seeded: Resources, staff: Staff) -> None:
    import_id = new_import(staff, packed(corrected(title="Autre titre")))
    told_by_staff(seeded, replace(NARRATIVE, title="Ailleurs"), slug="arret-3")
    assert apply(staff, import_id) == 200


def test_an_import_names_what_was_looked_at(staff: Staff) -> None:
    import_id = new_import(staff, packed(corrected(title="Autre titre")))
    assert apply(staff, import_id, tag='"another"') == 412
    assert staff.send("PUT", f"{IMPORTS}/{import_id}/application").status_code == 428


def test_mistakes_are_told_with_their_lines(staff: Staff) -> None:
    faulty = zipped({"terril/stop.toml": b'number = "one"\n', "terril/fr.md": b"\xff"})
    refused = staff.send("POST", IMPORTS, data=faulty)
    assert refused.status_code == 422
    found = {each["where"]: each["what"] for each in refused.get_json()["errors"]}
    assert found["terril/stop.toml:1"] != ""
    assert found["terril/fr.md:1"] == "expected UTF-8 text"
    wrong = staff.send("POST", IMPORTS, data=packed(sample_stop(4), **{"lexicon.toml": b"[["}))
    assert wrong.get_json()["detail"].startswith("stops/lexicon.toml: ")


def test_what_is_no_archive_is_refused_in_a_sentence(staff: Staff) -> None:
    refused = staff.send("POST", IMPORTS, data=b"<html>")
    assert (refused.status_code, refused.get_json()["detail"]) == (422, "this is no zip file")
    named = staff.send("POST", IMPORTS, data=zipped({"../../etc/passwd": b""}))
    assert named.get_json()["detail"].endswith("none of a stop's files: '../../etc/passwd'")
    assert staff.send("POST", IMPORTS, data=bytes(MOST_BYTES + 1)).status_code == 413


def test_an_import_is_its_persons_alone_and_can_be_dropped(
    seeded: Resources, staff: Staff, client: FlaskClient
) -> None:
    path = f"{IMPORTS}/{new_import(staff, packed(corrected(title='Autre titre')))}"
    other = hired(seeded, client, "publication", email="autre@example.fr")
    assert other.send("GET", path).status_code == 404
    assert staff.send("DELETE", path).status_code == 204
    assert staff.send("GET", path).status_code == 404


def test_an_import_is_kept_for_a_day(seeded: Resources, staff: Staff) -> None:
    import_id = new_import(staff, packed(corrected(title="Autre titre")))
    with seeded.database.transaction() as session:
        session.execute(update(StopImport).values(ends_at=datetime.now(UTC) - timedelta(seconds=1)))
    assert staff.send("GET", f"{IMPORTS}/{import_id}").status_code == 404
    new_import(staff, packed(corrected(title="Un autre")))
    with seeded.database.reading() as session:
        assert session.scalar(select(func.count(StopImport.id))) == 1


def test_a_table_opens_in_a_spreadsheet(seeded: Resources, staff: Staff) -> None:
    told_by_staff(seeded, replace(NARRATIVE, title="=1+1"))
    answer = staff.send("GET", "/api/v1/stops.csv")
    assert answer.data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))
    assert [row["Numéro"] for row in rows] == ["1", "2", "3"]
    assert rows[0]["Titre (fr)"] == "'=1+1"
    assert rows[0]["État (fr)"] == "publié, un texte plus récent attend"
    assert rows[1]["Titre (en)"] == "The black hill"
    assert rows[1]["État (en)"] == "publié"
    assert rows[0]["État (en)"] == ""
    assert rows[0]["Panneaux"] == "7K2M9Q"
    assert rows[0]["Page"] == "https://visite.example.fr/fr/arrets/terril"


def test_a_workbook_holds_texts_as_texts(seeded: Resources, staff: Staff) -> None:
    told_by_staff(seeded, replace(NARRATIVE, title="=1+1"))
    answer = staff.send("GET", "/api/v1/stops.xlsx")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as book:
        page = ET.fromstring(book.read("xl/worksheets/sheet1.xml"))  # noqa: S314 -- our own
    headings, first, *_ = rows = page.findall(".//{*}row")
    assert (len(rows), len(headings)) == (4, len(HEADINGS))
    assert page.findall(".//{*}f") == []
    assert [first[2].get("t"), "".join(first[2].itertext())] == ["inlineStr", "=1+1"]


def test_a_text_that_is_withdrawn_is_told_so(staff: Staff) -> None:
    tag = staff.send("GET", "/api/v1/stops/terril/revisions").headers["ETag"]
    staff.send("DELETE", "/api/v1/stops/terril/publication", tag=tag)
    table = staff.send("GET", "/api/v1/stops.csv").data.decode("utf-8-sig")
    [line] = [
        row for row in csv.DictReader(io.StringIO(table), delimiter=";") if row["Nom"] == "terril"
    ]
    assert line["État (fr)"] == "pas publié"
