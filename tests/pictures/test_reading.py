"""What somebody gives is decoded for real: known formats, bounded, upright, and nothing told."""

import io
import struct

import pytest
from PIL import Image

from tests.pictures.photographs import from_a_phone, photograph, png
from tourapp.errors import InvalidError
from tourapp.pictures.reading import measure_bare, read_photograph


def read(content: bytes, *, widest_px: int | None = None) -> Image.Image:
    return read_photograph(io.BytesIO(content), widest_px=widest_px)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF", "MPO"])
def test_the_usual_formats_are_read(form: str) -> None:
    picture = read(photograph(form=form))
    assert (picture.mode, picture.size) == ("RGB", (64, 40))


def test_a_photograph_stands_upright_and_tells_nothing() -> None:
    picture = read(from_a_phone())
    assert picture.size == (40, 64)
    assert dict(picture.getexif()) == {}
    assert picture.info == {}


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "L", "1"])
def test_other_colours_become_plain_ones(mode: str) -> None:
    assert read(photograph(form="PNG", mode=mode)).mode == "RGB"


@pytest.mark.parametrize("widest_px", [None, 32])
def test_sixteen_bits_of_grey_stay_grey(widest_px: int | None) -> None:
    grey = struct.pack(">H", 0x8000) * 64
    picture = read(png((64, 40), grey, bits=16, colour=0), widest_px=widest_px)
    assert picture.getpixel((1, 1)) == (128, 128, 128)


@pytest.mark.parametrize("profile", [b"no profile at all", b"\0" * 4000])
def test_a_profile_that_explains_nothing_is_passed_over(profile: bytes) -> None:
    assert read(photograph(icc_profile=profile)).mode == "RGB"


def test_inks_become_colours() -> None:
    assert read(photograph(mode="CMYK")).mode == "RGB"


def test_what_lets_light_through_stands_on_white() -> None:
    file = io.BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(file, "PNG")
    assert read(file.getvalue()).getpixel((1, 1)) == (255, 255, 255)


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_it_is_made_no_wider_than_is_of_use(form: str) -> None:
    content = photograph((3000, 1000), form=form)
    assert read(content, widest_px=1500).size == (1500, 500)
    assert read(content, widest_px=4000).size == (3000, 1000)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"no picture", "one of JPEG"),
        (photograph((640, 400))[:-200], "broken"),
        (png((8000, 6000), b""), "at most 40 megapixels"),
        (png((60_000, 60_000), b""), "one of JPEG"),
    ],
)
def test_what_is_no_picture_or_too_much_of_one_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(InvalidError, match=reason):
        read(content)


def test_a_file_of_pixels_alone_is_known_by_all_of_its_bytes() -> None:
    assert measure_bare(photograph(progressive=True)) == (64, 40)


@pytest.mark.parametrize(
    "content",
    [
        from_a_phone(),
        photograph(comment=b"a camera"),
        photograph(form="PNG"),
        photograph() + b"PK\x03\x04",
        photograph() + photograph(),
    ],
)
def test_a_file_that_tells_or_hides_anything_else_is_none(content: bytes) -> None:
    with pytest.raises(InvalidError, match="pixels alone"):
        measure_bare(content)
