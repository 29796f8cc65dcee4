import io

import pytest
from PIL import Image

from tests.pictures.photographs import from_a_phone, photograph
from tests.samples import DRAWING
from tourapp.pictures.forms import make_form
from tourapp.pictures.names import list_widths


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize(("form", "size"), [("card", (1200, 630)), ("cover", (1400, 1400))])
@pytest.mark.parametrize("is_drawing", [False, True])
def test_a_picture_is_cut_to_the_size_that_programs_want(
    form: str, size: tuple[int, int], *, is_drawing: bool
) -> None:
    source = DRAWING if is_drawing else photograph()
    made = make_form(source, form, is_drawing=is_drawing)
    assert (made.suffix, (made.width, made.height)) == ("jpg", size)
    assert opened(made.content).size == size


@pytest.mark.parametrize(("suffix", "kind"), [("webp", "WEBP"), ("avif", "AVIF"), ("jpg", "JPEG")])
def test_a_photograph_is_shown_in_three_formats(suffix: str, kind: str) -> None:
    made = make_form(photograph(), f"{suffix}-32", is_drawing=False)
    assert (made.suffix, made.width, made.height) == (suffix, 32, 20)
    assert opened(made.content).format == kind


@pytest.mark.parametrize(("x", "shade"), [(0, 0), (100, 255)])
def test_a_card_keeps_the_point_that_matters(x: int, shade: int) -> None:
    wide = photograph((400, 100))
    picture = opened(make_form(wide, f"card-{x}-50", is_drawing=False).content)
    edge = picture.getpixel((600, 300))
    assert picture.size == (1200, 630)
    assert edge == pytest.approx((shade, shade, shade), abs=8)


@pytest.mark.parametrize(
    ("form", "size"), [("lead-webp-96-0-50", (96, 64)), ("thumb-jpg-80-100-0", (80, 60))]
)
def test_a_photograph_is_cut_to_the_shape_of_where_it_stands(
    form: str, size: tuple[int, int]
) -> None:
    _, suffix, _, x, _ = form.split("-")
    made = make_form(photograph((400, 100)), form, is_drawing=False)
    picture = opened(made.content)
    assert (made.suffix, made.width, made.height) == (suffix, *size)
    assert picture.size == size
    shade = 255 if x == "100" else 0
    assert picture.convert("L").getpixel((40, 30)) == pytest.approx(shade, abs=8)


def test_a_photograph_is_never_blown_up() -> None:
    assert list_widths(2400) == [480, 960, 1600]
    assert list_widths(1000) == [480, 960, 1000]
    assert list_widths(480) == [480]
    assert list_widths(64) == [64]


def test_a_photograph_is_made_as_wide_as_it_is_called() -> None:
    made = make_form(from_a_phone(), "jpg-20", is_drawing=False)
    picture = opened(made.content)
    assert (picture.format, picture.size) == ("JPEG", (20, 32))
    assert (made.width, made.height) == (20, 32)
    assert not picture.getexif()
    assert b"GPS" not in made.content


@pytest.mark.parametrize("form", ["card", "jpg-32", "webp-32", "avif-32"])
def test_equal_pictures_give_equal_bytes(form: str) -> None:
    first, second = (make_form(photograph(), form, is_drawing=False) for _ in range(2))
    assert first == second
