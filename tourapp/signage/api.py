"""QR codes over HTTP."""

from flask import Response

from tourapp.signage.codes import sign_url
from tourapp.signage.services import get_first_sign
from tourapp.stops.queries import get_published_stop
from tourapp.web.api import ApiBlueprint
from tourapp.web.context import current_resources

signs = ApiBlueprint("signs", __name__, url_prefix="/api/v1/stops", description="Signs on site")


@signs.get("/<slug>/qr.svg")
@signs.response(200, {"type": "string"}, content_type="image/svg+xml")
def get_qr_svg(slug: str) -> Response:
    """Return the QR code of a stop's first sign as SVG, to be printed at any size."""
    from tourapp.signage.qr import qr_svg  # noqa: PLC0415 -- seldom asked for, and Pillow weighs

    return _drawing(qr_svg(_address(slug)), "image/svg+xml")


@signs.get("/<slug>/qr.png")
@signs.response(200, {"type": "string", "format": "binary"}, content_type="image/png")
def get_qr_png(slug: str) -> Response:
    """Return the QR code of a stop's first sign as PNG, sixteen pixels a module."""
    from tourapp.signage.qr import qr_png  # noqa: PLC0415 -- as above

    return _drawing(qr_png(_address(slug)), "image/png")


def _address(slug: str) -> str:
    resources = current_resources()
    with resources.database.reading() as session:
        stop = get_published_stop(session, slug, lang="fr").stop
        code = get_first_sign(session, stop).code
    return sign_url(resources.settings.public_url, code)


def _drawing(drawn: bytes, content_type: str) -> Response:
    response = Response(drawn, content_type=content_type)
    response.add_etag()
    response.headers["Cache-Control"] = "no-cache"
    return response
