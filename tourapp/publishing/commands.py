"""`tourapp stops`: editorial files into the database and back, and publishing."""

from collections.abc import Iterable
from itertools import chain
from pathlib import Path

import click

from tourapp.accounts.commands import local_operator
from tourapp.narration.importing import export_lexicon
from tourapp.narration.lexicon.file import read_lexicon_file, write_lexicon_file
from tourapp.narration.tasks import register_tasks
from tourapp.narration.voicing import Voicing
from tourapp.publishing.seeding import export_stops, import_stops, store_media
from tourapp.publishing.services import publish_stop
from tourapp.resources import Resources
from tourapp.stops.importing import Finding, Outcome
from tourapp.stops.source.reading import read_stops
from tourapp.stops.source.writing import write_stop

FOLDER = click.Path(file_okay=False, path_type=Path)


@click.group()
def stops() -> None:
    """Check, import, export and publish stops."""


@stops.command()
@click.argument("folder", type=FOLDER, required=False)
@click.pass_obj
def check(resources: Resources, folder: Path | None) -> None:
    """Read every file of FOLDER (stops/) and name each mistake; change nothing."""
    folder = folder or resources.settings.root / "stops"
    contents = read_stops(folder)
    read_lexicon_file(folder)
    click.echo(f"{len(contents)} stops are well written, and so is the lexicon")


@stops.command("import")
@click.argument("folder", type=FOLDER, required=False)
@click.pass_obj
def import_(resources: Resources, folder: Path | None) -> None:
    """Bring FOLDER (stops/) into the database; what staff changed since is kept.

    A stop that is new is published at once; a text that changed waits for `publish`.
    """
    findings = seed(resources, folder or resources.settings.root / "stops")
    for finding in findings:
        click.echo(finding)
    register_tasks(resources)()
    if any(finding.outcome is Outcome.CONFLICT for finding in findings):
        message = "conflicts were left as they are in the database"
        raise click.ClickException(message)


@stops.command()
@click.argument("folder", type=FOLDER)
@click.pass_obj
def export(resources: Resources, folder: Path) -> None:
    """Write the database's stops and lexicon into FOLDER; files that say the same stay."""
    with resources.database.reading() as session:
        changed = [write_stop(folder, each) for each in export_stops(session, resources.media)]
        lexicon = export_lexicon(session)
    written = [*chain.from_iterable(changed), *write_lexicon_file(folder, lexicon)]
    for path in written:
        click.echo(f"written  {path}")
    click.echo(f"{len(changed)} stops, {len(written)} files written")


@stops.command()
@click.argument("slugs", nargs=-1, required=True)
@click.pass_obj
def publish(resources: Resources, slugs: Iterable[str]) -> None:
    """Let visitors see the newest text of these stops."""
    voicing = Voicing.of(resources.settings)
    by = local_operator()
    with resources.database.transaction() as session:
        changed = [
            line for slug in slugs for line in publish_stop(session, slug, by=by, voicing=voicing)
        ]
    register_tasks(resources)()
    for line in changed or ["everything was published already"]:
        click.echo(line)


def seed(resources: Resources, folder: Path) -> list[Finding]:
    """Read a folder of stops and its lexicon whole, keep its media, then write it all at once."""
    contents = read_stops(folder)
    lexicon = read_lexicon_file(folder)
    store_media(resources.media, contents)
    by, voicing = local_operator(), Voicing.of(resources.settings)
    with resources.database.transaction() as session:
        return import_stops(
            session, contents, lexicon=lexicon, is_seed=True, by=by, voicing=voicing
        )
