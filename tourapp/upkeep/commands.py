"""`tourapp media`: the files of the media store against the rows that name them."""

from datetime import UTC, datetime

import click

from tourapp.errors import NotFoundError
from tourapp.resources import Resources
from tourapp.upkeep.comparing import SPARED_FOR, find_lost, find_orphans, mend

_ADVICE = {
    False: "--mend has sounds made again",
    True: "bring them back by `tourapp stops import`, or from a backup",
}


@click.group()
def media() -> None:
    """Look after the files of sounds and drawings."""


@media.command()
@click.option("--mend", "is_meant", is_flag=True, help="Have what can be made again made again.")
@click.pass_obj
def check(resources: Resources, *, is_meant: bool) -> None:
    """Find the files that are named and lost, or cut short; it fails while there are any."""
    lost = find_lost(resources.database, resources.media)
    for file in lost:
        click.echo(f"lost      {file.name}  {file.column}")
    click.echo(f"{len(lost)} files lost")
    if is_meant:
        mending = mend(resources.database, lost, now=datetime.now(UTC))
        click.echo(f"{mending.narrations} narrations are made again")
        lost = mending.beyond
    if lost:
        columns = ", ".join(sorted({file.column for file in lost}))
        message = f"{len(lost)} files of {columns} are lost; {_ADVICE[is_meant]}"
        raise NotFoundError(message)


@media.command()
@click.option("--delete", "is_meant", is_flag=True, help="Delete them; otherwise only tell.")
@click.pass_obj
def collect(resources: Resources, *, is_meant: bool) -> None:
    """Find the files that nothing names since a day or more, and delete them if asked to."""
    now = datetime.now(UTC)
    orphans = find_orphans(resources.database, resources.media, now=now)
    for file in orphans:
        click.echo(f"orphan    {file.name}  {file.size} bytes")
    told = f"{len(orphans)} files, {sum(file.size for file in orphans)} bytes, that nothing names"
    if not is_meant:
        click.echo(f"{told}; --delete removes them")
        return
    than = now - SPARED_FOR
    gone = [file for file in orphans if resources.media.delete_older(file.name, than=than)]
    click.echo(f"{told}; {len(gone)} deleted")
