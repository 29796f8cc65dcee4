"""The queue: Huey on a SQLite file by default, on Redis when told.

It only nudges. What is wanted stands in the database, so a lost message loses nothing.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from huey import Huey, MemoryHuey, RedisHuey, SqliteHuey
from redis.exceptions import RedisError

from tourapp.errors import UnavailableError

NAME = "tourapp"


def open_queue(url: str) -> Huey:
    """Open the queue that the URL names: `sqlite:////path`, `redis://host/0` or `memory://`.

    Raises UnavailableError where its file cannot be opened; a Redis is only asked when used.
    """
    with queue_outages():
        return _open(url)


@contextmanager
def queue_outages() -> Iterator[None]:
    """Turn what a queue's storage raises when it does not answer into UnavailableError."""
    try:
        yield
    except (sqlite3.Error, RedisError, OSError) as error:
        reason = f"the queue does not answer: {error}"
        raise UnavailableError(reason) from error


def _open(url: str) -> Huey:
    scheme = urlsplit(url).scheme
    if scheme == "sqlite":
        path = Path(url.removeprefix("sqlite:///"))
        path.parent.mkdir(parents=True, exist_ok=True)
        return SqliteHuey(NAME, filename=str(path), fsync=True, results=False)
    if scheme == "memory":
        return MemoryHuey(NAME, results=False)
    return RedisHuey(NAME, url=url, results=False)
