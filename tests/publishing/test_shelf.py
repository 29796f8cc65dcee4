import tempfile
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from sqlalchemy import event, text

from tests.catalogue.test_services import document, mark, put, stale
from tourapp.audience.tally import Tally
from tourapp.catalogue.queries import read_version
from tourapp.db import Database
from tourapp.errors import UnavailableError
from tourapp.publishing.shelf import Shelf
from tourapp.resources import Resources

BODY = b"x" * 5_000


@dataclass
class PlainClock:
    """Asks the database each time."""

    database: Database

    def version(self) -> int:
        """Return the version as it is now."""
        with self.database.reading() as session:
            return read_version(session)

    def close(self) -> None:
        """Hold nothing."""


def shelf(resources: Resources, *, most_bytes: int = 100_000) -> Shelf:
    clock = PlainClock(resources.database)
    tally = Tally(resources.database)
    return Shelf(resources.database, clock, tally=tally, fingerprint="f", most_bytes=most_bytes)


def body(kept: Shelf, address: str) -> bytes | None:
    found = kept.find(address, "identity")
    return found[0].read_body() if found else None


def statements(resources: Resources, act: Callable[[], object]) -> int:
    """Count what is asked about documents."""
    asked: list[str] = []

    def note(*arguments: object) -> None:
        asked.append(str(arguments[2]))

    event.listen(resources.database.engine, "before_cursor_execute", note)
    act()
    event.remove(resources.database.engine, "before_cursor_execute", note)
    return sum("FROM document" in statement for statement in asked)


@pytest.fixture
def ten(resources: Resources) -> Resources:
    """Prepare ten documents, each of a topic of its own."""
    put(resources, stale(resources))
    for number in range(10):
        mark(resources, f"topic-{number}")
        one = document(f"/{number}", f"topic-{number}", body=BODY)
        put(resources, stale(resources), one)
    return resources


def test_a_document_is_read_once(ten: Resources) -> None:
    kept = shelf(ten)
    assert statements(ten, lambda: body(kept, "/1")) == 1
    assert statements(ten, lambda: body(kept, "/1")) == 0
    assert body(kept, "/1") == BODY


def test_addresses_that_somebody_made_up_take_no_room(ten: Resources) -> None:
    kept = shelf(ten, most_bytes=5_000)
    body(kept, "/1")
    for number in range(50):
        assert kept.find(f"/nowhere-{number}", "br") == ()
    assert statements(ten, lambda: body(kept, "/1")) == 0


def test_a_change_drops_its_own_topics_alone(ten: Resources) -> None:
    kept = shelf(ten)
    for number in range(10):
        body(kept, f"/{number}")
    mark(ten, "topic-3")
    assert body(kept, "/3") is None
    others = [number for number in range(10) if number != 3]
    assert statements(ten, lambda: [body(kept, f"/{number}") for number in others]) == 0
    put(ten, stale(ten), document("/3", "topic-3", body=b"new"))
    assert body(kept, "/3") == b"new"


def test_what_was_not_prepared_is_found_as_soon_as_it_is(ten: Resources) -> None:
    kept = shelf(ten)
    assert body(kept, "/new") is None
    mark(ten, "new")
    put(ten, stale(ten), document("/new", "new"))
    assert body(kept, "/new") == b"body"


def test_with_too_many_documents_it_begins_anew(ten: Resources) -> None:
    kept = shelf(ten, most_bytes=4_000)
    for number in range(10):
        assert body(kept, f"/{number}") == BODY
    assert statements(ten, lambda: [body(kept, f"/{number}") for number in range(6, 10)]) == 0
    assert statements(ten, lambda: body(kept, "/0")) == 1


def test_with_too_many_bytes_it_begins_anew(ten: Resources) -> None:
    mark(ten, "large")
    put(ten, stale(ten), document("/large", "large", body=BODY * 20))
    kept = shelf(ten, most_bytes=10_000)
    for address in ("/1", "/large", "/2"):
        body(kept, address)
    assert statements(ten, lambda: body(kept, "/2")) == 0
    assert statements(ten, lambda: body(kept, "/1")) == 1


def test_what_was_found_before_a_shelf_began_anew_can_still_be_read(ten: Resources) -> None:
    kept = shelf(ten, most_bytes=1_000)
    [found] = kept.find("/1", "identity")
    for number in range(10):
        body(kept, f"/{number}")
    assert found.read_body() == BODY


def test_without_room_for_a_file_nothing_is_kept(
    ten: Resources, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    kept = shelf(ten)
    monkeypatch.setattr(tempfile, "tempdir", "/nowhere")
    with pytest.raises(UnavailableError, match="cannot be kept in a temporary file"):
        kept.find("/1", "br")
    assert "cannot be kept in a temporary file" in caplog.text


def test_a_version_that_goes_back_drops_everything(ten: Resources) -> None:
    kept = shelf(ten)
    assert body(kept, "/1") == BODY
    with ten.database.transaction() as session:
        session.execute(text("UPDATE catalogue SET version = 1"))
        session.execute(text("UPDATE document SET identity = :body"), {"body": b"restored"})
    assert body(kept, "/1") == b"restored"


def test_what_changes_while_it_is_read_is_not_kept(ten: Resources) -> None:
    kept = shelf(ten)
    body(kept, "/1")
    changed: list[str] = []

    def change_meanwhile(*arguments: object) -> None:
        if "FROM document" in str(arguments[2]) and "topic-2" not in changed:
            changed.append("topic-2")
            mark(ten, *changed)
            # Another thread's question, which drops what changed before this one is kept.
            body(kept, "/1")

    event.listen(ten.database.engine, "after_cursor_execute", change_meanwhile)
    assert body(kept, "/2") == BODY
    event.remove(ten.database.engine, "after_cursor_execute", change_meanwhile)
    assert body(kept, "/2") is None
