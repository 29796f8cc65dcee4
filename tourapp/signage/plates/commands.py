"""`tourapp signs make`: plates as files."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import get_args
from zoneinfo import ZoneInfo

import click
from click._termui_impl import ProgressBar
from click.utils import LazyFile

from tourapp.accounts.commands import local_operator
from tourapp.errors import InvalidError
from tourapp.resources import Resources
from tourapp.signage.plates.content import THEMES, Theme
from tourapp.signage.plates.formats import FORMAT_NAMES, FormatName, Layout
from tourapp.signage.plates.gathering import gather
from tourapp.signage.plates.orders import Choice, Order, Packing
from tourapp.signage.plates.printing import Form, Press
from tourapp.signage.plates.services import record_plates
from tourapp.signage.plates.typesetting import Typesetter


@click.command()
@click.option("--stops", multiple=True, metavar="SLUG", help="Every sign of this stop.")
@click.option("--codes", multiple=True, metavar="CODE", help="The sign of this code.")
@click.option("--all", "all_", is_flag=True, help="Every sign.")
@click.option("--format", "format_", required=True, type=click.Choice(FORMAT_NAMES))
@click.option("--theme", default="light", type=click.Choice(THEMES), help="Colours (light).")
@click.option(
    "--distance",
    "distance_cm",
    type=click.IntRange(1, 1000),
    help="From how many centimetres the code is read; each format has its own.",
)
@click.option("--hard", is_flag=True, help="A larger code: for poor light, or read at an angle.")
@click.option("--marks", is_flag=True, help="Trim marks and 3 mm of bleed, for a printer.")
@click.option("--wheelchair", is_flag=True, help="These places can be reached in a wheelchair.")
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="Of printing (today).")
@click.option("--form", default="pdf", type=click.Choice(get_args(Form)), help="In a .zip (pdf).")
@click.option(
    "--out",
    required=True,
    type=click.File("wb", lazy=True),
    help="signs.pdf: one file; signs.zip: one a sign; sign.png: a picture of one.",
)
@click.pass_obj
def make(  # noqa: PLR0913 -- each is one option of the command
    resources: Resources,
    *,
    stops: Sequence[str],
    codes: Sequence[str],
    all_: bool,
    format_: FormatName,
    theme: Theme,
    distance_cm: int | None,
    hard: bool,
    marks: bool,
    wheelchair: bool,
    day: datetime | None,
    form: Form,
    out: LazyFile,
) -> None:
    """Print signs: set in type, each read back before it is written.

    `--stops` and `--codes` may be given several times, or several slugs and codes with commas.
    """
    order = Order(
        choice=Choice(stops=_several(stops), codes=_several(codes), all=all_),
        layout=Layout(format=format_, theme=theme, distance_cm=distance_cm, hard=hard, marks=marks),
        packing=_packing(Path(out.name), form),
        wheelchair=wheelchair,
        printed_on=(day or datetime.now(ZoneInfo(resources.settings.time_zone))).date(),
    )
    batch = gather(resources, order)
    count = len(batch.plates)
    with _printing_bar(count) as bar:
        typesetter = Typesetter(resources.settings.root)
        press = Press(typesetter, order.layout, after_each=lambda: bar.update(1))
        content = press.print_packed(batch, order.packing)
    out.write(content)
    click.echo(f"{out.name}: {count} signs, {len(content) // 1000} kB, each read back")
    if batch.imprint.trial:
        click.echo(f"Only to try: {resources.settings.public_url} leads nowhere from a phone")
        return
    with resources.database.transaction() as session:
        record_plates(session, batch.plates, by=local_operator())


def _printing_bar(plates: int) -> ProgressBar[int]:
    """Draw the progress over so many plates, on a terminal only."""
    return click.progressbar(length=plates, label="Printing ", show_pos=True)


def _packing(out: Path, form: Form) -> Packing:
    """Return what the name of the file asks for."""
    packings: dict[str, Packing] = {
        ".pdf": "pdf",
        ".zip": "pdfs" if form == "pdf" else "pngs",
        ".png": "png",
    }
    if out.suffix not in packings:
        message = f"expected a file ending in {', '.join(packings)}, got {out.name!r}"
        raise InvalidError(message)
    return packings[out.suffix]


def _several(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(each for value in values for each in value.split(",") if each)
