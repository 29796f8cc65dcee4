"""The clock of PostgreSQL: it listens for changes."""

import logging
import time
from functools import partial
from threading import Event, Lock, Thread
from typing import Any

import psycopg
from sqlalchemy import make_url

from tourapp.catalogue.queries import read_version
from tourapp.catalogue.services import CHANNEL
from tourapp.db import CONNECT_WAIT_S, Database
from tourapp.publishing.clock import VERSION

log = logging.getLogger(__name__)

LONGEST_DOUBT_S = 0.25
POLL_S = 0.1
PAUSE_S = 1.0

_UNKNOWN = (0, float("-inf"))

# A network that is cut says nothing: without these a listener would wait for hours.
_PATIENCE: dict[str, Any] = {
    "connect_timeout": CONNECT_WAIT_S,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 5_000,
}


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
            listener, self._listener = self._listener, None
            self._known = _UNKNOWN
            self._closing.set()
            self._closing = Event()
        if listener is not None:
            listener.join(CONNECT_WAIT_S)

    def _listen(self) -> None:
        with self._lock:
            if self._listener is None or not self._listener.is_alive():
                listen = partial(self._keep_listening, self._closing)
                self._listener = Thread(target=listen, daemon=True)
                self._listener.start()

    def _keep_listening(self, closing: Event) -> None:
        url = self._database.engine.url
        plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
        while not closing.is_set():
            try:
                self._hear(plain, closing)
            except psycopg.Error as error:
                log.warning("changes of the catalogue are not heard of: %s", error)
                closing.wait(PAUSE_S)

    def _hear(self, url: str, closing: Event) -> None:
        with psycopg.connect(url, autocommit=True, **_PATIENCE) as connection:
            connection.execute(f"LISTEN {CHANNEL}")
            while not closing.is_set():
                # The time before the question: what is answered was true since then.
                asked_at = time.monotonic()
                [(version,)] = connection.execute(VERSION)
                self._known = (version, asked_at)
                list(connection.notifies(timeout=POLL_S, stop_after=1))
