"""The picture that a player shows while a clip is heard, from the stop's drawing."""

import io

from PIL import Image
from resvg_py import svg_to_bytes

from tourapp.errors import InvalidError

_SIDE_PX = 320
_QUALITY = 75


def draw_cover(drawing: bytes) -> bytes:
    """Return a drawing, which is SVG, as a small JPEG; equal drawings give equal bytes.

    Raises InvalidError for what cannot be drawn.
    """
    try:
        png = svg_to_bytes(
            svg_string=drawing.decode(),
            width=_SIDE_PX,
            background="#ffffff",
            skip_system_fonts=True,
        )
    except ValueError as error:
        message = f"no cover can be drawn: {error}"
        raise InvalidError(message) from error
    file = io.BytesIO()
    picture = Image.open(io.BytesIO(png), formats=["PNG"]).convert("RGB")
    picture.thumbnail((_SIDE_PX, _SIDE_PX))
    picture.save(file, "JPEG", quality=_QUALITY, optimize=True)
    return file.getvalue()
