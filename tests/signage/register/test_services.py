"""What a plate says once it is printed, and codes that nobody gets twice."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

from tests.changing import Staff
from tests.samples import CODES
from tourapp.accounts.services import operator
from tourapp.errors import ConflictError, UnavailableError
from tourapp.resources import Resources
from tourapp.signage.models import Sign
from tourapp.signage.register.services import add_sign, change_sign, record_printed, retire_sign
from tourapp.signage.services import get_sign

NOW = datetime(2026, 11, 25, tzinfo=UTC)
BY = operator("tests", now=NOW)
SIGN = f"/api/v1/signs/{CODES[0]}"
URL = f"HTTPS://VISITE.EXAMPLE.FR/Q/{CODES[0]}"


@contextmanager
def changing(resources: Resources) -> Iterator[Sign]:
    """Yield the first sign in a transaction."""
    with resources.database.transaction() as session:
        yield get_sign(session, CODES[0])


def print_plate(resources: Resources, url: str = URL) -> None:
    with resources.database.transaction() as session:
        record_printed(session, get_sign(session, CODES[0]), url=url, version="a6 1", by=BY)


def test_a_printed_plate_is_remembered_as_it_is(seeded: Resources, keeper: Staff) -> None:
    tag = keeper.tag(SIGN)
    print_plate(seeded)
    sign = keeper.send("GET", SIGN).json
    assert sign["printed"] == {
        "url": URL,
        "version": "a6 1",
        "number": 1,
        "at": "2026-11-25T00:00:00+00:00",
    }
    assert (sign["state"], sign["outdated"]) == ("printed", [])
    assert keeper.tag(SIGN) != tag


def test_a_plate_that_says_what_is_no_longer_so_is_told(seeded: Resources, keeper: Staff) -> None:
    print_plate(seeded, url="HTTP://127.0.0.1:8000/Q/7K2M9Q")
    keeper.send("POST", f"{SIGN}/move", tag=keeper.tag(SIGN), json={"stop": "arret-2"})
    assert keeper.send("GET", SIGN).json["outdated"] == ["number", "url"]


@pytest.mark.parametrize(
    ("before", "after"),
    [("installed", "installed"), ("damaged", "damaged"), ("removed", "printed")],
)
def test_what_hangs_outside_still_hangs_there_once_it_is_printed_anew(
    seeded: Resources, before: str, after: str
) -> None:
    for state in ("installed", before):
        with changing(seeded) as sign:
            sign.state = state  # type: ignore[assignment] # one of them
    print_plate(seeded)
    with changing(seeded) as sign:
        assert sign.state == after


def test_a_retired_sign_is_not_printed(seeded: Resources) -> None:
    with seeded.database.transaction() as session:
        retire_sign(session, CODES[0], tag="1", by=BY)
    with pytest.raises(ConflictError, match="is retired"):
        print_plate(seeded)


def test_a_code_that_is_taken_is_drawn_again(seeded: Resources) -> None:
    draws = iter([CODES[0], CODES[2], "9XW7KT"])
    with seeded.database.transaction() as session:
        sign = add_sign(session, "terril", {}, by=BY, draw=lambda: next(draws))
        assert sign.code == "9XW7KT"


def test_a_code_is_never_anothers_even_where_its_sign_is_retired(seeded: Resources) -> None:
    with seeded.database.transaction() as session:
        retire_sign(session, CODES[0], tag="1", by=BY)
        with pytest.raises(UnavailableError, match="no code"):
            add_sign(session, "terril", {}, by=BY, draw=lambda: CODES[0])


def test_a_description_alone_leaves_the_state(seeded: Resources) -> None:
    with seeded.database.transaction() as session:
        assert change_sign(session, CODES[0], {"note": "x"}, tag="1", by=BY).state == "planned"
