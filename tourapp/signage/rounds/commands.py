"""`tourapp signs round`: the signs to be seen, in walking order."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from tourapp.resources import Resources
from tourapp.signage.rounds.exports import described, round_csv, round_document, round_gpx
from tourapp.signage.rounds.schemas import RoundSchema
from tourapp.signage.rounds.services import Halt, RoundQuery, gather_round

_FORMS = ("csv", "gpx", "geojson")


@click.command("round")
@click.option("--damaged", is_flag=True, help="Those that are damaged, or reported by visitors.")
@click.option("--silent", is_flag=True, help="Those that are scanned far less than usual.")
@click.option("--unchecked", type=click.IntRange(1), metavar="DAYS", help="Not seen for so long.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="A file to write.")
@click.pass_obj
def round_(
    resources: Resources, *, damaged: bool, silent: bool, unchecked: int | None, out: Path | None
) -> None:
    """List the signs to be seen, one reason being enough; all that hang where none is given.

    The name of the file to write tells its form: .csv, .gpx or .geojson.
    """
    now = datetime.now(UTC)
    since = None if unchecked is None else now - timedelta(days=unchecked)
    query = RoundQuery(damaged=damaged, silent=silent, unchecked_since=since)
    with resources.database.reading() as session:
        halts = gather_round(session, query, today=now.date())
        if out is not None:
            out.write_bytes(_written(halts, out))
        for number, halt in enumerate(halts, 1):
            click.echo(f"{number:>3} {halt.sign.code}  {described(halt)}")


def _written(halts: list[Halt], out: Path) -> bytes:
    form = out.suffix.removeprefix(".").lower()
    if form not in _FORMS:
        message = f"expected a file that ends in .{', .'.join(_FORMS)}, got {str(out)!r}"
        raise click.ClickException(message)
    if form == "geojson":
        whole = RoundSchema().dump(round_document(halts))
        return json.dumps(whole, ensure_ascii=False).encode()
    return {"csv": round_csv, "gpx": round_gpx}[form](halts)
