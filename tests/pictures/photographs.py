"""Photographs for tests: made here, with what cameras write into them."""

import io
import struct
import zlib
from typing import Any

from PIL import Image, ImageCms

SITE_OF_A_PHOTO = {1: "N", 2: (50.0, 26.0, 35.0), 3: "E", 4: (2.0, 46.0, 40.0)}


def photograph(
    size: tuple[int, int] = (64, 40),
    *,
    form: str = "JPEG",
    mode: str = "RGB",
    ground: str = "black",
    **options: Any,  # noqa: ANN401 -- whatever Pillow writes
) -> bytes:
    """Return a picture whose left half is dark and right half is white."""
    picture = Image.new(mode, size, ground)
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


def png(
    size: tuple[int, int], row: bytes, *, bits: int = 8, colour: int = 2, more: bytes = b""
) -> bytes:
    """Return a PNG that claims a size; every row is the same, whatever its length."""
    header = struct.pack(">IIBBBBB", *size, bits, colour, 0, 0, 0)
    packer = zlib.compressobj(1)
    rows = [packer.compress(b"\0" + row) for _ in range(min(size[1], 100_000))]
    pixels = chunk(b"IDAT", b"".join(rows) + packer.flush())
    parts = (chunk(b"IHDR", header), more, pixels, chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def chunk(name: bytes, body: bytes) -> bytes:
    """Return a part of a PNG, with its checksum."""
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def srgb_profile() -> bytes:
    """Return a profile that a camera writes into its photographs."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
