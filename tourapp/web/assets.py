"""Static files under addresses that change with their bytes, so that they are cached for ever."""

import hashlib
from functools import lru_cache
from http import HTTPStatus
from pathlib import Path

from flask import Flask, Response, request, url_for


def register_assets(app: Flask) -> None:
    """Give templates `asset(path)`, and let what carries a fingerprint be kept for ever."""
    folder = Path(str(app.static_folder))

    @lru_cache
    def fingerprint(path: str) -> str | None:
        return _fingerprint(folder / path)

    def asset(path: str) -> str:
        return url_for("static", filename=path, v=fingerprint(path))

    app.jinja_env.globals["asset"] = asset

    @app.after_request
    def keep(response: Response) -> Response:
        is_sent = request.endpoint == "static" and response.status_code < HTTPStatus.BAD_REQUEST
        # While a release replaces another, a page of one may ask the other for its bytes.
        if is_sent and request.args.get("v") == fingerprint(_filename()):
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


def _filename() -> str:
    return str((request.view_args or {})["filename"])


def _fingerprint(path: Path) -> str | None:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12] if path.is_file() else None
