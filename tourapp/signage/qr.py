"""QR codes for the open air: level H, a quiet zone of four modules, SVG and PNG."""

from io import BytesIO

from qrcode.constants import ERROR_CORRECT_H
from qrcode.image.pil import PilImage
from qrcode.image.svg import SvgPathFillImage
from qrcode.main import QRCode

from tourapp.signage.codes import QUIET_ZONE

Drawing = SvgPathFillImage | PilImage

PNG_MODULE_PX = 16


def qr_svg(url: str) -> bytes:
    """Draw the URL as an SVG document on white, one path, ten units a module."""
    return _drawn(url, SvgPathFillImage, module=10)


def qr_png(url: str) -> bytes:
    """Draw the URL as a PNG in black and white, sixteen pixels a module."""
    return _drawn(url, PilImage, module=PNG_MODULE_PX)


def count_modules(url: str) -> int:
    """Return how many modules wide the URL's code is, without its quiet zone."""
    code = _prepared(url, PilImage, module=1)
    return int(code.best_fit()) * 4 + 17


def _drawn(url: str, factory: type[Drawing], *, module: int) -> bytes:
    code = _prepared(url, factory, module=module)
    code.make()
    drawn = BytesIO()
    code.make_image().save(drawn)
    return drawn.getvalue()


def _prepared(url: str, factory: type[Drawing], *, module: int) -> "QRCode[Drawing]":
    code: QRCode[Drawing] = QRCode(
        error_correction=ERROR_CORRECT_H,
        border=QUIET_ZONE,
        box_size=module,
        image_factory=factory,
    )
    code.add_data(url)
    return code
