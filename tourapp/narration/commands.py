"""`tourapp narrations`: the sound, made in the foreground."""

import click
from click._termui_impl import ProgressBar

from tourapp.narration.tasks import open_renderer
from tourapp.resources import Resources


@click.group()
def narrations() -> None:
    """Speak what is published."""


@narrations.command()
@click.pass_obj
def render(resources: Resources) -> None:
    """Render every narration that is wanted and due, here and now."""
    renderer = open_renderer(resources)
    due = renderer.count_due()
    with speaking_bar(due) as bar:
        ready = renderer.render_due(after_each=lambda: bar.update(1))
    click.echo(f"{ready} of {due} narrations rendered")


def speaking_bar(clips: int) -> ProgressBar[int]:
    """Draw the progress over so many clips, on a terminal only."""
    return click.progressbar(length=clips, label="Speaking ", show_pos=True)
