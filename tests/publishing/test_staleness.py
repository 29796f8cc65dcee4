"""Whatever changes, the edge never answers what was true before."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from werkzeug.test import TestResponse

from tests.changing import STOP, Staff, hired
from tests.itineraries.test_api import HALTS, ITINERARIES, LOOP, NEW, show
from tests.publishing.edges import Sides
from tests.samples import CODES, NARRATIVE, sample_stop, small_stops, write_samples
from tourapp.accounts.services import operator
from tourapp.itineraries.queries import get_itinerary
from tourapp.itineraries.services import undo_change
from tourapp.narration.rendering import open_renderer
from tourapp.narration.voicing import Voicing
from tourapp.publishing.commands import seed
from tourapp.publishing.services import publish_stop
from tourapp.signage.register.services import add_sign
from tourapp.stops.services import add_revision, get_narrative, get_stop

NOW = datetime(2026, 11, 23, tzinfo=UTC)

Change = Callable[[Sides, Path], object]


def staff_of(sides: Sides, *, email: str = "") -> Staff:
    return hired(sides.resources, sides.app.test_client(), "publication", email=email)


def publish_a_correction(sides: Sides, _folder: Path) -> None:
    staff = staff_of(sides)
    drafted = staff.send("PATCH", STOP, tag=staff.tag(f"{STOP}/draft"), json={"title": "Neuf"})
    written = staff.send("POST", f"{STOP}/revisions", tag=drafted.headers["ETag"])
    body = {"revision": written.get_json()["number"]}
    published = staff.send("POST", f"{STOP}/publish", tag=written.headers["ETag"], json=body)
    assert published.status_code == 200


def publish_a_translation(sides: Sides, _folder: Path) -> None:
    staff = staff_of(sides)
    parts = {name: f"{name} in Dutch" for name in NARRATIVE.__dataclass_fields__}
    tag = staff.tag(f"{STOP}/draft?lang=nl")
    drafted = staff.send("PATCH", f"{STOP}?lang=nl", tag=tag, json=parts)
    written = staff.send("POST", f"{STOP}/revisions?lang=nl", tag=drafted.headers["ETag"])
    tag, body = written.headers["ETag"], {"revision": 1}
    published = staff.send("POST", f"{STOP}/publish?lang=nl", tag=tag, json=body)
    assert published.status_code == 200


def withdraw_a_stop(sides: Sides, _folder: Path) -> None:
    staff = staff_of(sides)
    tag = staff.tag(f"{STOP}/revisions")
    assert staff.send("DELETE", f"{STOP}/publication", tag=tag).status_code == 204


def withdraw_a_translation(sides: Sides, _folder: Path) -> None:
    staff = staff_of(sides)
    stop = "/api/v1/stops/arret-2"
    tag = staff.tag(f"{stop}/revisions?lang=en")
    assert staff.send("DELETE", f"{stop}/publication?lang=en", tag=tag).status_code == 204


def publish_by_a_command(sides: Sides, _folder: Path) -> None:
    with sides.resources.database.transaction() as session:
        narrative = get_narrative(session, get_stop(session, "arret-2"), lang="fr")
        content = replace(NARRATIVE, title="Commandé")
        add_revision(session, narrative, content, origin="staff", now=NOW)
        voicing = Voicing.of(sides.resources.settings)
        publish_stop(session, "arret-2", by=operator("tests", now=NOW), voicing=voicing)


def speak_everything(sides: Sides, _folder: Path) -> None:
    open_renderer(sides.resources).render_due()


def import_a_stop_between(sides: Sides, folder: Path) -> None:
    last = replace(sample_stop(3), place=replace(sample_stop(3).place, number=9))
    seed(sides.resources, write_samples(folder / "moved", last))
    between = replace(sample_stop(4, title="Entre deux"), place=sample_stop(3).place)
    seed(sides.resources, write_samples(folder / "between", between))


def import_another_place(sides: Sides, folder: Path) -> None:
    stop = small_stops()[1]
    position = replace(stop.place.position, latitude=50.5)
    moved = replace(stop, place=replace(stop.place, position=position))
    seed(sides.resources, write_samples(folder / "moved", moved))


def import_a_sign_that_was_missing(sides: Sides, folder: Path) -> None:
    with sides.resources.database.transaction() as session:
        session.execute(text("UPDATE sign SET stop_id = 2 WHERE stop_id = 1"))
    sides.forget()
    sides.restore()
    seed(sides.resources, write_samples(folder / "again", replace(sample_stop(1), code="8M8M8M")))


def change_place(sides: Sides, **parts: object) -> None:
    staff = staff_of(sides)
    place = "/api/v1/stops/arret-2/place"
    changed = staff.send("PATCH", place, tag=staff.tag(place), json=parts)
    assert changed.status_code == 200


def close_a_stop(sides: Sides, _folder: Path) -> None:
    change_place(sides, closures=[{"from": "2026-01-01", "reason": {"fr": "Travaux."}}])


def bring_a_stop_near(sides: Sides, folder: Path) -> None:
    far = replace(sample_stop(10, title="De loin"), code="8M8M8M")
    seed(sides.resources, write_samples(folder / "far", far))
    sides.restore()
    position = {"latitude": 50.4431, "longitude": 2.7781, "accuracy_m": 5, "source": "relevé"}
    staff = staff_of(sides)
    place = "/api/v1/stops/arret-10/place"
    staff.send("PATCH", place, tag=staff.tag(place), json={"position": position})
    assert "De loin" in sides.edge.get("/fr/arrets/terril").text


def move_a_stop(sides: Sides, _folder: Path) -> None:
    position = {"latitude": 50.6, "longitude": 2.7, "accuracy_m": 5, "source": "relevé"}
    change_place(sides, position=position)


def renumber_a_stop(sides: Sides, _folder: Path) -> None:
    change_place(sides, number=99)


def rename_a_stop(sides: Sides, _folder: Path) -> None:
    change_place(sides, slug="le-toit")


def send_on_a_sign(sides: Sides, method: str, path: str, json: object = None) -> None:
    staff = staff_of(sides, email=f"{method.lower()}@example.fr")
    sign = f"/api/v1/signs/{CODES[0]}"
    tag = staff.tag(sign)
    assert staff.send(method, f"{sign}{path}", tag=tag, json=json).status_code == 200


def move_a_sign(sides: Sides, _folder: Path) -> None:
    send_on_a_sign(sides, "POST", "/move", {"stop": "arret-2"})


def retire_a_sign(sides: Sides, _folder: Path) -> None:
    send_on_a_sign(sides, "PUT", "/retirement")


def plan_a_sign_for_a_stop_that_had_none(sides: Sides, folder: Path) -> None:
    move_a_sign(sides, folder)
    sides.restore()
    with sides.resources.database.transaction() as session:
        add_sign(session, "terril", {}, by=operator("tests", now=NOW))


def lead_past_a_stop(sides: Sides) -> Staff:
    staff = staff_of(sides)
    staff.send("POST", ITINERARIES, json=NEW)
    show(staff)
    return staff


def lead_an_itinerary_past_other_stops(sides: Sides, _folder: Path) -> None:
    staff = lead_past_a_stop(sides)
    sides.restore()
    changed = {"title": "Le tour", "halts": HALTS[1:]}
    assert staff.send("PATCH", LOOP, tag=staff.tag(LOOP), json=changed).status_code == 200
    assert "itineraires/la-boucle" not in sides.edge.get("/fr/arrets/terril").text
    assert "Le tour" in sides.edge.get("/fr/arrets/arret-2").text


CHANGES: list[Change] = [
    lead_an_itinerary_past_other_stops,
    close_a_stop,
    move_a_stop,
    bring_a_stop_near,
    renumber_a_stop,
    rename_a_stop,
    publish_a_correction,
    publish_a_translation,
    withdraw_a_stop,
    withdraw_a_translation,
    publish_by_a_command,
    speak_everything,
    import_a_stop_between,
    import_another_place,
    import_a_sign_that_was_missing,
    move_a_sign,
    retire_a_sign,
    plan_a_sign_for_a_stop_that_had_none,
]


# What becomes stale is told by the same statements on both kinds; only how a process learns of it
# differs, whatever was changed.
ON_EACH_KIND = [("sqlite", change) for change in CHANGES] + [
    ("postgresql", change)
    for change in (publish_a_correction, rename_a_stop, import_a_stop_between, move_a_sign)
]


@dataclass
class Truth:
    """What the application answers, asked once: preparing documents changes nothing of it."""

    sides: Sides
    told: dict[tuple[str, str], TestResponse] = field(default_factory=dict)

    def assert_answered(self, addresses: set[str]) -> None:
        """Show that the edge answers so at every address."""
        for address in sorted(addresses):
            for wish in ("fr", "en", "nl") if address.startswith("/Q/") else ("fr",):
                self.sides.assert_answers(self.of(address, wish), address, Accept_Language=wish)

    def of(self, address: str, wish: str) -> TestResponse:
        if (address, wish) not in self.told:
            self.told[address, wish] = self.sides.ask_flask(address, Accept_Language=wish)
        return self.told[address, wish]


@pytest.mark.parametrize(("database_url", "change"), ON_EACH_KIND, indirect=["database_url"])
def test_no_address_is_answered_as_before(fresh: Sides, change: Change, tmp_path: Path) -> None:
    before = {address for address, _ in fresh.prepared()}
    answered = {address: fresh.edge.get(address).data for address in before}
    change(fresh, tmp_path)
    truth = Truth(fresh)
    truth.assert_answered(before)
    fresh.restore()
    after = {address for address, _ in fresh.prepared()}
    truth.assert_answered(before | after)
    assert any(fresh.edge.get(address).data != answered[address] for address in before)


def test_an_import_that_changes_nothing_leaves_everything_prepared(
    fresh: Sides, tmp_path: Path
) -> None:
    seed(fresh.resources, write_samples(tmp_path / "again", *small_stops()))
    assert fresh.restore() == 0


def test_a_change_of_a_draft_leaves_everything_prepared(fresh: Sides) -> None:
    staff = staff_of(fresh)
    staff.send("PATCH", STOP, tag=staff.tag(f"{STOP}/draft"), json={"title": "Neuf"})
    staff.send("POST", f"{STOP}/revisions", tag=staff.tag(f"{STOP}/draft"))
    assert fresh.restore() == 0


def test_a_stop_tells_of_an_itinerary_as_long_as_it_passes_by(fresh: Sides) -> None:
    stop = "/fr/arrets/terril"
    staff = lead_past_a_stop(fresh)
    fresh.restore()
    # What a stop does not tell of it leaves its pages as they are.
    staff.send("PATCH", LOOP, tag=staff.tag(LOOP), json={"summary": "Autrement dit."})
    assert fresh.restore() == 0
    staff.send("PATCH", LOOP, tag=staff.tag(LOOP), json={"title": "Le tour"})
    assert "Le tour" in fresh.edge.get(stop).text
    with fresh.resources.database.transaction() as session:
        version = get_itinerary(session, "la-boucle").version
        undo_change(session, "la-boucle", tag=str(version), by=operator("tests", now=NOW))
    assert "Le tour" not in fresh.edge.get(stop).text
    assert staff.send("DELETE", LOOP, tag=staff.tag(LOOP)).status_code == 204
    assert "itineraires/la-boucle" not in fresh.edge.get(stop).text


def test_what_was_noticed_is_seen_at_once_and_leaves_other_stops_prepared(fresh: Sides) -> None:
    staff, observations = staff_of(fresh), "/api/v1/observations"
    staff.send("POST", observations, json={"stop": "terril", "lang": "fr", "text": "Un renard."})
    assert fresh.restore() == 0
    for state, is_shown in (("published", True), ("waiting", False)):
        tag = staff.tag(f"{observations}/1")
        staff.send("PATCH", f"{observations}/1", tag=tag, json={"state": state})
        assert ("Un renard." in fresh.edge.get("/fr/arrets/terril").text) is is_shown
    # The stop, and the tours that are taken along.
    assert fresh.restore() == 2


def test_a_correction_leaves_distant_stops_prepared(fresh: Sides, tmp_path: Path) -> None:
    far = replace(sample_stop(10), code="8M8M8M")
    seed(fresh.resources, write_samples(tmp_path / "far", far))
    fresh.restore()
    publish_a_correction(fresh, tmp_path)
    assert fresh.restore() == 5


def test_a_sign_that_moves_leaves_distant_stops_prepared(fresh: Sides, tmp_path: Path) -> None:
    move_a_sign(fresh, tmp_path)
    assert fresh.restore() == 3


def test_a_sign_that_comes_back_leads_where_it_led(fresh: Sides, tmp_path: Path) -> None:
    retire_a_sign(fresh, tmp_path)
    fresh.restore()
    assert fresh.edge.get(f"/Q/{CODES[0]}").status_code == 410
    send_on_a_sign(fresh, "DELETE", "/retirement")
    assert fresh.edge.get(f"/Q/{CODES[0]}").status_code == 200
