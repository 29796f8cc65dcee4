"""Bytes that a process keeps without holding them in its memory."""

import os
from tempfile import TemporaryFile
from weakref import finalize


class Spool:
    """A file without a name: the system keeps its bytes in memory as long as it can spare any.

    It is opened with the first bytes, not before a process is forked, and only grows. It is closed
    when nothing refers to it any longer. One thread adds, any reads.
    """

    def __init__(self) -> None:
        self.size = 0
        self._descriptor = -1

    def add(self, body: bytes) -> int:
        """Keep these bytes and return where; OSError where there is no room for them."""
        offset = self.size
        if os.pwrite(self._opened(), body, offset) < len(body):
            message = "no room for all of them"
            raise OSError(message)
        self.size += len(body)
        return offset

    def read(self, offset: int, size: int) -> bytes:
        """Return bytes that were added."""
        return os.pread(self._descriptor, size, offset)

    def _opened(self) -> int:
        if self._descriptor < 0:
            file = TemporaryFile(buffering=0)  # noqa: SIM115 -- closed by the finalizer
            self._descriptor = file.fileno()
            finalize(self, file.close)
        return self._descriptor
