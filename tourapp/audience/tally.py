"""Counting in memory, written at most a second later."""

import logging
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import UTC, datetime
from threading import Lock, Timer

from tourapp.audience.models import Kind
from tourapp.audience.services import Opened, add_visits
from tourapp.db import Database
from tourapp.errors import UnavailableError

log = logging.getLogger(__name__)

DELAY_S = 0.9


Pending = defaultdict[Opened, Counter[str]]


def _nothing() -> Pending:
    return defaultdict(Counter)


def _now() -> datetime:
    return datetime.now(UTC)


class Tally:
    """What one process counted and has not written yet."""

    def __init__(self, database: Database, *, clock: Callable[[], datetime] = _now) -> None:
        self._database = database
        self._clock = clock
        self._lock = Lock()
        self._writing = Lock()
        self._pending = _nothing()
        self._timer: Timer | None = None
        self._closed = False

    def add(self, kind: Kind, subject: str, *, lang: str) -> None:
        """Count one opening of a sign or a page, in the hour in which it is written."""
        with self._lock:
            self._pending[kind, lang][subject] += 1
            self._arm()

    def write(self) -> None:
        """Write what was counted; it is kept for later where the database does not answer."""
        # One at a time: who closes waits for what is being written, and loses none of it.
        with self._writing:
            self._write()

    def _write(self) -> None:
        with self._lock:
            self._timer = None
            visits, self._pending = self._pending, _nothing()
        if not visits:
            return
        try:
            with self._database.transaction() as session:
                add_visits(session, visits, now=self._clock())
        except UnavailableError as error:
            log.warning("visits are written later: %s", error)
            with self._lock:
                for opened, counts in visits.items():
                    self._pending[opened].update(counts)
                self._arm()

    def close(self) -> None:
        """Write what is left, and count no more; what cannot be written now is lost."""
        with self._lock:
            self._closed = True
            timer = self._timer
        if timer is not None:
            timer.cancel()
            timer.join()
        self.write()

    def _arm(self) -> None:
        if self._timer is None and not self._closed:
            timer = Timer(DELAY_S, self.write)
            timer.daemon = True
            timer.start()
            self._timer = timer
