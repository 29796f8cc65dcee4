"""`tourapp roadbook`: an itinerary on paper."""

from datetime import datetime
from zoneinfo import ZoneInfo

import click
from click.utils import LazyFile

from tourapp.accounts.commands import local_operator
from tourapp.itineraries.queries import get_itinerary
from tourapp.itineraries.route import PACES, PaceName
from tourapp.resources import Resources
from tourapp.visit.roadbook.content import PAPER_FORMATS, VERSIONS, PaperFormat, Version, Wish
from tourapp.visit.roadbook.gathering import gather_road_book
from tourapp.visit.roadbook.setting import set_road_book

_START = click.DateTime(["%Y-%m-%dT%H:%M"])


@click.command()
@click.argument("slug")
@click.option(
    "--format", "format_", default="a4", type=click.Choice(PAPER_FORMATS), help="Of the paper (a4)."
)
@click.option(
    "--version",
    default="public",
    type=click.Choice(VERSIONS),
    help="With notes and questions: guide (public).",
)
@click.option(
    "--pace", default="adult", type=click.Choice(tuple(PACES)), help="Of the group (adult)."
)
@click.option("--start", type=_START, help="Write times by the clock, from this moment.")
@click.option("--out", required=True, type=click.File("wb", lazy=True), help="The file to write.")
@click.pass_obj
def roadbook(  # noqa: PLR0913 -- each is one option of the command
    resources: Resources,
    *,
    slug: str,
    format_: PaperFormat,
    version: Version,
    pace: PaceName,
    start: datetime | None,
    out: LazyFile,
) -> None:
    """Print the road book of the itinerary SLUG.

    A booklet is printed on both sides, turned over on the short edge, and folded.
    """
    zone = ZoneInfo(resources.settings.time_zone)
    wish = Wish(
        format=format_,
        version=version,
        pace=pace,
        starts_at=start and start.replace(tzinfo=zone),
    )
    by = local_operator()
    with resources.database.reading() as session:
        itinerary = get_itinerary(session, slug, viewer=by)
        book = gather_road_book(session, itinerary, wish, settings=resources.settings, viewer=by)
    written = set_road_book(book, format=format_, root=resources.settings.root)
    out.write(written)
    click.echo(f"{out.name}: {len(book.halts)} halts, {len(written) // 1000} kB")
    if book.imprint.trial:
        click.echo(f"Only to try: {resources.settings.public_url} leads nowhere from a phone")
