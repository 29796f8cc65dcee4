"""The yardsticks: a constant answer by bare Flask and by bare WSGI, on the product's own server."""

import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from flask import Flask, Response

from tourapp.processes import Load, serve
from tourapp.settings import Settings

# As many bytes as a stop's page, encoded.
BODY = b"x" * 3_500


def load_bare_flask(_root: Path) -> Flask:
    """Return an application of one view that answers a constant."""
    app = Flask(__name__)

    @app.get("/")
    def constant() -> Response:
        return Response(BODY, content_type="text/html; charset=utf-8")

    return app


def load_bare_wsgi(_root: Path) -> Callable[..., Any]:
    """Return the least that answers anything."""
    headers = [
        ("Content-Type", "text/html; charset=utf-8"),
        ("Content-Length", str(len(BODY))),
    ]

    def constant(_environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        start_response("200 OK", headers)
        return [BODY]

    return constant


LOADERS: dict[str, Load] = {"flask": load_bare_flask, "wsgi": load_bare_wsgi}

if __name__ == "__main__":
    serve(Settings.from_environ(os.environ), load=LOADERS[sys.argv[1]])
