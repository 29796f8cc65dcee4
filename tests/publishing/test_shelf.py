from collections.abc import Callable
from dataclasses import dataclass

import pytest
from sqlalchemy import event, text

from tests.catalogue.test_services import document, mark, put, stale
from tourapp.catalogue.queries import read_version
from tourapp.db import Database
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
    return Shelf(resources.database, clock, fingerprint="f", most_bytes=most_bytes)


def body(kept: Shelf, address: str) -> bytes | None:
    found = kept.find(address, "identity").by_lang.get("fr")
    return None if found is None else found.body


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


def test_what_is_not_prepared_is_asked_about_once(ten: Resources) -> None:
    kept = shelf(ten)
    assert statements(ten, lambda: kept.find("/nowhere", "br")) == 1
    assert statements(ten, lambda: kept.find("/nowhere", "br")) == 0


def test_a_change_drops_its_own_topics_alone(ten: Resources) -> None:
    kept = shelf(ten)
    for number in range(10):
        body(kept, f"/{number}")
    mark(ten, "topic-3")
    assert body(kept, "/3") is None
    assert statements(ten, lambda: [body(kept, f"/{number}") for number in range(10)]) == 0
    put(ten, stale(ten), document("/3", "topic-3", body=b"new"))
    assert body(kept, "/3") == b"new"


def test_what_was_not_prepared_is_found_as_soon_as_it_is(ten: Resources) -> None:
    kept = shelf(ten)
    assert body(kept, "/new") is None
    mark(ten, "new")
    put(ten, stale(ten), document("/new", "new"))
    assert body(kept, "/new") == b"body"


def test_its_memory_is_bounded_in_bytes(ten: Resources) -> None:
    kept = shelf(ten, most_bytes=4 * 7_000)
    for number in range(10):
        assert body(kept, f"/{number}") == BODY
    assert statements(ten, lambda: [body(kept, f"/{number}") for number in range(6, 10)]) == 0
    assert statements(ten, lambda: body(kept, "/0")) == 1


def test_what_is_larger_than_its_memory_is_found_all_the_same(ten: Resources) -> None:
    kept = shelf(ten, most_bytes=3_000)
    assert body(kept, "/1") == BODY
    assert body(kept, "/1") == BODY


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
