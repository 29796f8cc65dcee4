"""Plain SQLAlchemy: the engine, the models' base, and the only commit in the tree."""

from collections.abc import Iterator, Sequence
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
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.types import TypeDecorator

from tourapp.errors import ConflictError, UnavailableError

LOCK_WAIT_S = 5.0
CONNECT_WAIT_S = 5
MIGRATION_WAIT_S = 600

_UNDEFINED_TABLE = "42P01"  # PostgreSQL's SQLSTATE

MIGRATION_LOCK = 1119  # any number, as long as every process takes the same

# SQLite's readers see one state as they are; PostgreSQL's would see a newer one in each statement.
_READING: dict[str, dict[str, Any]] = {
    "sqlite": {},
    "postgresql": {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True},
}

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
        if value is None:
            return None
        if value.tzinfo is None:
            message = f"{value} names no zone"
            raise ValueError(message)
        in_utc = value.astimezone(UTC)
        return in_utc.replace(tzinfo=None) if dialect.name == "sqlite" else in_utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back an aware time in UTC."""
        if value is None:
            return None
        is_naive = dialect.name == "sqlite"
        return value.replace(tzinfo=UTC) if is_naive else value.astimezone(UTC)


class Model(DeclarativeBase):
    """Base of every table."""

    metadata = MetaData(naming_convention=NAMING_CONVENTION)
    type_annotation_map = {datetime: UtcDateTime}  # noqa: RUF012 -- SQLAlchemy reads a plain dict


class Database:
    """One database, SQLite or PostgreSQL, and the two ways to talk to it.

    A writer waits at most `lock_wait_s` seconds for another one.
    """

    def __init__(self, url: str, *, lock_wait_s: float = LOCK_WAIT_S) -> None:
        open_engine = _sqlite_engine if url.startswith("sqlite") else _postgresql_engine
        self.engine = open_engine(url, lock_wait_s=lock_wait_s)
        self._writing = self.engine.execution_options(tourapp_begin="BEGIN IMMEDIATE")
        self._reading = self.engine.execution_options(**_READING[self.engine.dialect.name])

    @property
    def described(self) -> str:
        """Where the database is, without a password."""
        return self.engine.url.render_as_string(hide_password=True)

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Open the one transaction of a change: committed at the end, undone by any error.

        Raises UnavailableError where the database does not answer, or stays locked for too long.
        """
        with self._session(self._writing) as session:
            yield session
            session.commit()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Open a session that sees one consistent state and changes nothing."""
        with self._session(self._reading) as session:
            yield session

    @contextmanager
    def migrating(self) -> Iterator[Connection]:
        """Open the one transaction of a migration; a second process waits for its end."""
        with _outages(), self._writing.connect() as connection:
            begin = _migrate_sqlite if self.engine.dialect.name == "sqlite" else _migrate_postgresql
            with begin(connection):
                yield connection

    def close(self) -> None:
        """Give every connection back to the system."""
        self.engine.dispose()

    @contextmanager
    def _session(self, engine: Engine) -> Iterator[Session]:
        with _outages(), Session(engine, expire_on_commit=False) as session:
            yield session


def among(column: str, values: Sequence[str]) -> str:
    """Return the condition of a CHECK that a column holds one of some words."""
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


def insert_into(session: Session, table: type[Model]) -> sqlite.Insert | postgresql.Insert:
    """Return an INSERT that may say `on_conflict_…`: two writers at once want the same row."""
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    return sqlite.insert(table) if is_sqlite else postgresql.insert(table)


@contextmanager
def _outages() -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        # A database that is not migrated yet: SQLite calls its missing table operational.
        is_unready = getattr(error.orig, "sqlstate", None) == _UNDEFINED_TABLE
        if isinstance(error, OperationalError) or error.connection_invalidated or is_unready:
            first_line = str(error.orig).split("\n", 1)[0]
            reason = f"the database does not answer: {first_line}"
            raise UnavailableError(reason) from error
        raise


def _sqlite_engine(url: str, *, lock_wait_s: float) -> Engine:
    folder = Path(make_url(url).database or "").parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"the database cannot be kept in {folder}: {error.strerror}"
        raise UnavailableError(message) from error
    engine = create_engine(url, connect_args={"timeout": lock_wait_s})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    event.listen(engine, "reset", _end_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401 -- the driver's own
    # The driver would begin transactions by itself, late and deferred; we begin them below.
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # A deferred transaction that turns into a writer fails at once when another one writes.
    connection.exec_driver_sql(connection.get_execution_options().get("tourapp_begin", "BEGIN"))


def _end_sqlite(connection: Any, *_: object) -> None:  # noqa: ANN401 -- the driver's own
    # A commit that fails, on a full disk or for a broken reference, leaves its transaction open.
    connection.rollback()


def _postgresql_engine(url: str, *, lock_wait_s: float) -> Engine:
    parsed = make_url(url).set(drivername="postgresql+psycopg")
    patience = {"connect_timeout": CONNECT_WAIT_S}
    engine = create_engine(parsed, pool_pre_ping=True, connect_args=patience)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:  # noqa: ANN401 -- the driver's own
        connection.execute(f"SET lock_timeout = {round(lock_wait_s * 1000)}")
        connection.commit()

    return engine


@contextmanager
def _migrate_sqlite(connection: Connection) -> Iterator[None]:
    # SQLite rebuilds a table to alter it: with foreign keys on, dropping the old one would delete
    # its children. They are off meanwhile, and checked as a whole before the commit.
    driver: Any = connection.connection.dbapi_connection
    patience_ms = driver.execute("PRAGMA busy_timeout").fetchone()[0]
    driver.execute("PRAGMA foreign_keys=OFF")
    driver.execute(f"PRAGMA busy_timeout={MIGRATION_WAIT_S * 1000}")
    try:
        with connection.begin():
            yield
            if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").all():
                message = f"the migration would break references: {broken}"
                raise ConflictError(message)
    finally:
        driver.execute("PRAGMA foreign_keys=ON")
        driver.execute(f"PRAGMA busy_timeout={patience_ms}")


@contextmanager
def _migrate_postgresql(connection: Connection) -> Iterator[None]:
    with connection.begin():
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{MIGRATION_WAIT_S}s'")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({MIGRATION_LOCK})")
        yield
