"""JSON logs, a line an event, that share the id of the request; no address of a visitor."""

import logging
import re
import secrets
import sys
import time
from contextvars import ContextVar

from flask import Flask, Response, g, request
from pythonjsonlogger.json import JsonFormatter

log = logging.getLogger(__name__)

_request_id: ContextVar[str | None] = ContextVar("request_id", default=None)
_ACCEPTABLE_ID = re.compile(r"[\w.-]{8,64}", re.ASCII)


def configure_logging(level: str) -> None:
    """Write every log record as one line of JSON to the standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(_add_request_id)
    handler.setFormatter(
        JsonFormatter(
            "{levelname}{name}{message}{request_id}",
            style="{",
            timestamp=True,
            rename_fields={"levelname": "level", "name": "logger"},
        ),
    )
    logging.basicConfig(level=level, handlers=[handler], force=True)
    # Huey tells of every minute's sweep, Alembic of having nothing to do.
    for talkative in ("alembic", "huey"):
        logging.getLogger(talkative).setLevel(logging.WARNING)


def request_id(given: str) -> str:
    """Return the id that the caller gave, where that is sane, else a new one."""
    return given if _ACCEPTABLE_ID.fullmatch(given) else secrets.token_hex(8)


def register_logs(app: Flask) -> None:
    """Give each request an id, its caller's where that is sane, and log its end."""

    @app.before_request
    def begin() -> None:
        g.request_id = request_id(request.headers.get("X-Request-Id", ""))
        g.began = time.perf_counter()
        _request_id.set(g.request_id)

    @app.after_request
    def end(response: Response) -> Response:
        response.headers["X-Request-Id"] = g.request_id
        log.info(
            "%s %s",
            request.method,
            told_path(),
            extra={
                "status": response.status_code,
                "duration_ms": round((time.perf_counter() - g.began) * 1000, 1),
            },
        )
        return response


def told_path() -> str:
    """Return the path, without the secret of a link that lets somebody in."""
    secret = (request.view_args or {}).get("secret")
    return request.path if secret is None else request.path.replace(secret, "…")


def _add_request_id(record: logging.LogRecord) -> bool:
    record.request_id = _request_id.get()
    return True
