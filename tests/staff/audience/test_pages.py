"""The audience of a period, drawn and told without scripts."""

import re
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import pytest

from tests.samples import CODES
from tests.staff.desk import Desk
from tests.visit.reading import words
from tourapp.audience.models import Kind, VisitCount
from tourapp.resources import Resources

PAGE = "/bureau/frequentation"
JUNE = f"{PAGE}?du=2026-06-20&au=2026-06-22"


@pytest.fixture(autouse=True)
def _counted(seeded: Resources) -> None:
    counted: tuple[tuple[Kind, str, str, int], ...] = (
        ("sign", CODES[0], "fr", 7),
        ("page", "/fr/arrets/terril", "fr", 5),
        ("page", "/en/arrets/arret-2", "en", 2),
        ("page", "/fr/", "fr", 4),
        ("play", "/fr/arrets/terril", "fr", 3),
        ("whole_play", "/fr/arrets/terril", "fr", 1),
    )
    with seeded.database.transaction() as session:
        for kind, subject, lang, count in counted:
            # Half past eleven in the evening of the 21st, where the visitors are.
            at = datetime(2026, 6, 21, 21, tzinfo=UTC)
            session.add(VisitCount(hour_at=at, kind=kind, subject=subject, lang=lang, count=count))


def lines(desk: Desk, part: str) -> list[str]:
    """Return the lines of a part's table."""
    section = desk.get(JUNE).text.partition(f'<h2 id="{part}">')[2].partition("</table>")[0]
    rows = re.findall(r'<tr><th scope="row">(.*?)</tr>', section)
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in rows]


def test_a_period_is_told_by_day_hour_stop_and_language(publisher: Desk) -> None:
    assert lines(publisher, "day") == ["20 juin 0 0 0 0", "21 juin 7 11 3 1", "22 juin 0 0 0 0"]
    assert lines(publisher, "hour")[23] == "23 h 7 11 3 1"
    assert lines(publisher, "stop") == [
        "Montée du terril 7 5 3 1",
        "Hors des arrêts 0 4 0 0",
        "L’église et son toit 0 2 0 0",
    ]
    assert lines(publisher, "lang") == ["français 7 9 3 1", "anglais 0 2 0 0"]
    told = words(publisher.get(JUNE))
    assert "Panneaux lus 7 Pages vues 11 Écoutes 3 Écoutes entières 1" in told


def test_each_chart_is_a_drawing_that_tells_what_it_is(publisher: Desk) -> None:
    drawings = re.findall(r"<svg role=.*?</svg>", publisher.get(JUNE).text, re.DOTALL)
    charts = [ET.fromstring(drawing) for drawing in drawings]  # noqa: S314 -- our own answer
    assert len(charts) == 16
    assert charts[0].get("aria-label") == "Panneaux lus, par jour"
    assert [len(chart.findall("rect")) for chart in charts[::4]] == [3, 24, 3, 2]


def test_without_a_period_the_last_thirty_days_are_shown(publisher: Desk) -> None:
    told = words(publisher.get(PAGE))
    assert "Rien n’a été compté entre ces deux jours." in told
    assert "Par jour" not in told


def test_a_period_that_is_none_is_told(publisher: Desk) -> None:
    for asked in ("du=2026-06-22&au=2026-06-20", "du=1999-01-01", "au=hier"):
        told = publisher.get(f"{PAGE}?{asked}")
        assert told.status_code == 422
        assert "366 jours au plus" in words(told)


def test_sums_are_taken_along_as_a_sheet(publisher: Desk) -> None:
    [way, *_] = re.findall(r'href="([^"]+par-day.csv[^"]+)"', publisher.get(JUNE).text)
    taken = publisher.get(way.replace("&amp;", "&"))
    assert "filename=frequentation-day.csv" in taken.headers["Content-Disposition"]
    assert taken.text.splitlines()[:2] == ["day,kind,count", "2026-06-21,page,11"]
