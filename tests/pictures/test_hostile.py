"""Uploads that mean harm: refused, or nothing of them is left but pixels, within bounds."""

import io
import subprocess
import sys
import tracemalloc
from collections.abc import Callable

import pytest

from tests.pictures.hostile import MARK, neutralised, refused
from tests.pictures.photographs import photograph
from tourapp.intake import RefusedFileError
from tourapp.media import MediaStore
from tourapp.pictures import intake
from tourapp.pictures.intake import MOST_BYTES, TakenIn, take_in
from tourapp.pictures.reading import measure_bare

MOST_MEMORY_KB = 600_000


def given(content: bytes) -> tuple[MediaStore, TakenIn]:
    media = MediaStore("memory://")
    return media, take_in(io.BytesIO(content), media, widest_px=2400)


def test_there_are_more_than_sixty() -> None:
    assert len(refused()) + len(neutralised()) > 60


@pytest.mark.parametrize("make", refused().values(), ids=refused())
def test_what_is_no_whole_photograph_is_refused_and_not_kept(make: Callable[[], bytes]) -> None:
    media = MediaStore("memory://")
    with pytest.raises(RefusedFileError):
        take_in(io.BytesIO(make()), media, widest_px=2400)
    assert list(media.list_files()) == []


@pytest.mark.parametrize("make", neutralised().values(), ids=neutralised())
def test_of_any_other_the_pixels_alone_are_kept_or_nothing(make: Callable[[], bytes]) -> None:
    content = make()
    try:
        media, kept = given(content)
    except RefusedFileError:
        # The decoders may be stricter than we are.
        return
    written = media.read(kept.media)
    assert measure_bare(written) == (kept.width, kept.height)
    assert MARK not in written
    assert b"Exif" not in written


class Endless(io.RawIOBase):
    """Two gigabytes, of which it counts what is read."""

    def __init__(self) -> None:
        self.read_bytes = 0

    def read(self, size: int = -1) -> bytes:
        """Return as many zeros as are asked for, at most two gigabytes at once."""
        count = 2_000_000_000 if size < 0 else size
        self.read_bytes += count
        return bytes(count)


def test_two_gigabytes_are_read_no_further_than_twenty_megabytes() -> None:
    endless = Endless()
    tracemalloc.start()
    try:
        with pytest.raises(RefusedFileError, match="at most 20 MB"):
            take_in(endless, MediaStore("memory://"), widest_px=2400)  # type: ignore[arg-type] # read is enough
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert endless.read_bytes <= MOST_BYTES + 100_000
    assert most < 2_000_000


MEASURED = """
import io, resource, sys
from tests.pictures.photographs import png
from tourapp.media import MediaStore
from tourapp.pictures.intake import take_in

content = png((8000, 5000), b"\\x80" * 8000 * 4, colour=6)
take_in(io.BytesIO(content), MediaStore("memory://"), widest_px=2400)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def test_the_largest_picture_that_is_taken_needs_no_more_memory_than_it_may() -> None:
    # Forty megapixels of four bytes each, in a process that had no other child.
    measured = subprocess.run(
        [sys.executable, "-c", MEASURED], capture_output=True, text=True, check=True
    )
    assert 160_000 < int(measured.stdout) < MOST_MEMORY_KB


@pytest.mark.parametrize(
    ("patience_s", "child", "reason"),
    [
        (0.01, "import time; time.sleep(9)", "too long to decode"),
        (30, "import os; os.kill(os.getpid(), 9)", "too much to decode"),
    ],
)
def test_what_takes_too_much_is_ended(
    monkeypatch: pytest.MonkeyPatch, patience_s: float, child: str, reason: str
) -> None:
    monkeypatch.setattr(intake, "_PATIENCE_S", patience_s)
    monkeypatch.setattr(intake, "_CHILD", (sys.executable, "-c", child))
    with pytest.raises(RefusedFileError, match=reason):
        given(photograph())
