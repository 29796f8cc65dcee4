"""Decoding what somebody gives as a picture: known formats, bounded, upright, in plain colours.

What comes out holds pixels alone: nothing of when, where and with what a photograph was taken.
"""

import io
import warnings
from contextlib import suppress

from PIL import Image, ImageCms, ImageOps
from resvg_py import svg_to_bytes

from tourapp.errors import InvalidError

MOST_BYTES = 20_000_000
MOST_PIXELS = 40_000_000

SUFFIXES = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "AVIF": "avif"}
"""The formats that a photograph may come in, and what their files are called."""

_WHITE = "#ffffff"

# A picture that would fill the memory is refused by the library before it is decoded.
warnings.simplefilter("error", Image.DecompressionBombWarning)

# Whatever broken files have the decoders raise.
_BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)


def read_photograph(content: bytes) -> Image.Image:
    """Return a photograph decoded whole: upright, in sRGB, on white where it lets light through.

    Raises InvalidError for more than 20 MB or 40 megapixels, and for what is no whole picture.
    """
    picture = _open(content)
    try:
        upright = ImageOps.exif_transpose(picture)
        return _in_plain_colours(upright, picture.info.get("icc_profile"))
    except _BROKEN as error:
        message = f"the picture is broken: {error}"
        raise InvalidError(message) from error


def measure_photograph(content: bytes) -> tuple[str, int, int]:
    """Return the suffix of a photograph's file, its width and its height as it is seen.

    Raises InvalidError as `read_photograph` does; the photograph is decoded for that.
    """
    suffix = SUFFIXES[str(_open(content).format)]
    return suffix, *read_photograph(content).size


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


def _open(content: bytes) -> Image.Image:
    if len(content) > MOST_BYTES:
        message = f"expected a picture of at most {MOST_BYTES // 1_000_000} MB"
        raise InvalidError(message)
    try:
        picture: Image.Image = Image.open(io.BytesIO(content), formats=list(SUFFIXES))
    except _BROKEN as error:
        message = f"expected a picture in one of {', '.join(SUFFIXES)}"
        raise InvalidError(message) from error
    if picture.width * picture.height > MOST_PIXELS:
        message = f"expected a picture of at most {MOST_PIXELS // 1_000_000} megapixels"
        raise InvalidError(message)
    return picture


def _in_plain_colours(picture: Image.Image, profile: bytes | None) -> Image.Image:
    if picture.mode in {"RGBA", "LA", "PA", "P"}:
        ground = Image.new("RGBA", picture.size, _WHITE)
        picture = Image.alpha_composite(ground, picture.convert("RGBA"))
        profile = None
    if profile is not None and picture.mode == "RGB":
        # A phone's wide colours would be pale without the profile that explains them.
        with suppress(OSError, ImageCms.PyCMSError):
            given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            ImageCms.profileToProfile(picture, given, ImageCms.createProfile("sRGB"), inPlace=True)
    # A copy of the pixels: whatever else the file told stays behind.
    bare = Image.new("RGB", picture.size)
    bare.paste(picture.convert("RGB"))
    return bare
