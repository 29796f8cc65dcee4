"""Drawing what a file describes in lines: SVG, such as stops bring along."""

import io

from PIL import Image
from resvg_py import svg_to_bytes

from tourapp.errors import InvalidError

_WHITE = "#ffffff"


def read_drawing(svg: bytes, *, width_px: int) -> Image.Image:
    """Return an SVG drawing on white, so many pixels wide. Raises InvalidError."""
    try:
        png = svg_to_bytes(
            svg_string=svg.decode(),
            width=width_px,
            background=_WHITE,
            skip_system_fonts=True,
        )
    except ValueError as error:
        message = f"the drawing cannot be drawn: {error}"
        raise InvalidError(message) from error
    return Image.open(io.BytesIO(png), formats=["PNG"]).convert("RGB")
