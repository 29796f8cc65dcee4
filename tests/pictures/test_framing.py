"""Where a picture is cut, so that the point that matters stays."""

import pytest

from tourapp.pictures.framing import Box, Shape, cut_box

SQUARE = Shape("square", 1, 1)


@pytest.mark.parametrize(
    ("size", "focus", "box"),
    [
        ((400, 100), (0, 0), Box(0, 0, 100, 100)),
        ((400, 100), (100, 30), Box(300, 0, 100, 100)),
        ((100, 400), (30, 50), Box(0, 150, 100, 100)),
        ((100, 100), (12, 98), Box(0, 0, 100, 100)),
    ],
)
def test_what_is_cut_off_is_shared_as_the_point_shares_the_picture(
    size: tuple[int, int], focus: tuple[int, int], box: Box
) -> None:
    assert cut_box(size, SQUARE, focus) == box


@pytest.mark.parametrize("focus", [(0, 0), (100, 100), (17, 83), (50, 50)])
def test_the_point_is_always_within(focus: tuple[int, int]) -> None:
    left, top, width, height = cut_box((2400, 1000), Shape("lead", 3, 2), focus)
    x, y = 24 * focus[0], 10 * focus[1]
    assert left <= x <= left + width
    assert top <= y <= top + height
    assert 0 <= left <= 2400 - width
    assert 0 <= top <= 1000 - height
