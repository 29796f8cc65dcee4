"""What visitors say of damaged signs: read, and closed."""

import re
from datetime import UTC, datetime

import pytest

from tests.samples import CODES
from tests.staff.desk import Desk
from tests.visit.reading import words
from tourapp.resources import Resources
from tourapp.signage.reports.services import report_damage
from tourapp.staff.signs.reports import pages

REPORTS = "/bureau/panneaux/signalements"
SIGN = f"/bureau/panneaux/{CODES[0]}"


@pytest.fixture(autouse=True)
def _told(seeded: Resources) -> None:
    with seeded.database.transaction() as session:
        for note in ("Il penche.", ""):
            report_damage(session, CODES[0], note=note, now=datetime.now(UTC))


def closing(desk: Desk, path: str) -> str:
    return str(re.findall(r'action="([^"]+/clore)"', desk.get(path).text)[0])


def test_a_report_is_closed_once_it_was_seen_to(publisher: Desk) -> None:
    told = words(publisher.get(REPORTS))
    assert "Il penche." in told
    assert "Abîmé, sans autre précision." in told
    left = words(publisher.follow(closing(publisher, REPORTS)))
    assert "C’est classé." in left
    assert left.count("C’est vu, classer") == 1
    assert "classé le" in words(publisher.get(f"{REPORTS}?clos=1"))


def test_a_sign_shows_what_is_said_of_it(publisher: Desk) -> None:
    assert "Ce qu’en disent les visiteurs 2" in words(publisher.get(SIGN))
    left = words(publisher.follow(closing(publisher, SIGN), panneau="1"))
    assert "Ce qu’en disent les visiteurs 1" in left
    assert "Ce qu’en disent" not in words(publisher.get(f"/bureau/panneaux/{CODES[1]}"))


def test_an_empty_list_says_so(publisher: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Rien n’a encore été classé." in words(publisher.get(f"{REPORTS}?clos=1"))
    monkeypatch.setattr(pages, "LISTED_AT_ONCE", 1)
    assert "Page 1 sur 2 Plus anciens" in words(publisher.get(REPORTS))
    assert "Plus récents Page 2 sur 2" in words(publisher.get(f"{REPORTS}?page=2"))
    for _ in range(2):
        publisher.send(closing(publisher, REPORTS))
    assert "Aucun signalement n’attend." in words(publisher.get(REPORTS))
    assert "Plus récents Page 2 sur 2" in words(publisher.get(f"{REPORTS}?clos=1&page=2"))
