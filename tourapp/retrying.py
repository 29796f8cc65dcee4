"""What goes on whatever happens: a failure is told, and tried again after a while."""

import logging
from collections.abc import Callable, Sequence
from datetime import timedelta
from threading import Event

from tourapp.errors import UnavailableError

PAUSE_S = 5.0
"""How long a thread rests after a failure."""

LONGEST_DELAY = timedelta(hours=1)

_MOST_DOUBLINGS = 10


def retry_delay(attempts: int, *, first: timedelta) -> timedelta:
    """Return how long to wait after so many attempts: doubling from `first` to an hour."""
    doublings = min(attempts - 1, _MOST_DOUBLINGS)
    return min(first * (1 << doublings), LONGEST_DELAY)


def keep_on(
    steps: Sequence[Callable[[], bool]],
    ended: Event,
    *,
    poll_s: float,
    doing: str,
    log: logging.Logger,
) -> None:
    """Take steps, again and again, until `ended` is set; nothing that goes wrong ends it.

    A step tells whether it did anything: then they are all taken again at once. Each is taken for
    itself, so that one that fails keeps no other from being taken. `doing` names them in the log.
    """
    pause_s = 0.0
    while not ended.wait(pause_s):
        outcomes = {_attempted(step, doing=doing, log=log) for step in steps}
        pause_s = 0.0 if True in outcomes else PAUSE_S if None in outcomes else poll_s


def _attempted(step: Callable[[], bool], *, doing: str, log: logging.Logger) -> bool | None:
    """Return whether a step did anything, or None where it failed."""
    try:
        return step()
    except UnavailableError as error:
        log.warning("%s comes later: %s", doing, error)
    except Exception:
        # Whatever it is, the thread goes on; the next time may be luckier.
        log.exception("%s failed", doing)
    return None
