"""Encodings of answers: brotli or gzip where the phone takes them, each with an ETag of its own."""

import gzip
from collections.abc import Callable
from functools import lru_cache
from http import HTTPStatus

import brotli
from flask import Flask, Response, request
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

IDENTITY = "identity"

_ENCODERS: dict[str, Callable[[bytes], bytes]] = {
    # Level 11 would save a tenth more, and cost ten times as long.
    "br": lambda body: brotli.compress(body, mode=brotli.MODE_TEXT, quality=5),
    # Without the time of day: equal answers are equal bytes.
    "gzip": lambda body: gzip.compress(body, compresslevel=6, mtime=0),
    IDENTITY: lambda body: body,
}

LONGEST_WISH = 1_000
"""How much of a header is looked at: nobody wishes for more, and more would cost more."""

ENCODINGS = tuple(_ENCODERS)
"""The encodings that answers are sent in, best first."""

_ENCODED_TYPES = frozenset(
    {
        "application/geo+json",
        "application/json",
        "application/rss+xml",
        "application/manifest+json",
        "application/xml",
        "image/svg+xml",
        "text/css",
        "text/html",
        "text/javascript",
        "text/plain",
    },
)


def choose_encoding(accept_encoding: str) -> str:
    """Return the encoding that the header Accept-Encoding wishes for most, else `identity`."""
    return _choose_encoding(accept_encoding[:LONGEST_WISH])


@lru_cache(maxsize=256)
def _choose_encoding(accept_encoding: str) -> str:
    accepted = parse_accept_header(accept_encoding, Accept)
    return accepted.best_match(ENCODINGS, default=IDENTITY)


def encode(body: bytes, encoding: str) -> bytes:
    """Return the body in one of `ENCODINGS`; equal bodies give equal bytes."""
    return _ENCODERS[encoding](body)


def encoded_tag(tag: str, encoding: str) -> str:
    """Return the entity tag, without its quotes, of an encoded answer."""
    return tag if encoding == IDENTITY else f"{tag}-{encoding}"


def register_encoding(app: Flask) -> None:
    """Encode what the reader takes encoded, and answer 304 to whoever has it already."""

    @app.after_request
    def conclude(response: Response) -> Response:
        if response.status_code == HTTPStatus.OK and not _is_fixed(response):
            if response.mimetype in _ENCODED_TYPES:
                accepted = request.headers.get("Accept-Encoding", "")
                _encode_answer(response, choose_encoding(accepted))
            response.make_conditional(request)
        return response


def _is_fixed(response: Response) -> bool:
    # The tag of a state is named by the change of it, and a file's name is the hash of its bytes.
    return bool(response.cache_control.no_store or response.cache_control.no_transform)


def _encode_answer(response: Response, encoding: str) -> None:
    response.vary.add("Accept-Encoding")
    if encoding == IDENTITY:
        return
    response.direct_passthrough = False
    response.set_data(encode(response.get_data(), encoding))
    response.content_encoding = encoding
    tag, _ = response.get_etag()
    if tag is not None:
        response.set_etag(encoded_tag(tag, encoding))
