import logging
from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine, make_url, text

from tests.catalogue.test_services import mark
from tests.running import wait_until
from tourapp.db import Database
from tourapp.errors import UnavailableError
from tourapp.publishing.clock import Clock, PostgresqlClock, open_clock
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
