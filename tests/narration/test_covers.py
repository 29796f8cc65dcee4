import io
from pathlib import Path

import pytest
from PIL import Image

from tourapp.errors import InvalidError
from tourapp.narration.covers import draw_cover
from tourapp.settings import PROJECT_ROOT

DRAWINGS = sorted((PROJECT_ROOT / "stops").glob("*/*.svg"))
TALL = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 400">
<circle cx="50" cy="50" r="40" fill="red"/></svg>"""


@pytest.mark.parametrize("path", DRAWINGS, ids=lambda path: path.parent.name)
def test_a_stops_drawing_makes_a_small_cover(path: Path) -> None:
    cover = draw_cover(path.read_bytes())
    assert len(cover) < 12_000
    assert Image.open(io.BytesIO(cover), formats=["JPEG"]).size == (320, 200)


def test_equal_drawings_give_equal_covers() -> None:
    assert draw_cover(TALL) == draw_cover(TALL)


def test_a_tall_drawing_is_no_larger_and_stands_on_white() -> None:
    picture = Image.open(io.BytesIO(draw_cover(TALL)))
    assert picture.size == (80, 320)
    assert min(picture.convert("L").crop((0, 300, 80, 320)).tobytes()) > 250


@pytest.mark.parametrize("drawing", [b"", b"no drawing", b"\xff\xfe"])
def test_what_cannot_be_drawn_is_refused(drawing: bytes) -> None:
    with pytest.raises(InvalidError, match="cannot be drawn"):
        draw_cover(drawing)
