"""Cutting a picture to a fixed shape so that the point that matters stays: pure."""

from typing import NamedTuple

Focus = tuple[int, int]
"""The point of a picture that matters most, in hundredths from the left and from the top."""

MIDDLE: Focus = (50, 50)


class Shape(NamedTuple):
    """A shape that pictures are cut to: so much across to so much down."""

    name: str
    across: int
    down: int


class Box(NamedTuple):
    """A part of a picture, in its own pixels."""

    left: float
    top: float
    width: float
    height: float


def cut_box(size: tuple[int, int], shape: Shape, focus: Focus) -> Box:
    """Return the largest part of a picture that has a shape, and keeps the point.

    What is cut off is shared as the point shares the picture: nothing before a point at the very
    left or top. So the point is always within, as with `object-position`.
    """
    wide, high = size
    width = min(wide, high * shape.across / shape.down)
    height = min(high, wide * shape.down / shape.across)
    x, y = focus
    return Box((wide - width) * x / 100, (high - height) * y / 100, width, height)
