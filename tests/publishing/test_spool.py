import resource
from collections.abc import Iterator
from pathlib import Path

import pytest

from tourapp.publishing.spool import Spool


@pytest.fixture
def _small_files() -> Iterator[None]:
    """Let no file of this process grow beyond ten bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def test_what_is_added_is_read_again() -> None:
    spool = Spool()
    bodies = [b"one", b"", b"three"]
    offsets = [spool.add(body) for body in bodies]
    read = [spool.read(offset, len(body)) for offset, body in zip(offsets, bodies, strict=True)]
    assert read == bodies
    assert spool.size == len(b"".join(bodies))


@pytest.mark.usefixtures("_small_files")
def test_what_does_not_fit_as_a_whole_is_refused() -> None:
    spool = Spool()
    kept = spool.add(b"eight ch")
    with pytest.raises(OSError, match="no room for all of them"):
        spool.add(b"four")
    assert (spool.read(kept, 8), spool.size) == (b"eight ch", 8)


def test_its_file_is_closed_when_nothing_refers_to_it() -> None:
    before = open_files()
    spool = Spool()
    spool.add(b"body")
    assert open_files() == before + 1
    del spool
    assert open_files() == before
