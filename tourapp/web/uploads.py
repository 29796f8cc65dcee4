"""Files that programs send: read as they come."""

from typing import BinaryIO, cast

from flask import request


def streamed_body(most_bytes: int) -> BinaryIO:
    """Return what is sent as it comes, which here alone may be longer than a text is."""
    request.max_content_length = most_bytes
    return cast("BinaryIO", request.stream)
