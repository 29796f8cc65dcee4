"""Decoding what somebody gives as a picture: known formats, bounded, upright, in plain colours.

What comes out holds pixels alone: nothing of when, where and with what a photograph was taken.
"""

import io
import warnings
from contextlib import suppress
from typing import BinaryIO

from PIL import Image, ImageCms, ImageOps

from tourapp.errors import InvalidError

MOST_PIXELS = 40_000_000

_FORMATS = ("JPEG", "PNG", "WEBP", "AVIF")
_WHITE = "#ffffff"
_JFIF = [("APP0", b"JFIF")]
_END_OF_JPEG = b"\xff\xd9"

# A picture that would fill the memory is refused by the library before it is decoded.
warnings.simplefilter("error", Image.DecompressionBombWarning)


def read_photograph(file: BinaryIO, *, widest_px: int | None = None) -> Image.Image:
    """Return a photograph decoded whole: upright, in sRGB, on white where it lets light through.

    It is made no wider than `widest_px`. Raises InvalidError for more than 40 megapixels, and for
    what is no whole picture.
    """
    picture = _open(file)
    try:
        if widest_px is not None:
            # A large JPEG is decoded at a half or a quarter: in a quarter of the memory, or less.
            picture.draft(None, (widest_px, widest_px))
        picture.load()
        profile = picture.info.get("icc_profile")
        # In place: a copy of forty megapixels is not nothing.
        ImageOps.exif_transpose(picture, in_place=True)
        return _in_plain_colours(picture, profile, widest_px=widest_px)
    except Exception as error:  # broken files have decoders raise whatever there is
        message = f"the picture is broken: {error}"
        raise InvalidError(message) from error


def measure_bare(content: bytes) -> tuple[int, int]:
    """Return the width and height of a JPEG that holds pixels alone, as this product writes it.

    Raises InvalidError for any other file: one that tells of where and when, or hides another one.
    """
    picture = _open(io.BytesIO(content))
    told = [(marker, body[:4]) for marker, body in getattr(picture, "applist", ())]
    is_alone = content.find(_END_OF_JPEG) == len(content) - len(_END_OF_JPEG)
    if picture.format != "JPEG" or told != _JFIF or not is_alone:
        message = "expected a JPEG that holds pixels alone, not what a camera writes beside them"
        raise InvalidError(message)
    return read_photograph(io.BytesIO(content)).size


def _open(file: BinaryIO) -> Image.Image:
    try:
        picture: Image.Image = Image.open(file, formats=list(_FORMATS))
    except Exception as error:
        message = f"expected a picture in one of {', '.join(_FORMATS)}"
        raise InvalidError(message) from error
    if picture.width * picture.height > MOST_PIXELS:
        message = f"expected a picture of at most {MOST_PIXELS // 1_000_000} megapixels"
        raise InvalidError(message)
    return picture


def _in_plain_colours(
    picture: Image.Image, profile: bytes | None, *, widest_px: int | None
) -> Image.Image:
    if picture.mode.startswith("I"):
        # Sixteen bits of grey, which a conversion would cut off at the lowest eight.
        picture = picture.point(lambda level: level * (1 / 256)).convert("L")
    if picture.mode in {"RGBA", "LA", "PA", "P"} or "transparency" in picture.info:
        clear = picture if picture.mode == "RGBA" else picture.convert("RGBA")
        picture = _narrowed(clear, widest_px)
        ground = Image.new("RGBA", picture.size, _WHITE)
        picture = Image.alpha_composite(ground, picture)
    elif picture.mode not in {"RGB", "CMYK", "L"}:
        picture = picture.convert("RGB")
    picture = _explained(_narrowed(picture, widest_px), profile)
    # A copy of the pixels: whatever else the file told stays behind.
    bare = Image.new("RGB", picture.size)
    bare.paste(picture.convert("RGB"))
    return bare


def _narrowed(picture: Image.Image, widest_px: int | None) -> Image.Image:
    if widest_px is None or picture.width <= widest_px:
        return picture
    height = max(1, round(picture.height * widest_px / picture.width))
    return picture.resize((widest_px, height), Image.Resampling.LANCZOS)


def _explained(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Return a picture in the colours that its profile explains: a phone's would be pale without.

    A profile that explains nothing is passed over.
    """
    if profile is not None and picture.mode in {"RGB", "CMYK"}:
        with suppress(OSError, ImageCms.PyCMSError):
            given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            plain = ImageCms.createProfile("sRGB")
            shown = ImageCms.profileToProfile(picture, given, plain, outputMode="RGB")
            return shown or picture
    return picture
