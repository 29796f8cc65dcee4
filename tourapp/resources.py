"""What a process holds open: the settings, the database, the media store and the queue."""

from dataclasses import dataclass

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
        self.database.close()
        self.queue.storage.close()
