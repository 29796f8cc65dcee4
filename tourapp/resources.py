"""What a process holds open: the settings, the database, the media store and the queue."""

from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from tourapp.db import Database
from tourapp.media import MediaStore
from tourapp.settings import Settings

if TYPE_CHECKING:
    from huey import Huey


@dataclass(frozen=True)
class Resources:
    """The open resources of one process, handed to whoever needs them."""

    settings: Settings
    database: Database
    media: MediaStore
    closing: ExitStack = field(default_factory=ExitStack)
    """What is to be ended before the rest is closed."""

    @classmethod
    def open(cls, settings: Settings) -> "Resources":
        """Open everything that the settings name."""
        return cls(
            settings=settings,
            database=Database(settings.database_url),
            media=MediaStore(settings.media_url),
        )

    @cached_property
    def queue(self) -> "Huey":
        """The queue; UnavailableError where its file cannot be opened."""
        # A process of a server seldom uses it, and would carry Huey and Redis along.
        from tourapp.queue import open_queue  # noqa: PLC0415

        queue = open_queue(self.settings.queue_url)
        self.closing.callback(queue.storage.close)
        return queue

    def close(self) -> None:
        """Give back every connection."""
        self.closing.close()
        self.database.close()
