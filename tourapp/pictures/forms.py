"""The forms that a picture is shown in, and making one: equal pictures give equal bytes."""

import io
from dataclasses import dataclass
from typing import Any

from PIL import Image

from tourapp.pictures.drawings import read_drawing
from tourapp.pictures.framing import MIDDLE, Focus, Shape, cut_box
from tourapp.pictures.names import CARD, CARD_PX, COVER, COVER_PX, LEAD, THUMB
from tourapp.pictures.reading import read_photograph

_DRAWN_PX = 1600

# By its suffix: the format's name, and how it is written. AVIF by one thread, so that its bytes do
# not depend on the machine.
_WRITTEN: dict[str, tuple[str, dict[str, Any]]] = {
    "jpg": ("JPEG", {"quality": 76, "optimize": True, "progressive": True}),
    "webp": ("WEBP", {"quality": 74, "method": 5}),
    "avif": ("AVIF", {"quality": 56, "speed": 6, "max_threads": 1}),
}
_CUT = {CARD: Shape(CARD, *CARD_PX), COVER: Shape(COVER, *COVER_PX)}
_SHAPED = {shape.name: shape for shape in (LEAD, THUMB)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A picture in one form."""

    content: bytes
    suffix: str
    width: int
    height: int


def make_form(source: bytes, form: str, *, is_drawing: bool) -> Made:
    """Make one form of a picture, by its name (`names.py`). Raises InvalidError."""
    picture = read_drawing(source, width_px=_DRAWN_PX) if is_drawing else _read(source)
    kind, *told = form.split("-")
    if kind in _CUT:
        shape = _CUT[kind]
        return _encoded(_cut(picture, shape, shape.across, _focus(told)), "jpg")
    if kind in _SHAPED:
        suffix, width, *point = told
        return _encoded(_cut(picture, _SHAPED[kind], int(width), _focus(point)), suffix)
    return _encoded(_narrowed(picture, int(told[0])), kind)


def _focus(told: list[str]) -> Focus:
    return (int(told[0]), int(told[1])) if told else MIDDLE


def _cut(picture: Image.Image, shape: Shape, width: int, focus: Focus) -> Image.Image:
    left, top, wide, high = cut_box(picture.size, shape, focus)
    size = (width, width * shape.down // shape.across)
    part = (left, top, left + wide, top + high)
    return picture.resize(size, Image.Resampling.LANCZOS, box=part)


def _read(source: bytes) -> Image.Image:
    return read_photograph(io.BytesIO(source))


def _narrowed(picture: Image.Image, width: int) -> Image.Image:
    height = max(1, round(picture.height * width / picture.width))
    return picture.resize((width, height), Image.Resampling.LANCZOS)


def _encoded(picture: Image.Image, suffix: str) -> Made:
    file = io.BytesIO()
    name, options = _WRITTEN[suffix]
    picture.save(file, name, **options)
    return Made(content=file.getvalue(), suffix=suffix, width=picture.width, height=picture.height)
