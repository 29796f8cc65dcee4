"""The photographs of a stop, as values and as rows."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from tourapp.stops.content import Picture
from tourapp.stops.models import Stop, StopPicture

_SAID = ("file", "media", "bytes", "width", "height", "alt", "caption", "credit", "licence")


def pictures_of(stop: Stop) -> tuple[Picture, ...]:
    """Return the photographs of a stop in their order."""
    return tuple(map(picture_of, stop.pictures))


def set_pictures(stop: Stop, pictures: Sequence[Picture]) -> None:
    """Write the photographs of a stop; a row stands for a place in their order."""
    for position, picture in enumerate(pictures):
        if position == len(stop.pictures):
            stop.pictures.append(StopPicture(position=position))
        for name, said in _kept(picture).items():
            setattr(stop.pictures[position], name, said)
    del stop.pictures[len(pictures) :]


def picture_of(row: StopPicture) -> Picture:
    """Return a photograph as a value."""
    said = {name: getattr(row, name) for name in _SAID}
    return Picture(**said, focus=(row.focus_x, row.focus_y))


def _kept(picture: Picture) -> dict[str, Any]:
    said = asdict(picture)
    focus_x, focus_y = said.pop("focus")
    return said | {"focus_x": focus_x, "focus_y": focus_y}
