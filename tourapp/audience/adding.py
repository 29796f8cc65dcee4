"""Adding up, every few seconds, what servers counted: in the worker."""

from collections.abc import Callable
from time import monotonic

from tourapp.audience.queries import is_any_handed_in
from tourapp.audience.services import add_up
from tourapp.db import Database

PAUSE_S = 10.0
"""How old the counts are at most: a page that is opened every second is added once in this time."""

_AT_A_TIME = 100


class Adder:
    """Adds batches to the counts until none is left, and looks for others after a pause."""

    def __init__(self, database: Database, *, clock: Callable[[], float] = monotonic) -> None:
        self._database = database
        self._clock = clock
        self._due_s = 0.0

    def add_next(self) -> bool:
        """Add some batches, and tell whether there were any; raises UnavailableError."""
        if self._clock() < self._due_s:
            return False
        with self._database.reading() as session:
            is_any = is_any_handed_in(session)
        if not is_any:
            self._due_s = self._clock() + PAUSE_S
            return False
        with self._database.transaction() as session:
            return add_up(session, most=_AT_A_TIME)
