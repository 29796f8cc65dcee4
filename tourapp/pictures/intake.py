"""Taking in a photograph that somebody gives: bounded, decoded apart, made bare, then named."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import IO

from tourapp.errors import InvalidError
from tourapp.intake import Decoded, child, decode_apart, received
from tourapp.media import MediaStore

MOST_BYTES = 20_000_000

WIDEST_PX = 2400
"""How wide a stop's photograph is kept: its forms are made from it."""

_PATIENCE_S = 60.0
_CHILD = child(Path(__file__).with_name("baring_child.py"))
_MEASURING_CHILD = child(Path(__file__).with_name("measuring_child.py"))

# One after the other: together, they would take the memory that visitors need.
_TURN = Lock()


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """A photograph in the media store, which no row names yet: its pixels alone, upright."""

    media: str
    bytes: int
    width: int
    height: int


def take_in(given: IO[bytes], media: MediaStore, *, widest_px: int) -> TakenIn:
    """Read a photograph to its end, decode it, and keep its pixels as a JPEG of our own.

    It stands upright, in sRGB, and is made no wider than `widest_px`. Nothing else of the file
    reaches anybody: not when, where and by what it was taken. Raises RefusedFileError for what is
    no whole picture, or more than 20 MB or 40 megapixels; nothing of it is kept then.
    """
    bared = bare(given, widest_px=widest_px)
    name = media.put(bared.content, suffix="jpg")
    return TakenIn(media=name, bytes=len(bared.content), **bared.told)


def bare(given: IO[bytes], *, widest_px: int) -> Decoded:
    """Return the pixels of a photograph as a JPEG, with its width and height; see `take_in`."""
    with received(given, most_bytes=MOST_BYTES) as upload, _TURN:
        return decode_apart(upload, [*_CHILD, str(widest_px)], patience_s=_PATIENCE_S)


def measure_apart(folder: Path) -> Callable[[Path], tuple[int, int]]:
    """Have a child decode the photographs in the folders of stops, and return what tells of each.

    Raises RefusedFileError where they take too much; what is returned raises InvalidError for a
    photograph that tells more than its pixels, or is none.
    """
    with received(io.BytesIO(), most_bytes=0) as nothing, _TURN:
        command = [*_MEASURING_CHILD, str(folder)]
        told = decode_apart(nothing, command, patience_s=_PATIENCE_S).told

    def measured(path: Path) -> tuple[int, int]:
        said = told[str(path.relative_to(folder))]
        if isinstance(said, str):
            raise InvalidError(said)
        width, height = said
        return width, height

    return measured
