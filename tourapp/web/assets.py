"""Static files under addresses that change with their bytes, so that they are cached for ever."""

import hashlib
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, request, url_for


def register_assets(app: Flask) -> None:
    """Give templates `asset(path)`, and let what carries a fingerprint be kept for ever."""
    folder = Path(str(app.static_folder))

    @lru_cache
    def asset(path: str) -> str:
        return url_for("static", filename=path, v=_fingerprint(folder / path))

    app.jinja_env.globals["asset"] = asset

    @app.after_request
    def keep(response: Response) -> Response:
        if request.endpoint == "static" and "v" in request.args:
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


def _fingerprint(path: Path) -> str | None:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12] if path.is_file() else None
