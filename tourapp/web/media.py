"""Media files over HTTP: never changing, cached for ever, with byte ranges."""

from http import HTTPStatus

from flask import Blueprint, Response, request
from werkzeug.http import quote_etag

from tourapp.errors import NotFoundError
from tourapp.media import MediaStore, media_type
from tourapp.web.context import current_resources
from tourapp.web.ranges import ByteRange, UnsatisfiableRangeError, parse_range
from tourapp.web.security import MEDIA_POLICY

media_files = Blueprint("media", __name__)


@media_files.get("/media/<name>")
def media_file(name: str) -> Response:
    """Send a file, one range of it, or nothing new."""
    store = current_resources().media
    size = store.find_size(name)
    if size is None:
        message = f"no media file {name!r}"
        raise NotFoundError(message)
    etag = name.partition(".")[0]
    if request.if_none_match.contains_weak(etag):
        return _described(Response(status=HTTPStatus.NOT_MODIFIED), name, etag)
    try:
        wanted = parse_range(_asked_range(etag), size=size)
    except UnsatisfiableRangeError:
        headers = {"Content-Range": f"bytes */{size}", "Accept-Ranges": "bytes"}
        return Response(status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, headers=headers)
    return _described(_send(store, name, wanted, size=size), name, etag)


def _asked_range(etag: str) -> str | None:
    # The range of another state of the file would join bytes that do not belong together.
    still_the_same = request.headers.get("If-Range") in {None, quote_etag(etag)}
    return request.headers.get("Range") if request.method == "GET" and still_the_same else None


def _send(store: MediaStore, name: str, wanted: ByteRange | None, *, size: int) -> Response:
    part = wanted or ByteRange(0, size, size)
    is_head = request.method == "HEAD"
    response = Response(b"" if is_head else store.read(name, start=part.start, end=part.end))
    response.content_length = part.end - part.start
    if wanted is not None:
        response.status_code = HTTPStatus.PARTIAL_CONTENT
        response.headers["Content-Range"] = part.content_range
    return response


def _described(response: Response, name: str, etag: str) -> Response:
    response.content_type = media_type(name)
    response.set_etag(etag)
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    response.headers["Content-Security-Policy"] = MEDIA_POLICY
    return response
