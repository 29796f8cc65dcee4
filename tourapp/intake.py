"""Taking in a file that somebody gives: bounded while it comes, then decoded apart, within limits.

What is given stands in a file without a name: a process that is killed leaves nothing of it.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import IO, Any

from tourapp.errors import InvalidError

LONGEST_UPLOAD_S = 600.0

_PIECE_BYTES = 1 << 16

# One thread: each would ask for memory.
_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


class RefusedFileError(InvalidError):
    """What was given is nothing that can be kept; says why."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """What a child made of a file, and what it told of it."""

    content: bytes
    told: dict[str, Any]


def child(script: Path) -> Sequence[str]:
    """Return the command of a script that decodes: it is never imported here.

    No server process carries along what decodes. `-P` keeps the script's folder out of its imports.
    """
    return (sys.executable, "-P", str(script))


@contextmanager
def received(
    given: IO[bytes], *, most_bytes: int, clock: Callable[[], float] = monotonic
) -> Iterator[IO[bytes]]:
    """Read what is given to its end, piece by piece, and yield it as a file.

    Raises RefusedFileError for what is too large, or too slow to come.
    """
    with tempfile.TemporaryFile() as upload:
        for piece in _pieces(given, most_bytes, clock):
            upload.write(piece)
        upload.flush()
        upload.seek(0)
        yield upload


def decode_apart(upload: IO[bytes], decoder: Sequence[str], *, patience_s: float) -> Decoded:
    """Have a child decode a file, which is its input; it writes to the open file that it is told.

    Raises RefusedFileError with the sentence that the child ended with.
    """
    with tempfile.TemporaryFile() as written:
        told = _decode(upload, written, decoder, patience_s)
        written.seek(0)
        return Decoded(written.read(), told)


def _pieces(given: IO[bytes], most_bytes: int, clock: Callable[[], float]) -> Iterator[bytes]:
    ends_at, size = clock() + LONGEST_UPLOAD_S, 0
    while piece := given.read(_PIECE_BYTES):
        size += len(piece)
        if size > most_bytes:
            message = f"expected at most {most_bytes // 1_000_000} MB"
            raise RefusedFileError(message)
        if clock() > ends_at:
            message = f"it did not arrive within {LONGEST_UPLOAD_S / 60:.0f} minutes"
            raise RefusedFileError(message)
        yield piece


def _decode(
    upload: IO[bytes], written: IO[bytes], decoder: Sequence[str], patience_s: float
) -> dict[str, Any]:
    try:
        done = subprocess.run(  # noqa: S603 -- our own script, and no shell
            [*decoder, str(written.fileno())],
            stdin=upload,
            capture_output=True,
            pass_fds=[written.fileno()],
            env=os.environ | _ONE_THREAD,
            timeout=patience_s,
            check=False,
        )
    except subprocess.TimeoutExpired:
        message = "it takes too long to decode"
        raise RefusedFileError(message) from None
    if done.returncode == 0:
        told: dict[str, Any] = json.loads(done.stdout)
        return told
    raise RefusedFileError(_reason(done))


def _reason(done: subprocess.CompletedProcess[bytes]) -> str:
    """Return the sentence that the child ended with; one that was ended from outside has none."""
    if done.returncode < 0:
        return "it takes too much to decode"
    return done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
