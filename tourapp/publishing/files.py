"""Media files of this machine, before Flask: a range is read, or nginx is told to send it."""

import os
from http import HTTPStatus
from pathlib import Path
from typing import Any

from tourapp.media import MediaStore
from tourapp.publishing.shelf import HeaderLines
from tourapp.web.api import OPEN_HEADERS
from tourapp.web.files import FileAnswer, FileRequest, answer_file
from tourapp.web.security import protection

MEDIA = "/media/"

Environ = dict[str, Any]
Answer = tuple[str, HeaderLines, bytes]


class LocalFiles:
    """The files of a media store that is a directory; those of another one are not found here.

    `accel` is empty, or a path under which nginx alone reaches the directory: it then sends them.
    """

    def __init__(self, store: MediaStore, *, public_url: str, accel: str) -> None:
        self._store = store
        self._accel = accel
        self._common = (*OPEN_HEADERS, *protection(MEDIA, public_url=public_url).items())

    def find(self, path: str, environ: Environ) -> Answer | None:
        """Return the answer to a GET or HEAD of a file, or None where the application must."""
        place = self._store.find_path(path.removeprefix(MEDIA))
        if place is None:
            return None
        try:
            return self._handed_over(place, environ) if self._accel else self._read(place, environ)
        except OSError:
            return None

    def _read(self, place: Path, environ: Environ) -> Answer:
        file = os.open(place, os.O_RDONLY | os.O_CLOEXEC)
        try:
            answer = answer_file(place.name, _asked(environ), size=os.fstat(file).st_size)
            # In one piece: a phone with little signal then holds memory, and not a thread.
            part = answer.part
            body = os.pread(file, part.end - part.start, part.start) if part else b""
        finally:
            os.close(file)
        return self._told(answer, body)

    def _handed_over(self, place: Path, environ: Environ) -> Answer:
        known = FileRequest(method="HEAD", if_none_match=environ.get("HTTP_IF_NONE_MATCH"))
        status, headers, body = self._told(
            answer_file(place.name, known, size=place.stat().st_size)
        )
        if status.startswith("304"):
            return status, headers, body
        # nginx looks at the range by itself, and counts what it sends.
        whole = tuple(header for header in headers if header[0] != "Content-Length")
        return status, (*whole, ("X-Accel-Redirect", f"{self._accel}{place.name}")), body

    def _told(self, answer: FileAnswer, body: bytes = b"") -> Answer:
        status = HTTPStatus(answer.status)
        given = {name for name, _ in answer.headers}
        common = (header for header in self._common if header[0] not in given)
        return f"{status.value} {status.phrase.upper()}", (*answer.headers, *common), body


def _asked(environ: Environ) -> FileRequest:
    return FileRequest(
        method=environ["REQUEST_METHOD"],
        range=environ.get("HTTP_RANGE"),
        if_range=environ.get("HTTP_IF_RANGE"),
        if_none_match=environ.get("HTTP_IF_NONE_MATCH"),
    )
