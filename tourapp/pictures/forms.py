"""The forms that a picture is shown in, and making one: equal pictures give equal bytes."""

import io
from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image, ImageOps

from tourapp.pictures.names import CARD, CARD_PX, COVER, COVER_PX
from tourapp.pictures.reading import read_drawing, read_photograph

_DRAWN_PX = 1600

_JPEG = {"quality": 76, "optimize": True, "progressive": True}


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A picture in one form."""

    content: bytes
    suffix: str
    width: int
    height: int


def make_form(source: bytes, form: str, *, is_drawing: bool) -> Made:
    """Make one form of a picture: a card, a cover, or `jpg-<width>`. Raises InvalidError."""
    picture = read_drawing(source, width_px=_DRAWN_PX) if is_drawing else read_photograph(source)
    if form in _CUT:
        return _encoded(_CUT[form](picture))
    return _encoded(_narrowed(picture, int(form.removeprefix("jpg-"))))


def _narrowed(picture: Image.Image, width: int) -> Image.Image:
    height = max(1, round(picture.height * width / picture.width))
    return picture.resize((width, height), Image.Resampling.LANCZOS)


def _cut(size: tuple[int, int]) -> Callable[[Image.Image], Image.Image]:
    return lambda picture: ImageOps.fit(picture, size, Image.Resampling.LANCZOS)


_CUT = {CARD: _cut(CARD_PX), COVER: _cut(COVER_PX)}


def _encoded(picture: Image.Image) -> Made:
    file = io.BytesIO()
    picture.save(file, "JPEG", **_JPEG)
    return Made(content=file.getvalue(), suffix="jpg", width=picture.width, height=picture.height)
