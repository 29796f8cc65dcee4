"""Bringing a database to a state of the migrations, all or nothing."""

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError

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


def _run(
    move: Callable[[Config, str], None],
    database: Database,
    *,
    root: Path,
    revision: str,
) -> None:
    config = Config()
    config.set_main_option("script_location", str(root / "migrations").replace("%", "%%"))
    try:
        with database.migrating() as connection:
            config.attributes["connection"] = connection
            move(config, revision)
    except CommandError as error:
        raise InvalidError(str(error)) from error
