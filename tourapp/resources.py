"""What a process holds open: the settings, the database, the media store and the queue."""

from contextlib import ExitStack
from dataclasses import dataclass, field

from huey import Huey

from tourapp.db import Database
from tourapp.media import MediaStore
from tourapp.queue import open_queue
from tourapp.settings import Settings


@dataclass(frozen=True, slots=True)
class Resources:
    """The open resources of one process, handed to whoever needs them."""

    settings: Settings
    database: Database
    media: MediaStore
    queue: Huey
    closing: ExitStack = field(default_factory=ExitStack)
    """What is to be ended before the rest is closed."""

    @classmethod
    def open(cls, settings: Settings) -> "Resources":
        """Open everything that the settings name."""
        return cls(
            settings=settings,
            database=Database(settings.database_url),
            media=MediaStore(settings.media_url),
            queue=open_queue(settings.queue_url),
        )

    def close(self) -> None:
        """Give back every connection."""
        self.closing.close()
        self.database.close()
        self.queue.storage.close()
