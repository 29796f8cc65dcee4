"""A backup made while everybody goes on working: one state of the database, and its files."""

import gzip
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import IO

from sqlalchemy import Connection, Table

from tourapp.db import Database
from tourapp.errors import ConflictError, NotFoundError
from tourapp.media import MediaStore
from tourapp.migrating import find_revision
from tourapp.resources import Resources
from tourapp.upkeep.backups.about import About
from tourapp.upkeep.backups.bags import Bag, filling, hash_of
from tourapp.upkeep.backups.rows import Summary, Tally, list_tables, read_lines
from tourapp.upkeep.services import list_named

ABOUT = "about.json"
TABLES = "tables/"
TABLE_SUFFIX = ".jsonl.gz"
MEDIA = "media/"


def back_up(resources: Resources, target: Path, *, now: datetime) -> About:
    """Write all that the database holds, and every file that it names, into a new bag.

    The rows are those of one moment. A file never changes; one that is deleted between that moment
    and its turn was of a row that is gone too, and is told. Nobody waits for a backup: what reads
    the database is over before files are copied. Raises ConflictError for a database without any
    schema, and what `filling` does.
    """
    with filling(target) as bag:
        with resources.database.reading() as session:
            connection = session.connection()
            schema = _schema(connection)
            tables = {
                table.name: _add_table(bag, connection, table) for table in list_tables(connection)
            }
            names = sorted({file.name for file in list_named(session)})
        unread = [name for name in names if not _add_media(bag, resources.media, name)]
        about = About(
            made_at=now,
            schema=schema,
            tables=tables,
            media=len(names) - len(unread),
            lacking=_explained(resources.database, unread),
        )
        bag.add(ABOUT, BytesIO(about.written()))
    return about


def _schema(connection: Connection) -> str:
    schema = find_revision(connection)
    if schema is None:
        message = "there is nothing to back up: the database has no tables yet"
        raise ConflictError(message)
    return schema


def _add_table(bag: Bag, connection: Connection, table: Table) -> Summary:
    tally = Tally(table)
    with _beside(bag) as file:
        # Without the time of day, equal rows are equal bytes.
        with gzip.GzipFile(fileobj=file, mode="wb", compresslevel=6, mtime=0) as packed:
            packed.writelines(tally.count(read_lines(connection, table)))
        file.seek(0)
        bag.add(f"{TABLES}{table.name}{TABLE_SUFFIX}", file)
    return tally.summed()


@contextmanager
def _beside(bag: Bag) -> Iterator[IO[bytes]]:
    # Where the backup goes there is room for it; a folder of temporary files may lie in memory.
    with tempfile.TemporaryFile(dir=bag.path.parent) as file:
        yield file


def _add_media(bag: Bag, media: MediaStore, name: str) -> bool:
    try:
        content = BytesIO(media.read(name))
    except NotFoundError:
        return False
    if hash_of(content) != name.partition(".")[0]:
        return False
    content.seek(0)
    bag.add(MEDIA + name, content)
    return True


def _explained(database: Database, unread: Collection[str]) -> dict[str, str]:
    with database.reading() as session:
        still_named = {file.name for file in list_named(session)} if unread else set()
    return {name: "lost" if name in still_named else "gone" for name in unread}
