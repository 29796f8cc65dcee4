"""Uploads that mean harm, or could do some: each is made here, by its name."""

import gzip
import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

from PIL import Image

from tests.pictures.photographs import chunk, from_a_phone, photograph, png, srgb_profile

MARK = b"HOSTILE-MARK"
"""What must not come out again, wherever it was hidden."""

SCRIPT = b"<script>alert('" + MARK + b"')</script>"
PHP = b"<?php system('" + MARK + b"'); ?>"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'>" + SCRIPT + b"</svg>"
ROW = b"\x80" * 64 * 3
SMALL = (64, 40)


def refused() -> dict[str, Callable[[], bytes]]:
    """Return what is no picture of a kind that is taken, or none that is whole."""
    return _other_things() | _other_pictures() | _broken_pictures() | _claims_too_much()


def neutralised() -> dict[str, Callable[[], bytes]]:
    """Return pictures that carry more than their pixels, or are of an unusual kind."""
    return _tell_too_much() | _unusual_pixels() | _try_the_decoders()


def _other_things() -> dict[str, Callable[[], bytes]]:
    return {
        "nothing": lambda: b"",
        "one byte": lambda: b"\xff",
        "text": lambda: b"photo.jpg",
        "a page with a script": lambda: b"<!doctype html>" + SCRIPT,
        "a drawing with a script": lambda: SVG,
        "a drawing of entities": lambda: (
            b'<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + SVG
        ),
        "a drawing that fetches": lambda: b"<svg><image href='file:///etc/passwd'/></svg>",
        "a packed drawing": lambda: gzip.compress(SVG),
        "a document with a script": lambda: b"%PDF-1.7\n1 0 obj<</S/JavaScript/JS(" + MARK + b")>>",
        "an archive": lambda: _archive(SCRIPT),
        "an archive of zeros": lambda: _archive(b"\0" * 10_000_000),
        "a packed stream of zeros": lambda: gzip.compress(b"\0" * 10_000_000),
        "a program": lambda: b"\x7fELF\x02\x01\x01" + b"\0" * 60,
        "another program": lambda: b"MZ" + b"\0" * 60,
        "a script that looks like a GIF": lambda: b"GIF89a" + PHP,
        "PostScript": lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(%pipe%id) run",
        "a drawing that runs commands": lambda: b"push graphic-context\nfill 'url(|id)'",
        "a film": lambda: b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + b"\0" * 60,
        "a JPEG by its first bytes": lambda: b"\xff\xd8\xff\xe0" + SCRIPT,
        "a PNG by its first bytes": lambda: b"\x89PNG\r\n\x1a\n" + PHP,
        "a WebP by its first bytes": lambda: b"RIFF\xff\0\0\0WEBPVP8 " + SCRIPT,
        "an AVIF by its first bytes": lambda: b"\0\0\0\x1cftypavif\0\0\0\0avifmif1" + SCRIPT,
    }


def _other_pictures() -> dict[str, Callable[[], bytes]]:
    return {
        "a GIF": lambda: photograph(form="GIF"),
        "a moving GIF": lambda: _moving("GIF"),
        "a bitmap": lambda: photograph(form="BMP"),
        "a bitmap that claims to be huge": lambda: _patched(
            photograph(form="BMP"), 18, struct.pack("<ii", 2**30, 2**30)
        ),
        "a TIFF": lambda: photograph(form="TIFF"),
        "an icon": lambda: photograph(form="ICO"),
        "a pixmap that claims to be huge": lambda: b"P6 60000 60000 255\n",
        "a Photoshop file": lambda: b"8BPS\0\1" + b"\0" * 60,
        "a JPEG 2000": lambda: b"\0\0\0\x0cjP  \r\n\x87\n" + b"\0" * 60,
        "a HEIC": lambda: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 60,
        "a texture": lambda: b"DDS |\0\0\0" + b"\0" * 120,
    }


def _broken_pictures() -> dict[str, Callable[[], bytes]]:
    cut: dict[str, Callable[[], bytes]] = {
        f"half of a {form}": lambda form=form: _half(form)  # type: ignore[misc]
        for form in ("JPEG", "PNG", "WEBP", "AVIF")
    }
    return cut | {
        "a PNG with a false checksum": lambda: _patched(png(SMALL, ROW), 30, b"\0\0"),
        "a PNG without width": lambda: png((0, 40), ROW),
        "a PNG without pixels": lambda: png(SMALL, b""),
        "a JPEG without height": lambda: _resized_jpeg(64, 0),
    }


def _claims_too_much() -> dict[str, Callable[[], bytes]]:
    return {
        "a PNG of 3.6 gigapixels": lambda: png((60_000, 60_000), b""),
        "a PNG as wide as a number": lambda: png((2**31 - 1, 2**31 - 1), b""),
        "a PNG of 41 megapixels": lambda: png((8200, 5000), b""),
        "a PNG of 100 megapixels, all there": lambda: png((10_000, 10_000), b"\0" * 1250, bits=1),
        "a JPEG of 4 gigapixels": lambda: _resized_jpeg(65_500, 65_500),
        "a WebP of 268 megapixels": _wide_webp,
        "an AVIF of 4 gigapixels": _wide_avif,
        "a PNG that is one pixel wide and endless": lambda: png((1, 70_000), b"\0", colour=0),
    }


def _tell_too_much() -> dict[str, Callable[[], bytes]]:
    return {
        "where it was taken": from_a_phone,
        "a comment that is a program": lambda: photograph(comment=PHP),
        "a page in its XMP": lambda: photograph(xmp=SCRIPT),
        "a small picture of another": _with_thumbnail,
        "an archive after its end": lambda: photograph() + _archive(SCRIPT),
        "a page after its end": lambda: photograph() + SCRIPT,
        "a program after a PNG's end": lambda: photograph(form="PNG") + PHP,
        "a program in a PNG's text": lambda: png(SMALL, ROW, more=chunk(b"tEXt", b"a\0" + PHP)),
        "a part of its own in a PNG": lambda: png(SMALL, ROW, more=chunk(b"haCk", SCRIPT)),
        "a WebP that tells": lambda: photograph(form="WEBP", exif=_exif(), xmp=SCRIPT),
        "an AVIF that tells": lambda: photograph(form="AVIF", exif=_exif(), xmp=SCRIPT),
        "a picture behind the picture": lambda: _moving("MPO"),
    }


def _unusual_pixels() -> dict[str, Callable[[], bytes]]:
    return {
        "inks": lambda: photograph(mode="CMYK"),
        "inks with a profile of light": lambda: photograph(mode="CMYK", icc_profile=srgb_profile()),
        "sixteen bits of grey": lambda: png(SMALL, b"\x80\0" * 64, bits=16, colour=0),
        "sixteen bits a colour": lambda: png(SMALL, b"\x80\0" * 192, bits=16, colour=2),
        "one bit": lambda: photograph(form="PNG", mode="1"),
        "a palette": lambda: photograph(form="PNG", mode="P"),
        "what lets light through": lambda: photograph(form="PNG", mode="RGBA"),
        "a moving WebP": lambda: _moving("WEBP"),
        "a moving AVIF": lambda: _moving("AVIF"),
        "a moving PNG": lambda: _moving("PNG"),
        "a line of 20 000 pixels": lambda: png((20_000, 1), b"\x80" * 60_000),
        "40 megapixels": lambda: png((8000, 5000), b"\0" * 1000, bits=1, colour=0),
    }


def _try_the_decoders() -> dict[str, Callable[[], bytes]]:
    return {
        "a profile of nonsense": lambda: photograph(icc_profile=MARK * 100),
        "a profile of 2 MB": lambda: photograph(icc_profile=srgb_profile() + b"\0" * 2_000_000),
        "a profile that unpacks to 200 MB": lambda: png(
            SMALL, ROW, more=chunk(b"iCCP", b"a\0\0" + _bomb(200_000_000))
        ),
        "a text that unpacks to 200 MB": lambda: png(
            SMALL, ROW, more=chunk(b"zTXt", b"a\0\0" + _bomb(200_000_000))
        ),
        "pixels that unpack to 200 MB": lambda: png(SMALL, b"\0" * 50_000),
        "2 000 parts": lambda: png(SMALL, ROW, more=chunk(b"tEXt", b"a\0b") * 2000),
        "a JPEG without tables": lambda: photograph().replace(b"\xff\xc4", b"\xff\xfe"),
        "2 000 scans": _many_scans,
        "an orientation that there is not": lambda: photograph(exif=_exif(orientation=99)),
        "an EXIF that turns in a circle": lambda: photograph(exif=_circular_exif()),
        "an EXIF of nonsense": lambda: photograph(exif=b"Exif\0\0" + MARK * 50),
    }


def _archive(content: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("page.html", content)
        archive.comment = MARK
    return file.getvalue()


def _bomb(size: int) -> bytes:
    packer = zlib.compressobj(9)
    pieces = [packer.compress(b"\0" * 1_000_000) for _ in range(size // 1_000_000)]
    return b"".join(pieces) + packer.flush()


def _half(form: str) -> bytes:
    whole = Image.effect_noise((300, 200), 90).convert("RGB")
    file = io.BytesIO()
    whole.save(file, form)
    return file.getvalue()[: file.tell() // 2]


def _moving(form: str) -> bytes:
    first, second = Image.new("RGB", SMALL, "grey"), Image.new("RGB", SMALL, "red")
    file = io.BytesIO()
    first.save(file, form, save_all=True, append_images=[second, first])
    return file.getvalue()


def _patched(content: bytes, at: int, with_bytes: bytes) -> bytes:
    return content[:at] + with_bytes + content[at + len(with_bytes) :]


def _resized_jpeg(width: int, height: int) -> bytes:
    content = photograph()
    return _patched(content, content.index(b"\xff\xc0") + 5, struct.pack(">HH", height, width))


def _wide_webp() -> bytes:
    canvas = b"\x10\0\0\0" + (16_383).to_bytes(3, "little") * 2
    body = b"WEBPVP8X" + struct.pack("<I", len(canvas)) + canvas + photograph(form="WEBP")[12:]
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _wide_avif() -> bytes:
    content = photograph(form="AVIF")
    return _patched(content, content.index(b"ispe") + 8, struct.pack(">II", 65_535, 65_535))


def _exif(**told: Any) -> Image.Exif:  # noqa: ANN401 -- whatever EXIF holds
    exif = Image.Exif()
    exif[0x010E] = MARK.decode()
    exif[0x0112] = told.get("orientation", 1)
    exif.get_ifd(0x8825)[1] = "N"
    return exif


def _with_thumbnail() -> bytes:
    small = photograph((16, 16), comment=MARK)
    tables = struct.pack("<2sHIHHHIII", b"II", 42, 8, 0, 0, 0, 0, 0, 0)
    return photograph(exif=b"Exif\0\0" + tables + small)


def _circular_exif() -> bytes:
    entry = struct.pack("<HHII", 0x8769, 4, 1, 8)
    return b"Exif\0\0" + struct.pack("<2sHIH", b"II", 42, 8, 1) + entry + struct.pack("<I", 8)


def _many_scans() -> bytes:
    content = photograph(progressive=True)
    last = content[content.rindex(b"\xff\xda") : -2]
    return content[:-2] + last * 2000 + content[-2:]
