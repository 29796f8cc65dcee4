"""The worker's tasks: a nudge after a publication, and a sweep every minute."""

import logging
from collections.abc import Callable

from huey import crontab

from tourapp.errors import UnavailableError
from tourapp.queue import queue_outages
from tourapp.resources import Resources

log = logging.getLogger(__name__)


def register_tasks(resources: Resources) -> Callable[[], None]:
    """Register the tasks on the queue, once; the nudge returned has a worker sweep now."""
    queue = resources.queue

    def sweep() -> None:
        # A process that only nudges does without the engines, which weigh more than all the rest.
        from tourapp.narration.previewing import open_previewer  # noqa: PLC0415
        from tourapp.narration.rendering import open_renderer  # noqa: PLC0415

        # Whoever asked for a preview is waiting for it.
        previewer = open_previewer(resources)
        previewer.end_old()
        previewer.speak_wanted()
        open_renderer(resources, meanwhile=previewer.speak_wanted).render_due()

    queue.periodic_task(crontab(minute="*"), name="sweep_narrations_every_minute")(sweep)
    enqueue = queue.task(name="sweep_narrations")(sweep)

    def nudge() -> None:
        try:
            with queue_outages():
                enqueue()
        except UnavailableError as error:
            log.warning("narrations wait for the next sweep: %s", error)

    return nudge
