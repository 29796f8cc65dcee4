"""A nudge for the worker: what is wanted stands in the database, it only comes sooner."""

import logging
from collections.abc import Callable
from functools import cached_property

from tourapp.errors import UnavailableError
from tourapp.resources import Resources

log = logging.getLogger(__name__)


class Nudger:
    """Has a worker sweep now; without its queue it does so within a minute."""

    def __init__(self, resources: Resources) -> None:
        self._resources = resources

    def __call__(self) -> None:
        """Nudge."""
        try:
            self._ask_for_sweep()
        except UnavailableError as error:
            log.warning("narrations wait for the next sweep: %s", error)

    @cached_property
    def _ask_for_sweep(self) -> Callable[[], None]:
        # Most processes of a server never nudge, and would carry the queue along.
        from tourapp.narration.tasks import register_tasks  # noqa: PLC0415

        return register_tasks(self._resources)
