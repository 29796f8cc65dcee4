"""Taking in a recording that somebody gives: bounded, decoded apart, kept only if it is whole.

What is given stands in a file without a name: a process that is killed leaves nothing of it.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Any, BinaryIO

from tourapp.errors import ExceededError, InvalidError
from tourapp.media import MediaStore

LONGEST_UPLOAD_BYTES = 50_000_000
LONGEST_UPLOAD_S = 600.0

_PIECE_BYTES = 1 << 16
_PATIENCE_S = 180.0
_BUSY_S = 20.0
_TURN = Lock()

# "-P" keeps the script's folder out of its imports. It is not imported here: no server process
# carries along what decodes. One thread: each would ask for memory.
_CHILD = (sys.executable, "-P", str(Path(__file__).with_name("hearing_child.py")))
_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


class RefusedRecordingError(InvalidError):
    """What was given is no recording that visitors could hear; says why."""


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
    reaches anybody. Raises RefusedRecordingError for what is too large, too slow to come, no sound
    or no recording of a voice, and ExceededError where this process takes in another one; nothing
    of it is kept then.
    """
    with _turn(), tempfile.TemporaryFile() as upload, tempfile.TemporaryFile() as decoded:
        for piece in _pieces(given, clock):
            upload.write(piece)
        upload.flush()
        told = _heard(upload, decoded)
        decoded.seek(0)
        content = decoded.read()
    return TakenIn(media=media.put(content, suffix="flac"), bytes=len(content), **told)


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


def _pieces(given: BinaryIO, clock: Callable[[], float]) -> Iterator[bytes]:
    ends_at, size = clock() + LONGEST_UPLOAD_S, 0
    while piece := given.read(_PIECE_BYTES):
        size += len(piece)
        if size > LONGEST_UPLOAD_BYTES:
            message = f"expected at most {LONGEST_UPLOAD_BYTES // 1_000_000} MB"
            raise RefusedRecordingError(message)
        if clock() > ends_at:
            message = f"it did not arrive within {LONGEST_UPLOAD_S / 60:.0f} minutes"
            raise RefusedRecordingError(message)
        yield piece


def _heard(upload: BinaryIO, decoded: BinaryIO) -> dict[str, Any]:
    upload.seek(0)
    try:
        done = subprocess.run(  # noqa: S603 -- our own script, and no shell
            [*_CHILD, str(decoded.fileno())],
            stdin=upload,
            capture_output=True,
            pass_fds=[decoded.fileno()],
            env=os.environ | _ONE_THREAD,
            timeout=_PATIENCE_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        message = "it takes too long to decode"
        raise RefusedRecordingError(message) from None
    if done.returncode == 0:
        told: dict[str, Any] = json.loads(done.stdout)
        return told
    raise RefusedRecordingError(_reason(done))


def _reason(done: subprocess.CompletedProcess[bytes]) -> str:
    """Return the sentence that the child ended with; one that was ended from outside has none."""
    if done.returncode < 0:
        return "it takes too much to decode"
    return done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
