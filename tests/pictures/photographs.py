"""Photographs for tests: made here, with what cameras write into them."""

import io
from typing import Any

from PIL import Image, ImageCms

SITE_OF_A_PHOTO = {1: "N", 2: (50.0, 26.0, 35.0), 3: "E", 4: (2.0, 46.0, 40.0)}


def photograph(
    size: tuple[int, int] = (64, 40),
    *,
    form: str = "JPEG",
    mode: str = "RGB",
    **options: Any,  # noqa: ANN401 -- whatever Pillow writes
) -> bytes:
    """Return a picture whose left half is black and right half is white."""
    picture = Image.new(mode, size, "black")
    picture.paste(Image.new(mode, (size[0] // 2, size[1]), "white"), (size[0] // 2, 0))
    file = io.BytesIO()
    picture.save(file, form, **options)
    return file.getvalue()


def from_a_phone(size: tuple[int, int] = (64, 40)) -> bytes:
    """Return a photograph that lies on its side, and tells where it was taken, and by what."""
    told = Image.Exif()
    told[0x0112] = 6
    told[0x010F] = "Téléphone"
    told[0x8825] = SITE_OF_A_PHOTO
    return photograph(size, exif=told, icc_profile=srgb_profile())


def srgb_profile() -> bytes:
    """Return a profile that a camera writes into its photographs."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
