"""The queue: Huey on a SQLite file by default, on Redis when told.

It only nudges. What is wanted stands in the database, so a lost message loses nothing.
"""

from pathlib import Path
from urllib.parse import urlsplit

from huey import Huey, MemoryHuey, RedisHuey, SqliteHuey

NAME = "tourapp"


def open_queue(url: str) -> Huey:
    """Open the queue that the URL names: `sqlite:///path`, `redis://host/0` or `memory://`."""
    scheme = urlsplit(url).scheme
    if scheme == "sqlite":
        path = Path(url.removeprefix("sqlite:///"))
        path.parent.mkdir(parents=True, exist_ok=True)
        return SqliteHuey(NAME, filename=str(path), fsync=True, results=False)
    if scheme == "memory":
        return MemoryHuey(NAME, results=False)
    return RedisHuey(NAME, url=url, results=False)
