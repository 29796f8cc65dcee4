import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from tests.catalogue.test_services import mark
from tests.running import wait_until
from tourapp.catalogue.services import mark_stale
from tourapp.db import Database
from tourapp.errors import UnavailableError
from tourapp.publishing import listening
from tourapp.publishing.clock import Clock, SqliteClock, open_clock
from tourapp.publishing.listening import PostgresqlClock
from tourapp.resources import Resources


@pytest.fixture
def clock(resources: Resources) -> Iterator[Clock]:
    """Return the clock of either kind of database."""
    opened = open_clock(resources.database)
    yield opened
    opened.close()


def test_a_change_is_known_at_once_or_soon(resources: Resources, clock: Clock) -> None:
    before = clock.version()
    mark(resources, "one")
    wait_until(lambda: clock.version() == before + 1, within_s=5)


def test_a_clock_that_was_closed_may_be_asked_again(resources: Resources, clock: Clock) -> None:
    before = clock.version()
    clock.close()
    assert clock.version() == before
    mark(resources, "one")
    clock.close()
    assert clock.version() == before + 1


def test_a_clock_that_was_never_asked_holds_nothing(resources: Resources) -> None:
    open_clock(resources.database).close()


def test_without_its_table_there_is_no_version(resources: Resources, clock: Clock) -> None:
    with resources.database.transaction() as session:
        session.execute(text("ALTER TABLE catalogue RENAME TO gone"))
    with pytest.raises(UnavailableError):
        clock.version()


def test_a_file_without_a_write_ahead_log_is_asked_each_time(tmp_path: Path) -> None:
    file = tmp_path / "plain.sqlite"
    with closing(sqlite3.connect(file)) as plain:
        plain.execute("CREATE TABLE catalogue (version INTEGER)")
        plain.execute("INSERT INTO catalogue VALUES (7)")
        plain.commit()
        clock = open_clock(Database(f"sqlite:///{file}"))
        assert clock.version() == 7
        plain.execute("UPDATE catalogue SET version = 8")
        plain.commit()
        assert clock.version() == 8
        clock.close()


def test_only_what_was_committed_makes_the_file_be_asked(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    clock = SqliteClock(database)
    clock.version()
    before = clock.version()
    asked: list[str] = []
    clock._connected().set_trace_callback(asked.append)  # noqa: SLF001 -- nothing else tells
    assert [clock.version() for _ in range(100)] == [before] * 100
    assert asked == []
    with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("UPDATE catalogue SET version = version + 1")
        assert clock.version() == before
        other.commit()
        assert clock.version() == before + 1
    assert asked
    clock.close()
    database.close()


def test_a_clock_that_was_asked_too_early_knows_later(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    clock = SqliteClock(database)
    with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))) as other:
        other.execute("ALTER TABLE catalogue RENAME TO later")
        with pytest.raises(UnavailableError):
            clock.version()
        other.execute("ALTER TABLE later RENAME TO catalogue")
    assert clock.version() == 1
    clock.close()
    database.close()


@pytest.mark.parametrize("hears", [True, False])
def test_a_change_is_heard_of_or_asked_about_in_time(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch, *, hears: bool
) -> None:
    monkeypatch.setattr(listening, "POLL_S", 3600)
    database = Database(postgresql_url)
    clock = PostgresqlClock(database)
    if hears:
        monkeypatch.setattr(listening, "LONGEST_DOUBT_S", 3600)
    else:
        monkeypatch.setattr(clock, "_hear", lambda _url, closing: closing.wait())
    before = clock.version()
    wait_until(lambda: not hears or clock._known[0] == before)  # noqa: SLF001 -- it listens now
    with database.transaction() as session:
        mark_stale(session, ["one"])
    wait_until(lambda: clock.version() == before + 1, within_s=5)
    clock.close()
    database.close()


def hang_up(url: str, query: str) -> None:
    """End the connections whose last statement was this one."""
    engine = create_engine(
        make_url(url).set(drivername="postgresql+psycopg"),
        isolation_level="AUTOCOMMIT",
    )
    ending = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND query = :query"
    )
    with engine.connect() as connection:
        wait_until(lambda: connection.execute(text(ending), {"query": query}).all(), within_s=5)
    engine.dispose()


def test_a_listener_that_was_hung_up_on_listens_again(
    postgresql_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    database = Database(postgresql_url)
    clock = PostgresqlClock(database)
    before = clock.version()
    with caplog.at_level(logging.WARNING):
        hang_up(postgresql_url, "SELECT version FROM catalogue")
        wait_until(lambda: "changes of the catalogue are not heard of" in caplog.text)
    with database.transaction() as session:
        session.execute(text("UPDATE catalogue SET version = version + 1"))
    wait_until(lambda: clock.version() == before + 1, within_s=5)
    clock.close()
    database.close()
