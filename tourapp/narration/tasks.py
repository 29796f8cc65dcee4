"""The worker's tasks: a nudge after a publication, and a sweep every minute."""

import logging
from collections.abc import Callable

from huey import crontab

from tourapp.errors import UnavailableError
from tourapp.narration.rendering import Renderer
from tourapp.narration.studio import Studio
from tourapp.narration.voicing import Voicing
from tourapp.queue import queue_outages
from tourapp.resources import Resources

log = logging.getLogger(__name__)


def open_renderer(resources: Resources) -> Renderer:
    """Set up a renderer from what the process holds."""
    # The recipe is read before the lexicon: where an entry changes in between, the sound is made
    # under the old recipe, and is wanted again under the new one.
    return Renderer(
        database=resources.database,
        media=resources.media,
        voicing=Voicing.of(resources.settings),
        studio=Studio.open(resources.settings),
        lease_s=resources.settings.render_lease_s,
    )


def register_tasks(resources: Resources) -> Callable[[], None]:
    """Register the tasks on the queue; the nudge returned has a worker make what is wanted."""
    queue = resources.queue

    def sweep() -> None:
        open_renderer(resources).render_due()

    queue.periodic_task(crontab(minute="*"), name="sweep_narrations_every_minute")(sweep)
    enqueue = queue.task(name="sweep_narrations")(sweep)

    def nudge() -> None:
        try:
            with queue_outages():
                enqueue()
        except UnavailableError as error:
            log.warning("narrations wait for the next sweep: %s", error)

    return nudge
