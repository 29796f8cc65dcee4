"""`tourapp itineraries`: their files into the database and back."""

from pathlib import Path

import click

from tourapp.accounts.commands import local_operator
from tourapp.itineraries.importing import export_itineraries, import_itineraries
from tourapp.itineraries.queries import list_itineraries
from tourapp.itineraries.source import read_itineraries, write_itinerary
from tourapp.resources import Resources
from tourapp.stops.importing import Finding, Outcome

FOLDER = click.Path(file_okay=False, path_type=Path)


@click.group()
def itineraries() -> None:
    """Check, import, export and list itineraries."""


@itineraries.command()
@click.argument("folder", type=FOLDER, required=False)
@click.pass_obj
def check(resources: Resources, folder: Path | None) -> None:
    """Read every file of FOLDER (itineraries/) and name each mistake; change nothing."""
    contents = read_itineraries(folder or resources.settings.root / "itineraries")
    click.echo(f"{len(contents)} itineraries are well written")


@itineraries.command("import")
@click.argument("folder", type=FOLDER, required=False)
@click.pass_obj
def import_(resources: Resources, folder: Path | None) -> None:
    """Bring FOLDER (itineraries/) into the database; what guides changed since is kept."""
    findings = seed_itineraries(resources, folder or resources.settings.root / "itineraries")
    for finding in findings:
        click.echo(finding)
    if any(finding.outcome is Outcome.CONFLICT for finding in findings):
        message = "conflicts were left as they are in the database"
        raise click.ClickException(message)


@itineraries.command()
@click.argument("folder", type=FOLDER)
@click.pass_obj
def export(resources: Resources, folder: Path) -> None:
    """Write the seeded and the published itineraries into FOLDER; files that say the same stay."""
    with resources.database.reading() as session:
        contents = export_itineraries(session)
    for slug, content in contents.items():
        for path in write_itinerary(folder, slug, content):
            click.echo(f"written  {path}")


@itineraries.command("list")
@click.pass_obj
def list_(resources: Resources) -> None:
    """List every itinerary, with who sees it."""
    with resources.database.reading() as session:
        for itinerary in list_itineraries(session, viewer=local_operator()):
            click.echo(f"{itinerary.visibility:<9} {itinerary.slug}  {itinerary.title}")


def seed_itineraries(resources: Resources, folder: Path) -> list[Finding]:
    """Read a folder of itineraries whole, then write it all at once."""
    contents = read_itineraries(folder)
    with resources.database.transaction() as session:
        return import_itineraries(session, contents, by=local_operator())
