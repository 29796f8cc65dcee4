"""Static files under addresses that change with their bytes, so that they are cached for ever.

The address names the state of a whole folder, before the file: `/static/js/~0a1b2c3d4e5f/stop.js`.
What a script imports and a stylesheet draws from beside it is then named by its bytes too, without
anybody rewriting it.
"""

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

from flask import Blueprint, Flask, Response, current_app, send_from_directory, url_for

if TYPE_CHECKING:
    from collections.abc import Callable

_FOR_EVER = "public, max-age=31536000, immutable"


def register_assets(app: Flask) -> None:
    """Give templates `asset(path)`, and let what carries a fingerprint be kept for ever."""
    folder = Path(str(app.static_folder))
    assets = Blueprint("assets", __name__, url_prefix=app.static_url_path)

    @lru_cache
    def fingerprint(part: str) -> str:
        return _fingerprint(folder / part)

    # Named as Flask names its own: what is static costs nothing, and is not counted.
    @assets.get("/<part>/~<known>/<path:rest>")
    def static(part: str, known: str, rest: str) -> Response:
        response = send_from_directory(folder, f"{part}/{rest}")
        # While a release replaces another, a page of one may ask the other for its bytes.
        if known == fingerprint(part):
            response.headers["Cache-Control"] = _FOR_EVER
        return response

    def asset(path: str) -> str:
        part, _, rest = path.partition("/")
        return url_for("assets.static", part=part, known=fingerprint(part), rest=rest)

    app.register_blueprint(assets)
    app.jinja_env.globals["asset"] = asset


def asset_url(path: str) -> str:
    """Return the address of a static file, in the application that answers now."""
    asset = cast("Callable[[str], str]", current_app.jinja_env.globals["asset"])
    return asset(path)


def _fingerprint(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(f"{path.relative_to(folder)} {path.stat().st_size} ".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
