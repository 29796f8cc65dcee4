"""The worker's tasks: a sweep every minute, and whenever it is asked for."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from huey import crontab
from huey.signals import SIGNAL_INTERRUPTED

from tourapp.queue import queue_outages
from tourapp.resources import Resources

if TYPE_CHECKING:
    from tourapp.narration.rendering import Renderer


def register_tasks(resources: Resources) -> Callable[[], None]:
    """Register the tasks on the queue, once, and return what has a worker sweep now.

    Either raises UnavailableError where the queue does not answer.
    """
    queue = resources.queue
    sweeper = _Sweeper(resources)
    queue.periodic_task(crontab(minute="*"), name="sweep_narrations_every_minute")(sweeper.sweep)
    enqueue = queue.task(name="sweep_narrations")(sweeper.sweep)
    # A worker that is asked to end does not wait for its clip.
    queue.signal(SIGNAL_INTERRUPTED)(sweeper.give_back)

    def ask_for_sweep() -> None:
        with queue_outages():
            enqueue()

    return ask_for_sweep


class _Sweeper:
    """Renders what is due, and gives back what it holds when it is interrupted."""

    def __init__(self, resources: Resources) -> None:
        self._resources = resources
        self._renderer: Renderer | None = None

    def sweep(self) -> None:
        # A process that only nudges does without the engines, which weigh more than all the rest.
        from tourapp.narration.previews.previewing import open_previewer  # noqa: PLC0415 -- weighs
        from tourapp.narration.rendering import open_renderer  # noqa: PLC0415 -- weighs

        # Whoever asked for a preview is waiting for it.
        previewer = open_previewer(self._resources)
        previewer.end_old()
        previewer.speak_wanted()
        self._renderer = open_renderer(self._resources, meanwhile=previewer.speak_wanted)
        try:
            self._renderer.render_due()
        finally:
            self._renderer = None

    def give_back(self, *_: object) -> None:
        renderer = self._renderer
        if renderer:
            renderer.give_back()
