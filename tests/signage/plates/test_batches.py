"""Signs printed over HTTP: ordered, made by the worker, kept for an hour."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from tests.changing import Staff, hired
from tests.samples import CODES
from tests.signage.plates.printed import needs_typefaces
from tourapp.errors import UnavailableError
from tourapp.resources import Resources
from tourapp.settings import PROJECT_ROOT
from tourapp.signage.models import Sign
from tourapp.signage.plates.apart import print_apart, print_here
from tourapp.signage.plates.batches import KEPT_FOR, LEASE, MOST_ATTEMPTS, MOST_WAITING
from tourapp.signage.plates.checking import read_codes, rendered
from tourapp.signage.plates.content import Batch
from tourapp.signage.plates.models import SignBatch
from tourapp.signage.plates.orders import Order
from tourapp.signage.plates.printer import Printer

PATH = "/api/v1/signs/batches"
HOST = "https://visite.example.fr"
A6: dict[str, Any] = {"stops": ["terril"], "format": "a6", "printed_on": "2026-03-01"}


@pytest.fixture
def manager(seeded: Resources, client: FlaskClient) -> Staff:
    return hired(seeded, client, "publication")


def order(staff: Staff, **changed: object) -> TestResponse:
    return staff.send("POST", PATH, json=A6 | changed)


def read(staff: Staff, asked: TestResponse) -> dict[str, Any]:
    document: dict[str, Any] = staff.send("GET", path_of(asked)).get_json()
    return document


def path_of(asked: TestResponse) -> str:
    return str(asked.json["url"].removeprefix(HOST))


def fake_print(batch: Batch, order: Order, *, root: Path) -> bytes:
    """Print what tells which signs were asked for, in no time."""
    assert root == PROJECT_ROOT
    return f"%PDF {order.layout.format} {[plate.code for plate in batch.plates]}".encode()


def printer(resources: Resources, *, later: timedelta = timedelta(), **how: Any) -> Printer:  # noqa: ANN401
    def clock() -> datetime:
        return datetime.now(UTC) + later

    return Printer(resources, clock=clock, **{"print_order": fake_print} | how)


def change(resources: Resources, **values: object) -> None:
    with resources.database.transaction() as session:
        session.execute(update(SignBatch).values(**values))


def sign(resources: Resources, code: str = CODES[0]) -> Sign:
    with resources.database.reading() as session:
        return session.scalars(select(Sign).where(Sign.code == code)).one()


def test_an_order_is_accepted_and_the_answer_tells_where_to_ask(manager: Staff) -> None:
    asked = order(manager)
    assert (asked.status_code, asked.json["state"], asked.json["signs"]) == (202, "wanted", 1)
    assert asked.headers["Location"] == asked.json["url"]
    assert asked.headers["Location"].startswith(f"{HOST}{PATH}/")
    assert (asked.headers["Retry-After"], asked.headers["Cache-Control"]) == ("1", "no-store")
    assert read(manager, asked) == asked.json
    assert manager.send("GET", path_of(asked)).headers["Retry-After"] == "1"


@needs_typefaces
def test_what_is_ordered_is_printed_and_fetched(seeded: Resources, manager: Staff) -> None:
    asked = order(manager, all=True, theme="dark", marks=True, wheelchair=True)
    printer(seeded, print_order=print_here).print_wanted()
    made = read(manager, asked)
    assert (made["state"], made["signs"], made["reason"]) == ("ready", 3, None)
    fetched = manager.client.get(made["file"]["url"])
    assert fetched.content_type == made["file"]["type"] == "application/pdf"
    assert len(fetched.data) == made["file"]["bytes"]
    codes = [code.text for page in rendered(fetched.data, dpi=150) for code in read_codes(page, 29)]
    assert codes == [f"HTTPS://VISITE.EXAMPLE.FR/Q/{code}" for code in CODES[:3]]
    assert "Retry-After" not in manager.send("GET", path_of(asked)).headers


def test_a_worker_that_nobody_asks_prints_nothing(seeded: Resources) -> None:
    def refuse(*_: object, **__: object) -> bytes:
        raise AssertionError

    printer(seeded, print_order=refuse).print_wanted()


@needs_typefaces
def test_a_process_of_its_own_prints_the_same(seeded: Resources, manager: Staff) -> None:
    asked = order(manager)
    printer(seeded, print_order=print_apart).print_wanted()
    again = order(manager)
    printer(seeded, print_order=print_here).print_wanted()
    assert read(manager, asked)["file"] == read(manager, again)["file"]


def test_the_register_knows_what_was_printed(seeded: Resources, manager: Staff) -> None:
    order(manager)
    printer(seeded).print_wanted()
    printed = sign(seeded)
    assert (printed.state, printed.printed_version, printed.printed_number) == ("printed", "v1", 1)
    assert printed.printed_url == "HTTPS://VISITE.EXAMPLE.FR/Q/7K2M9Q"
    assert sign(seeded, CODES[1]).state == "planned"


def test_a_trial_is_not_registered(seeded: Resources, manager: Staff) -> None:
    local = replace(seeded, settings=replace(seeded.settings, public_url="http://127.0.0.1:8000"))
    order(manager)
    printer(local).print_wanted()
    assert sign(seeded).state == "planned"


def test_a_sign_that_moves_meanwhile_is_printed_again(seeded: Resources, manager: Staff) -> None:
    def print_and_move(batch: Batch, order: Order, *, root: Path) -> bytes:
        with seeded.database.transaction() as session:
            session.execute(update(Sign).where(Sign.code == CODES[0]).values(stop_id=2))
        return fake_print(batch, order, root=root)

    asked = order(manager)
    printer(seeded, print_order=print_and_move).print_wanted()
    made = read(manager, asked)
    assert made["state"] == "failed"
    assert "print it again" in made["reason"]


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ({"distance_cm": 500}, "does not fit on a6"),
        ({"packing": "png", "all": True}, "a picture shows one sign, not 3"),
    ],
)
@needs_typefaces
def test_what_cannot_be_printed_says_why(
    seeded: Resources, manager: Staff, fault: dict[str, Any], reason: str
) -> None:
    asked = order(manager, **fault)
    printer(seeded, print_order=print_here).print_wanted()
    made = read(manager, asked)
    assert (made["state"], made["file"]) == ("failed", None)
    assert reason in made["reason"]


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"stops": []}, 422),
        ({"format": "a7"}, 422),
        ({"distance_cm": 0}, 422),
        ({"theme": "pink"}, 422),
        ({"stops": ["nowhere"]}, 404),
        ({"stops": [], "codes": ["000000"]}, 404),
    ],
)
def test_an_order_that_makes_no_sense_is_refused_at_once(
    manager: Staff, changed: dict[str, Any], status: int
) -> None:
    assert order(manager, **changed).status_code == status


def test_only_who_manages_signs_may_print_them(seeded: Resources, client: FlaskClient) -> None:
    assert client.post(PATH, json=A6).status_code == 401
    assert order(hired(seeded, client, "redaction")).status_code == 403


def test_nobody_keeps_the_worker_to_himself(manager: Staff) -> None:
    for _ in range(MOST_WAITING):
        assert order(manager).status_code == 202
    refused = order(manager)
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "5")


def test_a_batch_is_gone_with_its_file_after_an_hour(seeded: Resources, manager: Staff) -> None:
    asked = order(manager)
    printer(seeded).print_wanted()
    file = read(manager, asked)["file"]["url"]
    printer(seeded, later=KEPT_FOR).print_wanted()
    assert manager.send("GET", path_of(asked)).status_code == 404
    assert manager.client.get(file).status_code == 404


def test_a_file_that_another_batch_names_stays(seeded: Resources, manager: Staff) -> None:
    order(manager)
    printer(seeded).print_wanted()
    change(seeded, ends_at=datetime.now(UTC))
    again = order(manager)
    printer(seeded).print_wanted()
    assert manager.client.get(read(manager, again)["file"]["url"]).status_code == 200


def test_a_batch_that_a_dead_worker_began_is_taken_up_and_then_given_up(
    seeded: Resources, manager: Staff
) -> None:
    asked = order(manager)

    def die(*_: object, **__: object) -> bytes:
        raise KeyboardInterrupt

    for attempt in range(MOST_ATTEMPTS):
        with pytest.raises(KeyboardInterrupt):
            printer(seeded, print_order=die, later=attempt * LEASE).print_wanted()
    assert read(manager, asked)["state"] == "printing"
    printer(seeded, later=MOST_ATTEMPTS * LEASE).print_wanted()
    assert "the worker ended 2 times" in read(manager, asked)["reason"]


def test_a_worker_that_lost_its_claim_records_nothing(seeded: Resources, manager: Staff) -> None:
    def lose(batch: Batch, order: Order, *, root: Path) -> bytes:
        change(seeded, lease="another's")
        return fake_print(batch, order, root=root)

    asked = order(manager)
    printer(seeded, print_order=lose).print_wanted()
    assert read(manager, asked)["state"] == "printing"
    assert sign(seeded).state == "planned"


@pytest.mark.parametrize(
    ("error", "told"),
    [(UnavailableError("no ink"), "no ink"), (ZeroDivisionError(), "ZeroDivisionError()")],
)
def test_a_fault_ends_one_batch_and_not_the_next(
    seeded: Resources, manager: Staff, error: Exception, told: str
) -> None:
    faults: list[Exception] = [error]

    def print_or_fail(batch: Batch, order: Order, *, root: Path) -> bytes:
        if faults:
            raise faults.pop()
        return fake_print(batch, order, root=root)

    first, second = order(manager), order(manager)
    printer(seeded, print_order=print_or_fail).print_wanted()
    assert read(manager, first)["reason"] == told
    assert read(manager, second)["state"] == "ready"


def test_the_worker_goes_on_printing_until_it_is_ended(seeded: Resources, manager: Staff) -> None:
    ended = Event()
    asked = order(manager)

    def print_and_end(*given: Any, **how: Any) -> bytes:  # noqa: ANN401 -- as it is printed
        ended.set()
        return fake_print(*given, **how)

    printer(seeded, print_order=print_and_end).keep(ended)
    assert read(manager, asked)["state"] == "ready"


def test_a_server_process_loads_nothing_that_prints() -> None:
    asked = "import sys, tourapp.app; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", asked], cwd=PROJECT_ROOT, capture_output=True, text=True, check=True
    )
    assert not {"typst", "pypdfium2", "zxingcpp"} & set(loaded.stdout.split())


def test_a_printing_process_that_is_killed_is_told() -> None:
    with pytest.raises(UnavailableError, match="was ended"):
        print_apart(KillsItself(), A6, root=PROJECT_ROOT)  # type: ignore[arg-type]


class KillsItself:
    """What ends the process that it is handed to."""

    def __reduce__(self) -> tuple[Callable[[int], None], tuple[int]]:
        return os._exit, (1,)
