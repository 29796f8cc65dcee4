"""Bringing a database to a state of the migrations, all or nothing."""

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config

from tourapp.db import Database


def upgrade(database: Database, *, root: Path, revision: str = "head") -> None:
    """Bring the database up to a revision; nothing happens where it is there already."""
    _run(command.upgrade, database, root=root, revision=revision)


def downgrade(database: Database, *, root: Path, revision: str) -> None:
    """Bring the database down to a revision."""
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
    with database.migrating() as connection:
        config.attributes["connection"] = connection
        move(config, revision)
