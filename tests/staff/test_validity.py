"""Every page of the bureau that a link leads to is valid HTML."""

import re
import shutil
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import pytest
from flask import Flask

from tests.samples import CODES
from tests.staff.desk import CHEAP, Desk, seated
from tests.visit.test_validity import VALIDATOR, faults
from tourapp.audience.models import VisitCount
from tourapp.bureau import create_bureau
from tourapp.observations.services import Noticed, add_observation
from tourapp.resources import Resources
from tourapp.signage.reports.services import report_damage

# A button of a form sends it: that is what almost all of them are for.
BY_DESIGN = ("no-implicit-button-type",)

# What a link leads to that is no page of the bureau, or would be one for each version.
OTHERS = re.compile(r"/(?:apercu|versions/\d+)$|\.(?:csv|xlsx|zip|gpx|geojson)\b")


@pytest.fixture
def bureau(seeded: Resources) -> Flask:
    with seeded.database.transaction() as session:
        report_damage(session, CODES[0], note="Il penche.", now=datetime.now(UTC))
        noticed = Noticed(stop="terril", lang="en", text="A fox.", kind="seen")
        add_observation(session, noticed, on=datetime.now(UTC).date())
        session.add(a_scan())
    return create_bureau(seeded, nudge=lambda: None, hasher=CHEAP)


def a_scan() -> VisitCount:
    """Return that somebody scans a sign now."""
    hour_at = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    return VisitCount(hour_at=hour_at, kind="sign", subject=CODES[0], lang="fr", count=3)


def reachable(desk: Desk) -> dict[str, str]:
    """Return every page by its address, without what follows the address."""
    pages: dict[str, str] = {}
    waiting = ["/bureau/"]
    while waiting:
        address = waiting.pop()
        path = address.partition("?")[0]
        if path not in pages:
            answer = desk.get(address)
            assert answer.status_code == 200, address
            pages[path] = answer.text
            found = (unescape(each) for each in re.findall(r'href="(/bureau/[^"#]*)', answer.text))
            waiting += [each for each in found if not OTHERS.search(each)]
    return pages


@pytest.mark.skipif(shutil.which("node") is None, reason="no node here")
@pytest.mark.skipif(not VALIDATOR.exists(), reason="html-validate is not installed")
def test_every_page_of_the_bureau_is_valid(bureau: Flask, tmp_path: Path) -> None:
    desk = seated(bureau, "administration")
    desk.send("/bureau/lexique/nouveau", written="terril(s)", lang="fr", said="téri")
    pages = reachable(desk)
    assert len(pages) > 30
    for address, page in pages.items():
        (tmp_path / f"{re.sub(r'[^a-z0-9]', '_', address)}.html").write_text(page, "utf-8")
    assert faults(tmp_path, without=BY_DESIGN) == []
