"""What players tell, and the sums that staff read."""

import csv
import io
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient

from tests.audience import counts
from tests.changing import Staff, hired
from tests.samples import CODES
from tourapp.audience.services import add_visits
from tourapp.resources import Resources
from tourapp.stops.renaming import rename_stop
from tourapp.stops.services import get_stop

if TYPE_CHECKING:
    from tourapp.audience.models import Kind

PLAYS = "/api/v1/plays"
PLAY = {"stop": "terril", "lang": "fr", "kind": "play"}
HERE = {"Sec-Fetch-Site": "same-origin", "User-Agent": "Mozilla/5.0 (Linux; Android 14)"}
PAGE = "/fr/arrets/terril"
AUDIENCE = "/api/v1/audience"
PARIS = ZoneInfo("Europe/Paris")
NEW_YEAR = "from=2026-01-01&until=2026-01-02"


@pytest.fixture
def staff(seeded: Resources, client: FlaskClient) -> Staff:
    return hired(seeded, client, "publication")


def told(client: FlaskClient, play: Any = None, **headers: str) -> int:  # noqa: ANN401 -- any JSON
    """Send what a player tells, and return the status of the answer."""
    own = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.post(PLAYS, json=PLAY if play is None else play, headers=HERE | own).status_code


def counted(resources: Resources) -> dict[tuple[str, str, str], int]:
    resources.closing.close()
    return counts.counted(resources.database)


def visited(resources: Resources, at: datetime, **visits: int) -> None:
    """Count visits of an hour."""
    opened: dict[str, tuple[Kind, str, str]] = {
        "sign": ("sign", CODES[0], "fr"),
        "page": ("page", PAGE, "fr"),
        "play": ("play", PAGE, "fr"),
        "whole_play": ("whole_play", PAGE, "fr"),
        "home": ("page", "/fr/", "fr"),
        "other": ("page", "/en/arrets/arret-2", "en"),
        "plain": ("page", f"{PAGE}/facile", "fr"),
    }
    with resources.database.transaction() as session:
        for name, count in visits.items():
            kind, subject, lang = opened[name]
            add_visits(session, {(kind, lang): {subject: count}}, now=at)


def sums(staff: Staff, query: str) -> list[dict[str, Any]]:
    answer = staff.send("GET", f"{AUDIENCE}?{query}")
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.get_json()
    return found


@pytest.mark.parametrize("kind", ["play", "whole_play"])
def test_a_play_is_counted_under_its_page(
    seeded: Resources, client: FlaskClient, kind: str
) -> None:
    assert told(client, PLAY | {"kind": kind}) == 204
    assert counted(seeded) == {(kind, "/fr/arrets/terril", "fr"): 1}


def test_a_play_of_a_page_that_was_kept_counts_under_the_new_name(
    seeded: Resources, client: FlaskClient
) -> None:
    with seeded.database.transaction() as session:
        rename_stop(session, get_stop(session, "terril"), "montee")
    assert told(client) == 204
    assert counted(seeded) == {("play", "/fr/arrets/montee", "fr"): 1}


@pytest.mark.parametrize(
    "headers",
    [
        {"User_Agent": "Googlebot/2.1"},
        {"Sec_Purpose": "prefetch"},
    ],
)
def test_whoever_is_no_visitor_plays_for_nobody(
    seeded: Resources, client: FlaskClient, headers: dict[str, str]
) -> None:
    assert told(client, **headers) == 204
    assert counted(seeded) == {}


@pytest.mark.parametrize("name", ["bureau", "__Host-bureau"])
def test_who_works_here_plays_for_nobody(seeded: Resources, client: FlaskClient, name: str) -> None:
    client.set_cookie(name, "abc", domain="localhost")
    assert told(client) == 204
    assert counted(seeded) == {}


@pytest.mark.parametrize(
    "headers", [{"Sec_Fetch_Site": "cross-site"}, {"Origin": "https://elsewhere.example"}]
)
def test_another_site_makes_nobody_play(
    seeded: Resources, client: FlaskClient, headers: dict[str, str]
) -> None:
    assert told(client, **headers) == 403
    assert counted(seeded) == {}


@pytest.mark.parametrize(
    ("play", "status"),
    [
        (PLAY | {"stop": "nowhere"}, 404),
        (PLAY | {"stop": "/fr"}, 422),
        (PLAY | {"lang": "xx"}, 422),
        (PLAY | {"kind": "sign"}, 422),
        (PLAY | {"person": "1"}, 422),
        ([], 422),
    ],
)
def test_what_is_no_play_is_refused(
    seeded: Resources, client: FlaskClient, play: object, status: int
) -> None:
    assert told(client, play) == status
    assert counted(seeded) == {}


def test_sums_are_told_by_kind_where_nothing_else_is_asked(seeded: Resources, staff: Staff) -> None:
    now = datetime.now(UTC)
    visited(seeded, now, sign=2, page=3, play=1)
    visited(seeded, now - timedelta(days=200), sign=50)
    assert sums(staff, "") == [
        {"kind": "page", "count": 3},
        {"kind": "play", "count": 1},
        {"kind": "sign", "count": 2},
    ]


def test_a_day_and_its_hours_are_the_visitors_own(seeded: Resources, staff: Staff) -> None:
    for at in ("2025-12-31T22:59", "2025-12-31T23:00", "2026-01-01T22:00", "2026-01-02T10:00"):
        visited(seeded, datetime.fromisoformat(f"{at}:00Z"), page=1)
    assert sums(staff, f"{NEW_YEAR}&by=day,hour") == [
        {"day": "2026-01-01", "hour": 0, "count": 1},
        {"day": "2026-01-01", "hour": 23, "count": 1},
        {"day": "2026-01-02", "hour": 11, "count": 1},
    ]
    assert sums(staff, "from=2026-01-01&until=2026-01-01&by=kind") == [{"kind": "page", "count": 2}]


def test_the_hour_that_comes_twice_is_added_up(seeded: Resources, staff: Staff) -> None:
    for at in (datetime(2026, 10, 25, 0, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC)):
        visited(seeded, at, page=1)
    assert sums(staff, "from=2026-10-25&until=2026-10-25&by=hour") == [{"hour": 2, "count": 2}]


def test_a_stop_has_its_pages_its_signs_and_its_plays(seeded: Resources, staff: Staff) -> None:
    visited(
        seeded,
        datetime(2026, 1, 1, 12, tzinfo=UTC),
        sign=5,
        page=3,
        play=2,
        whole_play=1,
        home=9,
        other=4,
        plain=7,
    )
    with seeded.database.transaction() as session:
        rename_stop(session, get_stop(session, "terril"), "montee")
    found = sums(staff, f"{NEW_YEAR}&by=stop,kind")
    assert sorted(found, key=str) == sorted(
        [
            {"stop": None, "kind": "page", "count": 9},
            {"stop": "arret-2", "kind": "page", "count": 4},
            {"stop": "montee", "kind": "page", "count": 10},
            {"stop": "montee", "kind": "play", "count": 2},
            {"stop": "montee", "kind": "sign", "count": 5},
            {"stop": "montee", "kind": "whole_play", "count": 1},
        ],
        key=str,
    )
    signs = sums(staff, f"{NEW_YEAR}&by=sign,lang")
    assert {"sign": CODES[0], "lang": "fr", "count": 5} in signs
    assert sum(each["count"] for each in signs) == 31


def test_many_sums_are_told_by_the_page(seeded: Resources, staff: Staff) -> None:
    for hour in range(5):
        visited(seeded, datetime(2026, 1, 1, 10 + hour, tzinfo=UTC), page=1)
    path = f"{AUDIENCE}?{NEW_YEAR}&by=hour&page_size=2&page=3"
    answer = staff.send("GET", path)
    assert answer.get_json() == [{"hour": 15, "count": 1}]
    assert '"total": 5' in answer.headers["X-Pagination"]
    assert staff.send("GET", f"{AUDIENCE}?page_size=1001").status_code == 422


def test_sums_come_as_a_sheet_too(seeded: Resources, staff: Staff) -> None:
    visited(seeded, datetime(2026, 1, 1, 12, tzinfo=UTC), page=3, home=1)
    answer = staff.send("GET", f"{AUDIENCE}.csv?{NEW_YEAR}&by=day,stop")
    assert answer.content_type == "text/csv; charset=utf-8"
    rows = sorted(csv.reader(io.StringIO(answer.text)))
    assert rows == [
        ["2026-01-01", "", "1"],
        ["2026-01-01", "terril", "3"],
        ["day", "stop", "count"],
    ]


@pytest.mark.parametrize(
    "query",
    [
        "from=2026-01-02&until=2026-01-01",
        "from=2024-01-01&until=2026-01-01",
        "by=person",
        "by=kind,kind",
        "from=yesterday",
    ],
)
def test_what_cannot_be_added_up_is_refused(staff: Staff, query: str) -> None:
    assert staff.send("GET", f"{AUDIENCE}?{query}").status_code == 422


@pytest.mark.usefixtures("staff")
def test_sums_are_for_staff(seeded: Resources, client: FlaskClient) -> None:
    assert client.get(AUDIENCE).status_code == 401
    guide = hired(seeded, client, "guide")
    assert guide.send("GET", f"{AUDIENCE}.csv").status_code == 403


def test_today_is_the_last_day_by_itself(seeded: Resources, staff: Staff) -> None:
    visited(seeded, datetime.now(UTC), page=1)
    today = datetime.now(PARIS).date()
    assert sums(staff, "by=day") == [{"day": today.isoformat(), "count": 1}]
    assert isinstance(today, date)
