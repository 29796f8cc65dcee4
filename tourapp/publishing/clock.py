"""How a process knows the catalogue's version, at the price of next to nothing a request."""

import logging
import sqlite3
import time
from threading import Event, Lock, Thread
from typing import Protocol

import psycopg
from sqlalchemy import make_url

from tourapp.catalogue.queries import read_version
from tourapp.catalogue.services import CHANNEL
from tourapp.db import Database
from tourapp.errors import UnavailableError

log = logging.getLogger(__name__)

LONGEST_DOUBT_S = 0.25
POLL_S = 0.1
PAUSE_S = 1.0

_VERSION = "SELECT version FROM catalogue"


class Clock(Protocol):
    """Tells the catalogue's version."""

    def version(self) -> int:
        """Return the version, or raise UnavailableError where the database does not answer.

        At most `LONGEST_DOUBT_S` seconds after a change's commit, every process returns its
        version or a newer one.
        """

    def close(self) -> None:
        """Give back what is held open."""


def open_clock(database: Database) -> Clock:
    """Return the clock of this kind of database; it opens nothing before its first use."""
    is_sqlite = database.engine.dialect.name == "sqlite"
    return SqliteClock(database) if is_sqlite else PostgresqlClock(database)


class SqliteClock:
    """Asks the file each time, by the bare driver: microseconds, and never in doubt."""

    def __init__(self, database: Database) -> None:
        self._path = str(database.engine.url.database)
        self._lock = Lock()
        self._connection: sqlite3.Connection | None = None

    def version(self) -> int:
        """Return the version as it is now."""
        with self._lock:
            try:
                version: int = self._connected().execute(_VERSION).fetchone()[0]
            except sqlite3.Error as error:
                reason = f"the catalogue's version cannot be read: {error}"
                raise UnavailableError(reason) from error
        return version

    def close(self) -> None:
        """Close the connection; another is opened where the clock is asked again."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
            self._connection = None

    def _connected(self) -> sqlite3.Connection:
        if self._connection is None:
            # One for all threads, under the lock: an open transaction is never left behind.
            self._connection = sqlite3.connect(
                self._path,
                isolation_level=None,
                check_same_thread=False,
            )
        return self._connection


_UNKNOWN = (0, float("-inf"))


class PostgresqlClock:
    """Listens in a thread of its own; asks by itself where the thread has not heard for long."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = Lock()
        self._closing = Event()
        self._listener: Thread | None = None
        self._known = _UNKNOWN

    def version(self) -> int:
        """Return the version as it was at most a quarter of a second ago."""
        self._listen()
        version, known_at = self._known
        if time.monotonic() - known_at <= LONGEST_DOUBT_S:
            return version
        with self._database.reading() as session:
            return read_version(session)

    def close(self) -> None:
        """End the thread; another one listens where the clock is asked again."""
        with self._lock:
            if self._listener is not None:
                self._closing.set()
                self._listener.join()
                self._closing.clear()
            self._listener = None
            self._known = _UNKNOWN

    def _listen(self) -> None:
        if self._listener is None:
            with self._lock:
                if self._listener is None:
                    self._listener = Thread(target=self._keep_listening, daemon=True)
                    self._listener.start()

    def _keep_listening(self) -> None:
        url = self._database.engine.url
        plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
        while not self._closing.is_set():
            try:
                self._hear(plain)
            except psycopg.Error as error:
                log.warning("changes of the catalogue are not heard of: %s", error)
                self._closing.wait(PAUSE_S)

    def _hear(self, url: str) -> None:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f"LISTEN {CHANNEL}")
            while not self._closing.is_set():
                # The time before the question: what is answered was true since then.
                asked_at = time.monotonic()
                [(version,)] = connection.execute(_VERSION)
                self._known = (version, asked_at)
                list(connection.notifies(timeout=POLL_S, stop_after=1))
