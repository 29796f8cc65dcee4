"""A backup put back: proved whole first, then files, then rows, all or nothing."""

import gzip
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO

from sqlalchemy import Connection, Table

from tourapp import migrating
from tourapp.db import Database
from tourapp.errors import ConflictError, InvalidError
from tourapp.resources import Resources
from tourapp.upkeep.backups.about import About, read_about
from tourapp.upkeep.backups.bags import DATA, MANIFEST, hash_of, reading
from tourapp.upkeep.backups.references import loose_references
from tourapp.upkeep.backups.rows import has_rows, list_tables, summarise, write_lines
from tourapp.upkeep.backups.saving import ABOUT, MEDIA, TABLE_SUFFIX, TABLES

_TOLD_AT_MOST = 10

_LAID_OUT = re.compile(rf"{DATA}(?:{ABOUT}|{TABLES}\w+{TABLE_SUFFIX})")

# What the migrations themselves write into a new database.
_NEVER_EMPTY = {"catalogue", "topic"}


class DamagedBackupError(InvalidError):
    """A backup is not what its manifest says; nothing was changed."""

    def __init__(self, source: Path, faults: list[str]) -> None:
        self.faults = faults
        more = len(faults) - _TOLD_AT_MOST
        told = [*faults[:_TOLD_AT_MOST], *([f"and {more} more"] if more > 0 else [])]
        super().__init__(f"{source} is damaged: {'; '.join(told)}")


def verify(source: Path, *, spool: Path) -> About:
    """Read a whole backup, compare each file with the manifest, and lay its tables out in `spool`.

    Raises DamagedBackupError, or InvalidError for what is no backup.
    """
    found: dict[str, str] = {}
    wanted: dict[str, str] = {}
    with reading(source) as files:
        for name, content in files:
            if name == MANIFEST:
                wanted = _manifest(content.read().decode(errors="replace"))
            elif name.startswith(DATA):
                found[name] = hash_of(content)
                _lay_out(name, content, spool=spool)
    if DATA + ABOUT not in wanted:
        message = f"{source} is no whole backup: its manifest lacks {DATA}{ABOUT}"
        raise InvalidError(message)
    if faults := sorted(_differences(found, wanted)):
        raise DamagedBackupError(source, faults)
    return read_about((spool / ABOUT).read_bytes())


def check_target(resources: Resources, about: About, *, replace: bool) -> None:
    """Refuse a backup of a newer release, or a database that something would be lost of."""
    if not migrating.is_known(resources.settings.root, about.schema):
        message = f"the backup is of a newer release: schema {about.schema} is not known here"
        raise ConflictError(message)
    if not replace and not _is_empty(resources.database):
        message = "the database is not empty; --replace loses what is in it"
        raise ConflictError(message)


def put_back(resources: Resources, source: Path, about: About, *, spool: Path) -> None:
    """Put a verified backup into the store and the database, and bring it up to date.

    The database is made anew in one transaction, which ends only if each table says what it said
    when the backup was made.
    """
    with reading(source) as files:
        for name, content in files:
            if name.startswith(DATA + MEDIA):
                _keep(resources, name.removeprefix(DATA + MEDIA), content.read())
    migrating.rebuild(
        resources.database,
        root=resources.settings.root,
        revision=about.schema,
        fill=lambda connection: _fill(connection, about, spool=spool),
    )


def _keep(resources: Resources, name: str, content: bytes) -> None:
    kept = resources.media.put(content, suffix=name.rpartition(".")[2])
    if kept != name:
        message = f"{name} changed while it was read"
        raise InvalidError(message)


def _fill(connection: Connection, about: About, *, spool: Path) -> None:
    tables = list_tables(connection)
    if {table.name for table in tables} != set(about.tables):
        message = f"the backup does not have the tables of schema {about.schema}"
        raise InvalidError(message)
    with loose_references(connection):
        for table in tables:
            _refill(connection, table, spool=spool)
    for table in tables:
        if summarise(connection, table) != about.tables[table.name]:
            message = f"{table.name} does not say what it said when the backup was made"
            raise InvalidError(message)


def _refill(connection: Connection, table: Table, *, spool: Path) -> None:
    if has_rows(connection, table):
        connection.execute(table.delete())
    with gzip.open(spool / f"{table.name}{TABLE_SUFFIX}") as lines:
        write_lines(connection, table, lines)


def _is_empty(database: Database) -> bool:
    with database.reading() as session:
        connection = session.connection()
        tables = (table for table in list_tables(connection) if table.name not in _NEVER_EMPTY)
        return not any(has_rows(connection, table) for table in tables)


def _manifest(written: str) -> dict[str, str]:
    lines = (line.partition("  ") for line in written.splitlines())
    return {name: digest for digest, _, name in lines}


def _differences(found: Mapping[str, str], wanted: Mapping[str, str]) -> Iterator[str]:
    for name in found.keys() - wanted.keys():
        yield f"{name} is not in the manifest"
    for name, digest in wanted.items():
        if name not in found:
            yield f"{name} is missing"
        elif found[name] != digest:
            yield f"{name} has another hash"


def _lay_out(name: str, content: IO[bytes], *, spool: Path) -> None:
    """Keep what tells of the database at hand; media files are read from the backup again."""
    if _LAID_OUT.fullmatch(name):
        content.seek(0)
        with (spool / name.rpartition("/")[2]).open("wb") as file:
            shutil.copyfileobj(content, file)
