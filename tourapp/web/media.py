"""Media files over HTTP, from whatever store they are kept in."""

from flask import Blueprint, Response, request
from werkzeug.datastructures import Headers

from tourapp.errors import NotFoundError
from tourapp.web.context import current_resources
from tourapp.web.files import FileRequest, answer_file

media_files = Blueprint("media", __name__)


@media_files.get("/media/<name>")
def media_file(name: str) -> Response:
    """Send a file, one range of it, or nothing new."""
    store = current_resources().media
    size = store.find_size(name)
    if size is None:
        message = f"no media file {name!r}"
        raise NotFoundError(message)
    answer = answer_file(name, _asked(), size=size)
    part = answer.part
    body = store.read(name, start=part.start, end=part.end) if part else b""
    response = Response(body, answer.status)
    # A 304 has no type, and the answer to a HEAD the size of what is not sent.
    response.headers = Headers(answer.headers)
    return response


def _asked() -> FileRequest:
    return FileRequest(
        method=request.method,
        range=request.headers.get("Range"),
        if_range=request.headers.get("If-Range"),
        if_none_match=request.headers.get("If-None-Match"),
    )
