"""QR codes over HTTP."""

from collections.abc import Callable

from flask import Response
from flask_smorest import Blueprint

from tourapp.signage.codes import sign_url
from tourapp.signage.qr import qr_png, qr_svg
from tourapp.signage.services import get_first_sign
from tourapp.stops.queries import get_published_stop
from tourapp.web.context import current_resources

signs = Blueprint("signs", __name__, url_prefix="/api/v1/stops", description="Signs on site")


@signs.get("/<slug>/qr.svg")
@signs.response(200, {"type": "string"}, content_type="image/svg+xml")
def get_qr_svg(slug: str) -> Response:
    """Return the QR code of a stop's first sign as SVG, to be printed at any size."""
    return _drawn(slug, qr_svg, "image/svg+xml")


@signs.get("/<slug>/qr.png")
@signs.response(200, {"type": "string", "format": "binary"}, content_type="image/png")
def get_qr_png(slug: str) -> Response:
    """Return the QR code of a stop's first sign as PNG, sixteen pixels a module."""
    return _drawn(slug, qr_png, "image/png")


def _drawn(slug: str, draw: Callable[[str], bytes], content_type: str) -> Response:
    resources = current_resources()
    with resources.database.reading() as session:
        stop = get_published_stop(session, slug, lang="fr").stop
        code = get_first_sign(session, stop).code
    drawing = draw(sign_url(resources.settings.public_url, code))
    response = Response(drawing, content_type=content_type)
    response.add_etag()
    response.headers["Cache-Control"] = "no-cache"
    return response
