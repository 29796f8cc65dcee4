"""Files that are written when somebody asks for them, and kept by nobody."""

import os
import tempfile
from collections.abc import Callable, Iterator
from typing import IO

from flask import Response

_PIECE_BYTES = 1 << 16
_KEPT_IN_MEMORY = 1 << 20


def download(write: Callable[[IO[bytes]], None], *, name: str, content_type: str) -> Response:
    """Answer what `write` puts into a file, to be saved under a name."""
    file = tempfile.SpooledTemporaryFile(_KEPT_IN_MEMORY)  # noqa: SIM115 -- closed once it is sent
    write(file)
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    response = Response(_sent(file), content_type=content_type)
    response.call_on_close(file.close)
    response.content_length = size
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _sent(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(_PIECE_BYTES):
            yield piece
