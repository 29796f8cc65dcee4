import io

import pytest
from PIL import Image

from tests.pictures.photographs import from_a_phone, photograph
from tests.samples import DRAWING
from tourapp.pictures.forms import make_form
from tourapp.pictures.names import photograph_forms


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


@pytest.mark.parametrize(
    ("form", "kind"), [("avif-20", "AVIF"), ("webp-20", "WEBP"), ("jpg-20", "JPEG")]
)
def test_a_photograph_is_made_as_wide_as_it_is_called(form: str, kind: str) -> None:
    made = make_form(from_a_phone(), form, is_drawing=False)
    picture = opened(made.content)
    assert (picture.format, picture.size) == (kind, (20, 32))
    assert (made.width, made.height) == (20, 32)
    assert not picture.getexif()
    assert b"GPS" not in made.content


@pytest.mark.parametrize("form", ["card", "avif-32", "webp-32", "jpg-32"])
def test_equal_pictures_give_equal_bytes(form: str) -> None:
    first, second = (make_form(photograph(), form, is_drawing=False) for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    ("width", "widths"),
    [(300, [300]), (480, [480]), (1000, [480, 960, 1000]), (4000, [480, 960, 1600])],
)
def test_no_form_is_wider_than_its_picture(width: int, widths: list[int]) -> None:
    assert photograph_forms(width) == [
        f"{suffix}-{each}" for suffix in ("avif", "webp", "jpg") for each in widths
    ]
