"""Bringing a database to a state of the migrations, all or nothing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection

from tourapp.db import Database
from tourapp.errors import InvalidError


def upgrade(database: Database, *, root: Path, revision: str = "head") -> None:
    """Bring the database up to a revision; nothing happens where it is there already.

    Raises InvalidError for a revision that does not exist.
    """
    _run(command.upgrade, database, root=root, revision=revision)


def downgrade(database: Database, *, root: Path, revision: str) -> None:
    """Bring the database down to a revision, or raise InvalidError where there is none such."""
    _run(command.downgrade, database, root=root, revision=revision)


def rebuild(
    database: Database,
    *,
    root: Path,
    revision: str,
    fill: Callable[[Connection], None],
) -> None:
    """Make a database anew at a revision, have it filled, and bring it up to date.

    What was in it is lost, unless something fails: then nothing has changed.
    """
    with _moving(database, root=root) as (config, connection):
        command.downgrade(config, "base")
        command.upgrade(config, revision)
        fill(connection)
        command.upgrade(config, "head")


def find_revision(connection: Connection) -> str | None:
    """Return the revision that a database is at, or None where it has no tables yet."""
    return MigrationContext.configure(connection).get_current_revision()


def is_known(root: Path, revision: str) -> bool:
    """Tell whether this release has a migration to a revision."""
    # Migrations may name a constraint while they are loaded.
    with Operations.context(MigrationContext.configure(dialect_name="sqlite")):
        known = ScriptDirectory.from_config(_config(root)).walk_revisions()
        return revision in {script.revision for script in known}


def _run(
    move: Callable[[Config, str], None],
    database: Database,
    *,
    root: Path,
    revision: str,
) -> None:
    with _moving(database, root=root) as (config, _):
        move(config, revision)


@contextmanager
def _moving(database: Database, *, root: Path) -> Iterator[tuple[Config, Connection]]:
    config = _config(root)
    try:
        with database.migrating() as connection:
            config.attributes["connection"] = connection
            yield config, connection
    except CommandError as error:
        raise InvalidError(str(error)) from error


def _config(root: Path) -> Config:
    config = Config()
    config.set_main_option("script_location", str(root / "migrations").replace("%", "%%"))
    return config
