"""How the bureau tells devices, times and waits."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from tourapp.accounts.permissions import PERMISSIONS, ROLES
from tourapp.accounts.wording import ROLE_HINTS, ROLE_NAMES, SCOPE_NAMES, wait_told
from tourapp.errors import ExceededError
from tourapp.settings import PROJECT_ROOT
from tourapp.staff.wording import action, certainty, count, device, moment

CHROME = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/131.0 Safari/537.36"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1"


@pytest.mark.parametrize(
    ("agent", "told"),
    [
        (CHROME, "Chrome sur Windows"),
        (f"{CHROME} Edg/131.0", "Edge sur Windows"),
        (SAFARI, "Safari sur iPhone"),
        ("curl/8", "Navigateur sur appareil inconnu"),
    ],
)
def test_a_device_is_told_by_what_it_says(agent: str, told: str) -> None:
    assert device(agent) == told


def test_a_moment_is_that_of_the_place() -> None:
    at = datetime(2026, 3, 1, 23, 5, tzinfo=UTC)
    told = "2\u00a0mars\u00a02026 à 0\u202fh\u202f05"
    assert moment(at, zone=ZoneInfo("Europe/Paris")) == told


def test_a_count_is_told_by_thousands() -> None:
    assert [count(number) for number in (0, 192, 3027)] == ["0", "192", "3\u202f027"]


def test_whatever_the_log_keeps_has_a_french_name() -> None:
    code = "".join(path.read_text() for path in sorted((PROJECT_ROOT / "tourapp").rglob("*.py")))
    kept = set(re.findall(r'\brecord\(\s*session,\s*by,\s*"([a-z_.]+)"', code))
    assert {"walk.create", "file.import", "stop.place"} <= kept
    assert not {name for name in kept if action(name) == name}


def test_every_role_and_permission_has_a_french_name() -> None:
    assert set(ROLE_NAMES) == set(ROLE_HINTS) == set(ROLES)
    assert set(SCOPE_NAMES) == set(PERMISSIONS)


@pytest.mark.parametrize(
    ("confidence", "told"), [(0.28, "dit ce texte"), (0.15, "peut-être"), (0.0, "sans doute")]
)
def test_a_recording_is_told_to_read_its_text_or_another(confidence: float, told: str) -> None:
    assert told in certainty(confidence)


def test_what_has_no_french_name_yet_is_still_told() -> None:
    assert action("something.new") == "something.new"


@pytest.mark.parametrize(
    ("left_s", "told"),
    [
        (0.2, "1\u00a0seconde."),
        (1.6, "2\u00a0secondes"),
        (64, "64\u00a0secondes"),
        (512, "9\u00a0minutes"),
    ],
)
def test_a_wait_is_told_in_what_people_count(left_s: float, told: str) -> None:
    assert told in wait_told(ExceededError("wait", retry_after_s=left_s))
