"""How a file that never changes is answered: whole, one range of it, or nothing new."""

from dataclasses import dataclass
from http import HTTPStatus

from werkzeug.http import parse_etags, quote_etag

from tourapp.media import media_type
from tourapp.web.ranges import ByteRange, UnsatisfiableRangeError, parse_range

# A file that somebody uploaded may be opened by itself: it then runs nothing.
FILE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRequest:
    """What is asked of a file: the method, and the headers that decide the answer."""

    method: str
    range: str | None = None
    if_range: str | None = None
    if_none_match: str | None = None


@dataclass(frozen=True, slots=True)
class FileAnswer:
    """The status, the headers, and the bytes to send; none where `part` is None."""

    status: HTTPStatus
    headers: Headers
    part: ByteRange | None = None


def answer_file(name: str, asked: FileRequest, *, size: int) -> FileAnswer:
    """Return how a file of `size` bytes, named by its hash, is answered (RFC 9110, 13 and 14)."""
    tag = name.partition(".")[0]
    if parse_etags(asked.if_none_match).contains_weak(tag):
        return FileAnswer(HTTPStatus.NOT_MODIFIED, _kept(tag))
    try:
        wanted = parse_range(_asked_range(asked, tag), size=size)
    except UnsatisfiableRangeError:
        told = (("Content-Range", f"bytes */{size}"), ("Content-Length", "0"))
        return FileAnswer(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, told)
    part = wanted or ByteRange(0, size, size)
    length = str(part.end - part.start)
    headers = (("Content-Type", media_type(name)), ("Content-Length", length), *_kept(tag))
    if wanted is not None:
        ranged = (*headers, ("Content-Range", wanted.content_range))
        return FileAnswer(HTTPStatus.PARTIAL_CONTENT, ranged, part)
    return FileAnswer(HTTPStatus.OK, headers, part if asked.method == "GET" else None)


def _asked_range(asked: FileRequest, tag: str) -> str | None:
    # The range of another state of the file would join bytes that do not belong together.
    still_the_same = asked.if_range in {None, quote_etag(tag)}
    return asked.range if asked.method == "GET" and still_the_same else None


def _kept(tag: str) -> Headers:
    return (
        ("ETag", quote_etag(tag)),
        ("Accept-Ranges", "bytes"),
        # Whoever takes files along checks them by their hash: nobody on the way may alter them.
        ("Cache-Control", "public, max-age=31536000, immutable, no-transform"),
        ("Content-Security-Policy", FILE_POLICY),
    )
