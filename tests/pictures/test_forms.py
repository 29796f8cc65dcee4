import io

import pytest
from PIL import Image

from tests.pictures.photographs import from_a_phone, photograph
from tests.samples import DRAWING
from tourapp.pictures.forms import make_form


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


def test_a_photograph_is_made_as_wide_as_it_is_called() -> None:
    made = make_form(from_a_phone(), "jpg-20", is_drawing=False)
    picture = opened(made.content)
    assert (picture.format, picture.size) == ("JPEG", (20, 32))
    assert (made.width, made.height) == (20, 32)
    assert not picture.getexif()
    assert b"GPS" not in made.content


@pytest.mark.parametrize("form", ["card", "jpg-32"])
def test_equal_pictures_give_equal_bytes(form: str) -> None:
    first, second = (make_form(photograph(), form, is_drawing=False) for _ in range(2))
    assert first == second
