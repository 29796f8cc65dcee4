"""`tourapp backup` and `restore`: all that an installation holds, into one place and back."""

from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from tourapp.resources import Resources
from tourapp.upkeep.backups.about import About
from tourapp.upkeep.backups.restoring import check_target, put_back, verify
from tourapp.upkeep.backups.saving import back_up

_NO_KEY = (
    "The secret key is not in it: keep TOURAPP_SECRET_KEY, or var/secret_key, elsewhere; with"
    " another one, staff sign in anew."
)


@click.command()
@click.argument("target", type=click.Path(path_type=Path))
@click.pass_obj
def backup(resources: Resources, target: Path) -> None:
    """Keep all rows and files in one place.

    TARGET is a new folder or, by its ending .tar, one file. Server and worker go on meanwhile. It
    holds what lets people in: keep it as safe as the site.
    """
    about = back_up(resources, target, now=datetime.now(UTC))
    _tell(about)
    click.echo(_NO_KEY, err=True)
    click.echo(f"written  {target}")


@click.command()
@click.argument("source", type=click.Path(path_type=Path))
@click.option("--check", "is_check", is_flag=True, help="Only prove the backup whole.")
@click.option("--replace", is_flag=True, help="Lose what is in the database now.")
@click.pass_obj
def restore(resources: Resources, source: Path, *, is_check: bool, replace: bool) -> None:
    """Bring a backup back, proved whole first.

    SOURCE goes into the database and the media store that the settings name. End every server and
    worker first.
    """
    with TemporaryDirectory(prefix="tourapp-restore-") as folder:
        spool = Path(folder)
        about = verify(source, spool=spool)
        if not is_check:
            check_target(resources, about, replace=replace)
            put_back(resources, source, about, spool=spool)
    _tell(about)
    click.echo(f"{'whole' if is_check else 'restored'}    {source}")


def _tell(about: About) -> None:
    for name, why in about.lacking.items():
        click.echo(f"{why:<8} {name}")
    made = f"{about.made_at:%Y-%m-%d %H:%M} UTC, schema {about.schema}"
    click.echo(f"{about.rows} rows of {len(about.tables)} tables, {about.media} files ({made})")
