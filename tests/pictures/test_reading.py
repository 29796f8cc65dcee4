"""What somebody gives is decoded for real: known formats, bounded, upright, and nothing told."""

import io
import struct
import zlib

import pytest
from PIL import Image

from tests.pictures.photographs import from_a_phone, photograph
from tourapp.errors import InvalidError
from tourapp.pictures.reading import MOST_BYTES, measure_photograph, read_photograph


@pytest.mark.parametrize(
    ("form", "suffix"), [("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "webp"), ("AVIF", "avif")]
)
def test_the_usual_formats_are_read(form: str, suffix: str) -> None:
    content = photograph(form=form)
    assert measure_photograph(content) == (suffix, 64, 40)
    assert read_photograph(content).mode == "RGB"


def test_a_photograph_stands_upright_and_tells_nothing() -> None:
    picture = read_photograph(from_a_phone())
    assert picture.size == (40, 64)
    assert dict(picture.getexif()) == {}
    assert picture.info == {}
    assert measure_photograph(from_a_phone())[1:] == (40, 64)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "L", "1"])
def test_other_colours_become_plain_ones(mode: str) -> None:
    assert read_photograph(photograph(form="PNG", mode=mode)).mode == "RGB"


def test_a_profile_that_explains_nothing_is_passed_over() -> None:
    assert read_photograph(photograph(icc_profile=b"no profile at all")).mode == "RGB"


def test_inks_become_colours() -> None:
    assert read_photograph(photograph(mode="CMYK")).mode == "RGB"


def test_what_lets_light_through_stands_on_white() -> None:
    file = io.BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(file, "PNG")
    assert read_photograph(file.getvalue()).getpixel((1, 1)) == (255, 255, 255)


def png_that_claims(width: int, height: int) -> bytes:
    """Return a tiny file that would be a huge picture."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = [(b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b"")]
    chunks = (
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "one of JPEG, PNG, WEBP, AVIF"),
        (b"no picture", "one of JPEG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "one of JPEG"),
        (photograph(form="GIF"), "one of JPEG"),
        (photograph((640, 400))[:-200], "broken"),
        (photograph(form="PNG")[:60], "broken|one of JPEG"),
        (b"\xff" * (MOST_BYTES + 1), "at most 20 MB"),
        (png_that_claims(8000, 6000), "at most 40 megapixels"),
        (png_that_claims(12_000, 12_000), "one of JPEG"),
        (png_that_claims(60_000, 60_000), "one of JPEG"),
    ],
)
def test_what_is_no_picture_or_too_much_of_one_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(InvalidError, match=reason):
        measure_photograph(content)
