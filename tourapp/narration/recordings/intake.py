"""Taking in a recording that somebody gives: bounded, decoded apart, kept only if it is whole."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import BinaryIO

from tourapp.errors import ExceededError
from tourapp.intake import child, decode_apart, received
from tourapp.media import MediaStore

LONGEST_UPLOAD_BYTES = 50_000_000

_PATIENCE_S = 180.0
_BUSY_S = 20.0
_TURN = Lock()
_CHILD = child(Path(__file__).with_name("hearing_child.py"))


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """A recording in the media store, which no row names yet."""

    media: str
    bytes: int
    duration_s: float
    format: str


def take_in(
    given: BinaryIO, media: MediaStore, *, clock: Callable[[], float] = monotonic
) -> TakenIn:
    """Read a recording to its end, decode it, and keep what is heard of it.

    Kept is FLAC, mono, as clips are mastered from it: nothing else of the file, whatever it holds,
    reaches anybody. Raises RefusedFileError for what is too large, too slow to come, no sound or no
    recording of a voice, and ExceededError where this process takes in another one; nothing of it
    is kept then.
    """
    with _turn(), received(given, most_bytes=LONGEST_UPLOAD_BYTES, clock=clock) as upload:
        heard = decode_apart(upload, _CHILD, patience_s=_PATIENCE_S)
    return TakenIn(
        media=media.put(heard.content, suffix="flac"), bytes=len(heard.content), **heard.told
    )


@contextmanager
def _turn() -> Iterator[None]:
    """Take in one after the other: visitors need the other threads, and the memory."""
    if not _TURN.acquire(blocking=False):
        message = "another recording is being received; send this one after it"
        raise ExceededError(message, retry_after_s=_BUSY_S)
    try:
        yield
    finally:
        _TURN.release()
