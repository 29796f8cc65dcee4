"""Plain SQLAlchemy: the engine, the models' base, and the only commit in the tree."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Connection,
    DateTime,
    Dialect,
    Engine,
    MetaData,
    create_engine,
    event,
    make_url,
    text,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.types import TypeDecorator

from tourapp.errors import ConflictError, UnavailableError

LOCK_WAIT_S = 5
MIGRATION_LOCK = 1119  # any number, as long as every process takes the same

NAMING_CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC time in Python, kept without a zone where the database knows none."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store in UTC; a naive time is a mistake of the caller."""
        if value is None or dialect.name != "sqlite":
            return value
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back an aware time in UTC."""
        if value is None or dialect.name != "sqlite":
            return value
        return value.replace(tzinfo=UTC)


class Model(DeclarativeBase):
    """Base of every table."""

    metadata = MetaData(naming_convention=NAMING_CONVENTION)
    type_annotation_map = {datetime: UtcDateTime}  # noqa: RUF012 -- SQLAlchemy reads a plain dict


class Database:
    """One database, SQLite or PostgreSQL, and the two ways to talk to it."""

    def __init__(self, url: str) -> None:
        self.engine = _sqlite_engine(url) if url.startswith("sqlite") else _postgresql_engine(url)
        self._writing = self.engine.execution_options(tourapp_begin="BEGIN IMMEDIATE")

    @property
    def described(self) -> str:
        """Where the database is, without a password."""
        return self.engine.url.render_as_string(hide_password=True)

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Open the one transaction of a change: committed at the end, undone by any error.

        Raises UnavailableError where the database does not answer, or stays locked for 5 s.
        """
        with self._session(self._writing) as session:
            yield session
            session.commit()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Open a session that sees one consistent state and changes nothing."""
        with self._session(self.engine) as session:
            yield session

    @contextmanager
    def migrating(self) -> Iterator[Connection]:
        """Open the one transaction of a migration; a second process waits for its end."""
        with self._writing.connect() as connection:
            begin = _migrate_sqlite if self.engine.dialect.name == "sqlite" else _migrate_postgresql
            with begin(connection):
                yield connection

    def is_answering(self) -> bool:
        """Tell whether the database answers a trivial question."""
        try:
            with self.reading() as session:
                session.execute(text("SELECT 1"))
        except UnavailableError:
            return False
        return True

    def close(self) -> None:
        """Give every connection back to the system."""
        self.engine.dispose()

    @contextmanager
    def _session(self, engine: Engine) -> Iterator[Session]:
        try:
            with Session(engine, expire_on_commit=False) as session:
                yield session
        except DBAPIError as error:
            if _is_outage(error):
                reason = f"the database does not answer: {error.orig}"
                raise UnavailableError(reason) from error
            raise


def _is_outage(error: DBAPIError) -> bool:
    return error.connection_invalidated or type(error.orig).__name__ == "OperationalError"


def _sqlite_engine(url: str) -> Engine:
    database = make_url(url).database
    if database:
        Path(database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": LOCK_WAIT_S})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401 -- the driver's own
    # The driver would begin transactions by itself, late and deferred; we begin them below.
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # A deferred transaction that turns into a writer fails at once when another one writes.
    connection.exec_driver_sql(connection.get_execution_options().get("tourapp_begin", "BEGIN"))


def _postgresql_engine(url: str) -> Engine:
    parsed = make_url(url).set(drivername="postgresql+psycopg")
    return create_engine(parsed, pool_pre_ping=True, connect_args={"connect_timeout": LOCK_WAIT_S})


@contextmanager
def _migrate_sqlite(connection: Connection) -> Iterator[None]:
    # SQLite rebuilds a table to alter it: with foreign keys on, dropping the old one would delete
    # its children. They are off meanwhile, and checked as a whole before the commit.
    driver: Any = connection.connection.dbapi_connection
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        with connection.begin():
            yield
            if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").all():
                message = f"the migration would break references: {broken}"
                raise ConflictError(message)
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


@contextmanager
def _migrate_postgresql(connection: Connection) -> Iterator[None]:
    with connection.begin():
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({MIGRATION_LOCK})")
        yield
