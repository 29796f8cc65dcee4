"""The command `tourapp`: each domain adds its own group."""

import os
import sys
from collections import Counter
from typing import Any

import click

from tourapp.accounts.commands import people
from tourapp.errors import TourError
from tourapp.migrating import downgrade, upgrade
from tourapp.processes import check_port_is_free, run_together, serve, work
from tourapp.publishing.commands import described, seed, stops
from tourapp.resources import Resources
from tourapp.settings import Settings
from tourapp.stops.importing import Outcome
from tourapp.upkeep.commands import media
from tourapp.web.logs import configure_logging

# What speaks is loaded where it is asked for: each process of the server would carry it along.
_SPEAKING = ("lexicon", "narrations", "speech")


class TourGroup(click.Group):
    """A group that tells an error in one line and exits with 1."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return sorted([*super().list_commands(ctx), *_SPEAKING])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command by its name."""
        if cmd_name not in _SPEAKING:
            return super().get_command(ctx, cmd_name)
        from tourapp.narration import commands  # noqa: PLC0415 -- see above

        command: click.Command = getattr(commands, cmd_name)
        return command

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 -- click's own signature
        """Run the command that was chosen."""
        try:
            return super().invoke(ctx)
        except TourError as error:
            raise click.ClickException(str(error)) from error


@click.group(cls=TourGroup)
@click.pass_context
def main(context: click.Context) -> None:
    """Run and look after the audio guide.

    Every setting is an environment variable, TOURAPP_…; the README lists them.
    """
    settings = Settings.from_environ(os.environ)
    configure_logging(settings.log_level)
    context.obj = Resources.open(settings)
    context.call_on_close(context.obj.close)


main.add_command(people)
main.add_command(stops)
main.add_command(media)


@main.group()
def database() -> None:
    """Bring the database to another state of the migrations."""


@database.command("upgrade")
@click.argument("revision", default="head")
@click.pass_obj
def upgrade_(resources: Resources, revision: str) -> None:
    """Bring the database up to REVISION (head)."""
    upgrade(resources.database, root=resources.settings.root, revision=revision)


@database.command("downgrade")
@click.argument("revision")
@click.pass_obj
def downgrade_(resources: Resources, revision: str) -> None:
    """Bring the database down to REVISION, such as 0001, or base for nothing at all."""
    downgrade(resources.database, root=resources.settings.root, revision=revision)


@main.command("serve")
@click.pass_obj
def serve_(resources: Resources) -> None:
    """Serve the pages and the API."""
    serve(resources.settings)


@main.command()
@click.pass_obj
def worker(resources: Resources) -> None:
    """Make the sound that is wanted, until Ctrl-C."""
    work(resources)


@main.command()
@click.pass_obj
def run(resources: Resources) -> None:
    """Set everything up, then serve and work until Ctrl-C."""
    settings = resources.settings
    check_port_is_free(settings)
    upgrade(resources.database, root=settings.root)
    click.echo(f"Database  ready: {resources.database.described}")
    _tell_of_import(resources)
    _speak(resources)
    serving = f"Serving   {settings.public_url} (Ctrl-C ends it)"
    commands = [_command("serve"), _command("worker")]
    sys.exit(run_together(commands, once_started=lambda: click.echo(serving)))


def _tell_of_import(resources: Resources) -> None:
    findings = seed(resources, resources.settings.root / "stops")
    counted = Counter(finding.outcome for finding in findings)
    told = ", ".join(f"{count} {outcome}" for outcome, count in counted.items())
    click.echo(f"Stops     {told} (files in stops/)")
    for finding in findings:
        if finding.outcome in {Outcome.KEPT, Outcome.CONFLICT}:
            click.echo(f"          {described(finding)}")


def _speak(resources: Resources) -> None:
    from tourapp.narration.commands import speaking_bar  # noqa: PLC0415 -- as above
    from tourapp.narration.rendering import open_renderer  # noqa: PLC0415 -- as above

    renderer = open_renderer(resources)
    silent = renderer.count_silent()
    if silent:
        with speaking_bar(silent) as bar:
            renderer.render_silent(after_each=lambda: bar.update(1))
    spoken = silent - renderer.count_silent()
    others = [name for name in resources.settings.engines if name != "espeak"]
    tried = f"; better voices are tried in the background: {', '.join(others)}" if others else ""
    click.echo(f"Speech    narratives spoken now: {spoken}{tried}")


def _command(name: str) -> list[str]:
    return [sys.executable, "-m", "tourapp", name]
