"""Numbers that last: what is printed on a plate leads where it led, or a change is refused."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from tests.changing import Staff
from tests.samples import CODES, sample_stop, write_samples
from tourapp.accounts.services import operator
from tourapp.publishing.commands import seed
from tourapp.resources import Resources
from tourapp.signage.models import Sign, State
from tourapp.signage.register.services import move_sign, record_printed, retire_sign
from tourapp.signage.services import get_sign
from tourapp.stops.content import StopContent
from tourapp.stops.services import get_stop

BY = operator("tests", now=datetime(2026, 11, 25, tzinfo=UTC))
CARRIED = f"number 1 is printed on signs that lead to 'terril': {CODES[0]}"


@contextmanager
def changing(resources: Resources) -> Iterator[Sign]:
    with resources.database.transaction() as session:
        yield get_sign(session, CODES[0])


@pytest.fixture
def printed(seeded: Resources) -> Resources:
    """Print the first stop's plate, which says number 1."""
    with seeded.database.transaction() as session:
        record_printed(session, get_sign(session, CODES[0]), url="X", version="1", by=BY)
    return seeded


def numbered(stop: StopContent, number: int) -> StopContent:
    return replace(stop, place=replace(stop.place, number=number))


def renumber(keeper: Staff, slug: str, number: int) -> TestResponse:
    place = f"/api/v1/stops/{slug}/place"
    return keeper.send("PATCH", place, tag=keeper.tag(place), json={"number": number})


def test_a_stop_keeps_the_number_that_its_plates_say(printed: Resources, keeper: Staff) -> None:
    refused = renumber(keeper, "terril", 9)
    assert refused.status_code == 409
    assert CARRIED in refused.json["detail"]
    assert renumber(keeper, "terril", 1).status_code == 200
    assert renumber(keeper, "arret-2", 9).status_code == 200
    assert printed


def test_nobody_gets_the_number_of_a_plate_that_was_moved_with_it(
    printed: Resources, keeper: Staff
) -> None:
    with printed.database.transaction() as session:
        move_sign(session, CODES[0], to="arret-2", tag="2", by=BY)
    assert renumber(keeper, "terril", 9).status_code == 200
    refused = renumber(keeper, "arret-3", 1)
    assert refused.status_code == 409
    assert "lead to 'arret-2'" in refused.json["detail"]
    assert renumber(keeper, "arret-2", 1).status_code == 200


@pytest.mark.parametrize("state", ["planned", "removed"])
def test_a_plate_that_nobody_reads_holds_no_number(
    printed: Resources, keeper: Staff, state: State
) -> None:
    with changing(printed) as sign:
        sign.state = state
    assert renumber(keeper, "terril", 9).status_code == 200


@pytest.mark.parametrize("state", ["installed", "damaged"])
def test_a_plate_that_hangs_holds_its_number_even_retired(
    printed: Resources, keeper: Staff, state: State
) -> None:
    with printed.database.transaction() as session:
        get_sign(session, CODES[0]).state = state
        retire_sign(session, CODES[0], tag="2", by=BY)
    assert renumber(keeper, "terril", 9).status_code == 409


def test_an_import_reports_a_number_that_plates_say_and_writes_nothing_of_it(
    printed: Resources, tmp_path: Path
) -> None:
    moved = replace(numbered(sample_stop(1), 9))
    [place, text] = seed(printed, write_samples(tmp_path / "more", moved))
    assert (place.outcome, text.outcome) == ("conflict", "unchanged")
    assert CARRIED in place.reason
    with printed.database.reading() as session:
        assert get_stop(session, "terril").number == 1


def test_a_new_stop_does_not_get_a_number_that_a_plate_says(
    printed: Resources, keeper: Staff, tmp_path: Path
) -> None:
    with printed.database.transaction() as session:
        move_sign(session, CODES[0], to="arret-2", tag="2", by=BY)
    assert renumber(keeper, "terril", 9).status_code == 200
    [place] = seed(printed, write_samples(tmp_path / "more", numbered(sample_stop(4), 1)))
    assert place.outcome == "conflict"
    assert CODES[0] in place.reason
