"""`tourapp itineraries`: their files into the database and back."""

from dataclasses import asdict
from pathlib import Path

import click

from tourapp.accounts.commands import local_operator
from tourapp.itineraries.drafting.content import RemarkKind
from tourapp.itineraries.drafting.services import draft_itinerary
from tourapp.itineraries.drawings.reading import read_drawing
from tourapp.itineraries.importing import export_itineraries, import_itineraries
from tourapp.itineraries.queries import list_itineraries
from tourapp.itineraries.source import read_itineraries, write_itinerary
from tourapp.resources import Resources
from tourapp.stops.importing import Finding, Outcome

_REMARKS: dict[RemarkKind, str] = {
    "near": "near      {name}: taken for the stop {stop}, {distance_m} m away",
    "unknown": "left out  {name}: no stop is known there",
    "loose_path": "left out  the path {name!r}: it leads from no halt to the next",
    "reckoned": "left out  paths of {name}: a routing service is asked for them again",
    "cut": "shortened {name}",
}

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
@click.argument("path", type=click.Path(exists=True, path_type=Path), required=False)
@click.pass_obj
def import_(resources: Resources, path: Path | None) -> None:
    """Bring PATH (itineraries/) into the database; what guides changed since is kept.

    A GPX, KML or GeoJSON file becomes a private itinerary, which nobody owns yet: those who publish
    see it, and share it.
    """
    folder = path or resources.settings.root / "itineraries"
    if not folder.is_dir():
        _draft(resources, folder)
        return
    findings = seed_itineraries(resources, folder)
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
    for slug, drawn in contents.items():
        for path in write_itinerary(folder, slug, drawn):
            click.echo(f"{'written' if path.exists() else 'deleted':<8} {path}")


@itineraries.command("list")
@click.pass_obj
def list_(resources: Resources) -> None:
    """List every itinerary, with who sees it."""
    with resources.database.reading() as session:
        for itinerary in list_itineraries(session, viewer=local_operator()):
            click.echo(f"{itinerary.visibility:<9} {itinerary.slug}  {itinerary.title}")


def _draft(resources: Resources, file: Path) -> None:
    drawing = read_drawing(file.read_bytes())
    with resources.database.transaction() as session:
        draft = draft_itinerary(session, drawing, named=file.stem, by=local_operator())
        made = draft.itinerary
        told = f"{len(made.halts)} halts, {len(made.legs)} paths"
        click.echo(f"{Outcome.CREATED:<9} {made.slug}: {told}")
    for remark in draft.remarks:
        click.echo(_REMARKS[remark.kind].format(**asdict(remark)))


def seed_itineraries(resources: Resources, folder: Path) -> list[Finding]:
    """Read a folder of itineraries whole, then write it all at once."""
    contents = read_itineraries(folder)
    with resources.database.transaction() as session:
        return import_itineraries(session, contents, by=local_operator())
