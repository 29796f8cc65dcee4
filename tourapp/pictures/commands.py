"""`tourapp pictures`: photographs made ready to stand beside a stop's file."""

from pathlib import Path

import click

from tourapp.pictures.intake import WIDEST_PX, bare

_FILE = click.Path(path_type=Path, dir_okay=False)
_PRESENT = click.Path(path_type=Path, dir_okay=False, exists=True)


@click.group()
def pictures() -> None:
    """Make photographs ready for `stops/`."""


@pictures.command("bare")
@click.argument("photograph", type=_PRESENT)
@click.argument("into", type=_FILE)
def write_bare(photograph: Path, into: Path) -> None:
    """Write the pixels of PHOTOGRAPH as a JPEG: upright, and not where or when it was taken."""
    with photograph.open("rb") as given:
        made = bare(given, widest_px=WIDEST_PX)
    into.write_bytes(made.content)
    click.echo(f"{into}: {made.told['width']} x {made.told['height']} pixels")
