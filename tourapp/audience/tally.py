"""Counting in memory, handed in at most a second later."""

import logging
from array import array
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime
from threading import Lock, Timer

from tourapp.audience.models import Kind
from tourapp.audience.services import Opened, Visits, hand_in
from tourapp.db import Database
from tourapp.errors import UnavailableError

log = logging.getLogger(__name__)

DELAY_S = 0.9


def _now() -> datetime:
    return datetime.now(UTC)


class Tally:
    """What one process counted and has not handed in yet.

    Whatever may be opened has a number here for good: to count is to add one to a row of numbers,
    which stays at hand however many pages there are.
    """

    def __init__(self, database: Database, *, clock: Callable[[], datetime] = _now) -> None:
        self._database = database
        self._clock = clock
        self._lock = Lock()
        self._writing = Lock()
        self._numbers: dict[tuple[Kind, str, str], int] = {}
        self._counts = _zeros(0)
        self._timer: Timer | None = None
        self._closed = False

    def number(self, kind: Kind, subject: str, *, lang: str) -> int:
        """Return the number under which a sign or a page is counted that there is."""
        with self._lock:
            number = self._numbers.setdefault((kind, subject, lang), len(self._counts))
            if number == len(self._counts):
                self._counts.append(0)
            return number

    def add(self, number: int) -> None:
        """Count one opening, in the hour in which it is handed in."""
        with self._lock:
            self._counts[number] += 1
            self._arm()

    def write(self) -> None:
        """Hand in what was counted; it is kept for later where the database does not answer."""
        # One at a time: who closes waits for what is being written, and loses none of it.
        with self._writing:
            self._write()

    def _write(self) -> None:
        with self._lock:
            self._timer = None
            opened = list(self._numbers)
            counts, self._counts = self._counts, _zeros(len(opened))
        visits = _added(opened, counts)
        if not visits:
            return
        try:
            with self._database.transaction() as session:
                hand_in(session, visits, now=self._clock())
        except UnavailableError as error:
            log.warning("visits are handed in later: %s", error)
            with self._lock:
                for number, count in enumerate(counts):
                    self._counts[number] += count
                self._arm()

    def close(self) -> None:
        """Hand in what is left, and count no more; what cannot be handed in now is lost."""
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


def _zeros(length: int) -> "array[int]":
    return array("Q", bytes(8 * length))


def _added(opened: list[tuple[Kind, str, str]], counts: "array[int]") -> Visits:
    visits: defaultdict[Opened, dict[str, int]] = defaultdict(dict)
    for (kind, subject, lang), count in zip(opened, counts, strict=True):
        if count:
            visits[kind, lang][subject] = count
    return visits
