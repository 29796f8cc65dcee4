"""Files that programs send: read as they come."""

import hashlib
from typing import BinaryIO, cast

from flask import g, request


class Streamed:
    """What is sent as it comes; it remembers the digest of what went through."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._seen = hashlib.sha256()

    @property
    def digest(self) -> bytes:
        """Return what tells these bytes from others."""
        return self._seen.digest()

    def read(self, size: int) -> bytes:
        """Return the next bytes, none at the end."""
        piece = self._stream.read(size)
        self._seen.update(piece)
        return piece


def streamed_body(most_bytes: int) -> BinaryIO:
    """Return what is sent as it comes, which here alone may be longer than a text is."""
    request.max_content_length = most_bytes
    g.streamed = Streamed(cast("BinaryIO", request.stream))
    return cast("BinaryIO", g.streamed)


def digest_of_body() -> bytes:
    """Return what tells the body of the present request from others, once it is read."""
    streamed: Streamed | None = g.get("streamed")
    return hashlib.sha256(request.get_data()).digest() if streamed is None else streamed.digest
