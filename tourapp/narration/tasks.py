"""The worker's tasks: a nudge after a publication, and a sweep every minute."""

from collections.abc import Callable

from huey import crontab

from tourapp.resources import Resources

Nudge = Callable[[], object]


def register_tasks(resources: Resources) -> Nudge:
    """Register the tasks on the queue, once; the nudge returned has a worker sweep now."""
    queue = resources.queue

    def sweep() -> None:
        # A process that only nudges does without the engines, which weigh more than all the rest.
        from tourapp.narration.rendering import open_renderer  # noqa: PLC0415

        open_renderer(resources).render_due()

    queue.periodic_task(crontab(minute="*"), name="sweep_narrations_every_minute")(sweep)
    nudge: Nudge = queue.task(name="sweep_narrations")(sweep)
    return nudge
