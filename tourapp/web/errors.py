"""The one place that turns errors into answers: problem+json for the API, a page elsewhere."""

import logging
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, g, json, redirect, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from tourapp.errors import (
    ConflictError,
    ExceededError,
    ForbiddenError,
    GoneError,
    InvalidError,
    MovedError,
    NotFoundError,
    StaleError,
    TourError,
    UnauthenticatedError,
    UnavailableError,
)
from tourapp.web.logs import told_path

log = logging.getLogger(__name__)

API_PREFIX = "/api/"

_STATUSES: dict[type[TourError], HTTPStatus] = {
    NotFoundError: HTTPStatus.NOT_FOUND,
    GoneError: HTTPStatus.GONE,
    ConflictError: HTTPStatus.CONFLICT,
    ForbiddenError: HTTPStatus.FORBIDDEN,
    StaleError: HTTPStatus.PRECONDITION_FAILED,
    UnauthenticatedError: HTTPStatus.UNAUTHORIZED,
    InvalidError: HTTPStatus.UNPROCESSABLE_ENTITY,
    ExceededError: HTTPStatus.TOO_MANY_REQUESTS,
    UnavailableError: HTTPStatus.SERVICE_UNAVAILABLE,
}

_HEADERS: dict[type[TourError], tuple[tuple[str, str], ...]] = {
    UnauthenticatedError: (("WWW-Authenticate", 'Bearer realm="tourapp"'),),
}

_REFUSALS = (ForbiddenError, UnauthenticatedError)


@dataclass(frozen=True, slots=True)
class Problem:
    """What went wrong, in the words of RFC 9457."""

    status: HTTPStatus
    detail: str
    cause: Exception
    errors: tuple[dict[str, str], ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)


def register_errors(app: Flask, render_page: Callable[[Problem], str]) -> None:
    """Answer every error of the application; `render_page` draws it for a person."""

    def answer(error: TourError | HTTPException) -> Response:
        problem = _problem(error)
        drawn = _document(problem) if _is_for_a_program() else _page(problem, render_page)
        drawn.headers.extend(problem.headers)
        drawn.headers["Cache-Control"] = "no-store"
        return drawn

    app.register_error_handler(MovedError, _elsewhere)
    app.register_error_handler(TourError, answer)
    app.register_error_handler(HTTPException, answer)


def asked_by(**who: str | int | None) -> None:
    """Remember who makes the present request, for the line that is logged where it is refused."""
    g.asked_by = who


def _elsewhere(error: MovedError) -> AnyResponse:
    """Lead to the same address with the name that holds now."""
    is_read = request.method in {"GET", "HEAD"}
    status = HTTPStatus.MOVED_PERMANENTLY if is_read else HTTPStatus.PERMANENT_REDIRECT
    if _is_for_a_program():
        response: AnyResponse = _document(Problem(status, str(error), error))
        response.location = _present_address(error)
    else:
        response = redirect(_present_address(error), status)
    # A name may come back: a browser that kept both ways would go round in circles.
    response.headers["Cache-Control"] = "no-store"
    return response


def _present_address(error: MovedError) -> str:
    given = request.view_args or {}
    renamed: dict[str, Any] = {
        key: error.now if part == error.former else part for key, part in given.items()
    }
    query = f"?{request.query_string.decode()}" if request.query_string else ""
    return url_for(str(request.endpoint), **renamed) + query


def _is_for_a_program() -> bool:
    return request.path.startswith(API_PREFIX)


def _document(problem: Problem) -> Response:
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": problem.status.phrase,
        "status": problem.status.value,
        "detail": problem.detail,
        "instance": request.path,
        **problem.facts,
    }
    if problem.errors:
        body["errors"] = list(problem.errors)
    return Response(json.dumps(body), problem.status, content_type="application/problem+json")


def _page(problem: Problem, render_page: Callable[[Problem], str]) -> Response:
    return Response(render_page(problem), problem.status, content_type="text/html; charset=utf-8")


def _problem(error: TourError | HTTPException) -> Problem:
    if isinstance(error, TourError):
        return _problem_of_ours(error)
    return _problem_of_frameworks(error)


def _problem_of_frameworks(error: HTTPException) -> Problem:
    status = HTTPStatus(error.code or HTTPStatus.INTERNAL_SERVER_ERROR)
    given = getattr(error, "data", None) or {}
    errors = tuple(_flatten(given.get("messages", {})))
    detail = "what was sent breaks a rule" if errors else str(error.description)
    headers = tuple(
        (name, value) for name, value in error.get_headers() if name.lower() != "content-type"
    )
    return Problem(status, detail, error, errors, headers)


def _problem_of_ours(error: TourError) -> Problem:
    kind = next(kind for kind in _STATUSES if isinstance(error, kind))
    detail = str(error)
    if kind in _REFUSALS:
        log.warning("refused: %s %s", request.method, told_path(), extra=g.get("asked_by", {}))
    if kind is UnavailableError:
        # The reason names hosts and files: it is for the log, not for the world.
        log.error("%s", error)
        detail = "the service cannot answer now; try again in a few seconds"
    return Problem(
        _STATUSES[kind],
        detail,
        error,
        errors=tuple({"where": where, "what": what} for where, what in error.mistakes),
        headers=_HEADERS.get(kind, ()) + _retry_header(error),
        facts=error.facts,
    )


def _retry_header(error: TourError) -> tuple[tuple[str, str], ...]:
    after_s = error.retry_after_s
    return () if after_s is None else (("Retry-After", str(math.ceil(after_s))),)


def _flatten(messages: Any, where: str = "") -> Iterator[dict[str, str]]:  # noqa: ANN401 -- webargs nests freely
    if isinstance(messages, dict):
        for part, inner in messages.items():
            yield from _flatten(inner, f"{where}.{part}" if where else str(part))
    else:
        yield from ({"where": where, "what": what} for what in messages)
