"""How a process knows the catalogue's version, at the price of next to nothing a request."""

import os
import sqlite3
from collections.abc import Callable
from ctypes import string_at
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Protocol

from tourapp.db import Database
from tourapp.errors import UnavailableError

VERSION = "SELECT version FROM catalogue"
_HEAD_BYTES = 48


class Clock(Protocol):
    """Tells the catalogue's version."""

    def version(self) -> int:
        """Return the version, or raise UnavailableError where the database does not answer.

        At most a quarter of a second after a change's commit, every process returns its
        version or a newer one.
        """

    def close(self) -> None:
        """Give back what is held open."""


def open_clock(database: Database) -> Clock:
    """Return the clock of this kind of database; it opens nothing before its first use."""
    if database.engine.dialect.name == "sqlite":
        return SqliteClock(database)
    # Its driver is no weight where there is no PostgreSQL.
    from tourapp.publishing.listening import PostgresqlClock  # noqa: PLC0415

    return PostgresqlClock(database)


class SqliteClock:
    """Asks the file by the bare driver, and only where something was committed since.

    That is told by the head of the WAL's index, which SQLite shares between processes by memory:
    every commit changes it, and SQLite's own readers look there first
    (https://sqlite.org/walformat.html#the_wal_index_header). Looking costs no call and no lock.
    """

    def __init__(self, database: Database) -> None:
        self._path = Path(str(database.engine.url.database)).resolve()
        self._lock = Lock()
        self._connection: sqlite3.Connection | None = None
        self._head: Callable[[], bytes | None] = _untold
        self._known: tuple[bytes | None, int] = (None, 0)

    def version(self) -> int:
        """Return the version as it is now."""
        # Before the question: a commit between the two is asked about once more, and never missed.
        head = self._head()
        known_head, version = self._known
        return version if head is not None and head == known_head else self._ask(head)

    def close(self) -> None:
        """Close the connection; another is opened where the clock is asked again."""
        with self._lock:
            self._head = _untold
            if self._connection is not None:
                self._connection.close()
            self._connection = None

    def _ask(self, head: bytes | None) -> int:
        with self._lock:
            try:
                version: int = self._connected().execute(VERSION).fetchone()[0]
            except sqlite3.Error as error:
                reason = f"the catalogue's version cannot be read: {error}"
                raise UnavailableError(reason) from error
            self._known = (head, version)
        return version

    def _connected(self) -> sqlite3.Connection:
        if self._connection is None:
            self._connection = sqlite3.connect(
                self._path,
                isolation_level=None,
                check_same_thread=False,
            )
            # Its first question maps the index, which stays where it is until it is closed.
            self._connection.execute("PRAGMA schema_version")
            self._head = _open_head(self._path)
        return self._connection


def _untold() -> None:
    """Tell nothing of what was committed."""


def _open_head(path: Path) -> Callable[[], bytes | None]:
    """Return what reads the head of the WAL's index, in the memory where SQLite mapped it."""
    # Not by a file of our own: to close it would take away the locks that SQLite holds on it.
    maps = Path("/proc/self/maps")
    lines = maps.read_bytes().splitlines() if maps.exists() else []
    for line in map(os.fsdecode, lines):
        addresses, _, offset, *_ = line.split(maxsplit=5)
        if line.endswith(f" {path}-shm") and int(offset, 16) == 0:
            return partial(string_at, int(addresses.partition("-")[0], 16), _HEAD_BYTES)
    return _untold
