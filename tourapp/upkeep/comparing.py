"""The media store compared with the database: files that are lost, and files that nobody names."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from tourapp.db import Database
from tourapp.media import MediaStore, StoredFile
from tourapp.upkeep.services import NamedFile, list_named, want_again

SPARED_FOR = timedelta(days=1)
"""How long a file is left alone: it is written before the commit that names it."""


@dataclass(frozen=True, slots=True)
class Mending:
    """What is made again, and what cannot be made again here."""

    narrations: int
    beyond: list[NamedFile]


def find_lost(database: Database, media: MediaStore) -> list[NamedFile]:
    """Return what rows name and the store lacks, or holds with another size."""
    # The rows first: a file that they name was in the store before they did.
    with database.reading() as session:
        named = list(list_named(session))
    sizes = {file.name: file.size for file in media.list_files()}
    return [file for file in named if not _is_whole(file, sizes.get(file.name))]


def mend(database: Database, lost: list[NamedFile], *, now: datetime) -> Mending:
    """Want again what can be made again."""
    names = {file.name for file in lost}
    with database.transaction() as session:
        narrations = want_again(session, names, now=now)
        beyond = [file for file in list_named(session) if file.name in names]
    return Mending(narrations, beyond)


def find_orphans(database: Database, media: MediaStore, *, now: datetime) -> list[StoredFile]:
    """Return the files that no row names and that were written over a day ago."""
    # The files first: a row that names one of them later has made it young again.
    old = [file for file in media.list_files() if file.written_at < now - SPARED_FOR]
    with database.reading() as session:
        named = {file.name for file in list_named(session)}
    return [file for file in old if file.name not in named]


def _is_whole(file: NamedFile, found_size: int | None) -> bool:
    return found_size is not None and file.size in {None, found_size}
