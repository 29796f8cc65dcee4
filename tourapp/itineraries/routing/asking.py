"""Asking a routing service over HTTP: within a time, up to a size, and only for JSON."""

import json
from typing import Any

import requests

from tourapp.errors import UnavailableError
from tourapp.itineraries.route import Point
from tourapp.itineraries.routing.protocol import NoWayError

_MOST_BYTES = 5_000_000
_PIECE_BYTES = 65_536
_MOST_TOLD = 200

_REFUSED = range(400, 500)
_TOO_MANY = 429


def ask(method: str, url: str, *, timeout_s: float, **told: Any) -> tuple[bool, Any]:  # noqa: ANN401 -- what requests takes and JSON holds
    """Return whether a service accepts what is asked, and what it says. Raises UnavailableError."""
    try:
        with requests.request(method, url, timeout=timeout_s, stream=True, **told) as answer:
            body = _read(answer)
            if answer.status_code == _TOO_MANY or answer.status_code >= _REFUSED.stop:
                message = f"the routing service answers {answer.status_code}"
                raise UnavailableError(message)
            return answer.status_code not in _REFUSED, json.loads(body)
    except (requests.RequestException, ValueError) as error:
        message = f"the routing service does not answer: {error}"
        raise UnavailableError(message) from error


def refusal(told: Any, *, is_no_way: bool) -> UnavailableError:  # noqa: ANN401 -- what a service said
    """Return what a refusal means: that there is no way, or that the service is of no use."""
    if is_no_way:
        return NoWayError("the routing service knows no way")
    return UnavailableError(
        f"the routing service refuses what it is asked: {str(told)[:_MOST_TOLD]}"
    )


def read_line(coordinates: Any) -> list[Point]:  # noqa: ANN401 -- what a service said
    """Return the points of a GeoJSON line. Raises UnavailableError for what is none."""
    try:
        return [Point(float(latitude), float(longitude)) for longitude, latitude, *_ in coordinates]
    except (TypeError, ValueError) as error:
        message = "the routing service tells a line that is none"
        raise UnavailableError(message) from error


def _read(answer: requests.Response) -> bytes:
    body = b""
    for piece in answer.iter_content(_PIECE_BYTES):
        body += piece
        if len(body) > _MOST_BYTES:
            message = f"the routing service answers more than {_MOST_BYTES} bytes"
            raise UnavailableError(message)
    return body
