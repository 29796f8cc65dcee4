"""The picture that a player shows while a clip is heard, from the stop's drawing."""

import io

from tourapp.pictures.drawings import read_drawing

_SIDE_PX = 320
_QUALITY = 75


def draw_cover(drawing: bytes) -> bytes:
    """Return a drawing, which is SVG, as a small JPEG; equal drawings give equal bytes.

    Raises InvalidError for what cannot be drawn.
    """
    picture = read_drawing(drawing, width_px=_SIDE_PX)
    picture.thumbnail((_SIDE_PX, _SIDE_PX))
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=_QUALITY, optimize=True)
    return file.getvalue()
