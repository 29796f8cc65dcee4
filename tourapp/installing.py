"""`tourapp run` and `database`: an installation set up."""

import sys
from collections import Counter
from collections.abc import Sequence

import click

from tourapp import migrating, processes
from tourapp.accounts.services import has_administrator
from tourapp.itineraries.commands import seed_itineraries
from tourapp.narration.commands import speaking_bar
from tourapp.narration.queries import count_silent
from tourapp.narration.rendering import open_renderer
from tourapp.publishing.commands import seed
from tourapp.resources import Resources
from tourapp.stops.importing import Finding

# Whoever starts the site for the first time sees it within two minutes; the worker speaks the rest.
_LONGEST_WAIT_S = 60


@click.group()
def database() -> None:
    """Bring the database to another state of the migrations."""


@database.command()
@click.argument("revision", default="head")
@click.pass_obj
def upgrade(resources: Resources, revision: str) -> None:
    """Bring the database up to REVISION (head)."""
    migrating.upgrade(resources.database, root=resources.settings.root, revision=revision)


@database.command()
@click.argument("revision")
@click.pass_obj
def downgrade(resources: Resources, revision: str) -> None:
    """Bring the database down to REVISION, such as 0001, or base for nothing at all."""
    migrating.downgrade(resources.database, root=resources.settings.root, revision=revision)


@click.command()
@click.pass_obj
def run(resources: Resources) -> None:
    """Set everything up, then serve and work until Ctrl-C."""
    settings = resources.settings
    processes.check_port_is_free(settings)
    migrating.upgrade(resources.database, root=settings.root)
    click.echo(f"Database  ready: {resources.database.described}")
    _tell_of_import("Stops", seed(resources, settings.root / "stops"), files="stops/")
    planned = seed_itineraries(resources, settings.root / "itineraries")
    _tell_of_import("Plans", planned, files="itineraries/")
    _speak(resources)
    _tell_of_administrator(resources)
    serving = f"Serving   {settings.public_url} (Ctrl-C ends it)"
    commands = [_command("serve"), _command("worker")]
    sys.exit(processes.run_together(commands, once_started=lambda: click.echo(serving)))


def _tell_of_import(what: str, findings: Sequence[Finding], *, files: str) -> None:
    counted = Counter(finding.outcome for finding in findings)
    told = ", ".join(f"{count} {outcome}" for outcome, count in counted.items())
    click.echo(f"{what:<9} {told} (files in {files})")
    for finding in findings:
        if finding.outcome.is_kept:
            click.echo(f"          {finding}")


def _speak(resources: Resources) -> None:
    renderer = open_renderer(resources)
    silent = renderer.count_silent()
    if silent:
        with speaking_bar(silent) as bar:
            renderer.render_silent(most_s=_LONGEST_WAIT_S, after_each=lambda: bar.update(1))
    spoken = silent - renderer.count_silent()
    others = [name for name in resources.settings.engines if name != "espeak"]
    tried = f"; better voices are tried in the background: {', '.join(others)}" if others else ""
    click.echo(f"Speech    narratives spoken now: {spoken}{tried}")
    if later := _count_silent(resources):
        click.echo(f"          to be spoken in the background: {later}")


def _count_silent(resources: Resources) -> int:
    with resources.database.reading() as session:
        return count_silent(session)


def _tell_of_administrator(resources: Resources) -> None:
    with resources.database.reading() as session:
        is_there = has_administrator(session)
    if not is_there:
        click.echo("People    nobody administers the bureau yet; this prints the way in:")
        click.echo("          .venv/bin/tourapp people invite --role administration YOUR@ADDRESS")


def _command(name: str) -> list[str]:
    return [sys.executable, "-m", "tourapp", name]
