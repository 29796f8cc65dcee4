import hashlib
import resource
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tourapp.errors import InvalidError, NotFoundError, UnavailableError
from tourapp.media import MediaStore, media_name, media_type

SOUND = bytes(range(256)) * 8
NAME = f"{hashlib.sha256(SOUND).hexdigest()}.opus"
ABSENT = f"{'0' * 64}.opus"

# Where the limit is reached, the system kills the process in the middle of its write.
KILLED_IN_THE_MIDDLE = """
import resource, signal, sys
from tourapp.media import MediaStore
signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, resource.RLIM_INFINITY))
MediaStore(sys.argv[1]).put(bytes(3_000_000), suffix="opus")
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder whose name needs quoting in a URL."""
    return tmp_path / "médias à part"


@pytest.fixture(params=["file", "memory", "s3"])
def store(request: pytest.FixtureRequest, folder: Path) -> MediaStore:
    """Open an empty store of each kind."""
    if request.param == "s3":
        return MediaStore(request.getfixturevalue("bucket_url"))
    return MediaStore({"file": folder.as_uri(), "memory": "memory://"}[request.param])


@contextmanager
def full_disk(size: int) -> Iterator[None]:
    """Let no file of this process grow beyond so many bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_file_is_named_by_the_hash_of_its_bytes(store: MediaStore) -> None:
    assert store.put(SOUND, suffix="opus") == NAME
    assert store.read(NAME) == SOUND
    assert store.find_size(NAME) == len(SOUND)


def test_equal_bytes_are_kept_once(store: MediaStore) -> None:
    assert store.put(SOUND, suffix="opus") == store.put(SOUND, suffix="opus")


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (0, 10, SOUND[:10]),
        (2000, None, SOUND[2000:]),
        (2040, 9999, SOUND[2040:]),
        (5, 5, b""),
    ],
)
def test_a_part_is_read(store: MediaStore, start: int, end: int | None, expected: bytes) -> None:
    store.put(SOUND, suffix="opus")
    assert store.read(NAME, start=start, end=end) == expected


def test_an_empty_file_is_read(store: MediaStore) -> None:
    assert store.read(store.put(b"", suffix="vtt")) == b""


def test_an_absent_file_has_no_size_and_cannot_be_read(store: MediaStore) -> None:
    assert store.find_size(ABSENT) is None
    for start, end in ((0, None), (5, None), (0, 5)):
        with pytest.raises(NotFoundError, match="no media file"):
            store.read(ABSENT, start=start, end=end)


@pytest.mark.parametrize(
    "name",
    ["", "../secret_key", "a.opus", f"../{NAME}", NAME.upper(), f"{NAME}/", f"{NAME}\n", ".tmp"],
)
def test_what_is_no_name_of_a_media_file_is_not_looked_for(store: MediaStore, name: str) -> None:
    store.put(SOUND, suffix="opus")
    assert store.find_size(name) is None
    with pytest.raises(NotFoundError):
        store.read(name)


@pytest.mark.parametrize("suffix", ["", "x", "toolong", "OPUS", "a/b", "../x"])
def test_a_suffix_that_could_not_be_read_back_is_refused(store: MediaStore, suffix: str) -> None:
    with pytest.raises(InvalidError, match="no suffix of a media file"):
        store.put(SOUND, suffix=suffix)


def test_a_deleted_file_is_gone_and_may_be_deleted_twice(store: MediaStore) -> None:
    store.put(SOUND, suffix="opus")
    store.delete(NAME)
    store.delete(NAME)
    assert store.find_size(NAME) is None


def test_a_file_that_was_written_since_is_spared(store: MediaStore) -> None:
    store.put(SOUND, suffix="opus")
    assert not store.delete_older(NAME, than=datetime.now(UTC) - timedelta(days=1))
    assert store.find_size(NAME) == len(SOUND)


def test_a_file_that_was_written_before_is_deleted(store: MediaStore) -> None:
    store.put(SOUND, suffix="opus")
    assert store.delete_older(NAME, than=datetime.now(UTC) + timedelta(minutes=1))
    assert store.find_size(NAME) is None


def test_a_file_that_is_gone_already_is_gone(store: MediaStore) -> None:
    assert store.delete_older(ABSENT, than=datetime.now(UTC))


def test_the_files_of_a_store_are_listed(store: MediaStore) -> None:
    store.put(SOUND, suffix="opus")
    [file] = store.list_files()
    assert (file.name, file.size) == (NAME, len(SOUND))
    assert datetime.now(UTC) - file.written_at < timedelta(minutes=1)


def test_a_store_answers(store: MediaStore) -> None:
    assert store.is_answering()


def test_a_file_tells_its_media_type() -> None:
    assert media_type(NAME) == "audio/ogg; codecs=opus"
    assert media_type(media_name(b"WEBVTT", suffix="vtt")) == "text/vtt; charset=utf-8"


def test_files_lie_open_to_a_web_server_and_nothing_lies_beside_them(folder: Path) -> None:
    MediaStore(folder.as_uri()).put(SOUND, suffix="opus")
    [file] = folder.iterdir()
    assert file.name == NAME
    assert stat.S_IMODE(file.stat().st_mode) == 0o644


def test_a_file_cut_short_by_others_is_written_again(folder: Path) -> None:
    store = MediaStore(folder.as_uri())
    store.put(SOUND, suffix="opus")
    (folder / NAME).write_bytes(SOUND[:100])
    store.put(SOUND, suffix="opus")
    assert store.read(NAME) == SOUND


def test_a_process_killed_while_it_writes_leaves_no_half_file(folder: Path) -> None:
    command = [sys.executable, "-c", KILLED_IN_THE_MIDDLE, folder.as_uri()]
    ended = subprocess.run(command, check=False)
    assert ended.returncode == -signal.SIGXFSZ
    [staged] = folder.iterdir()
    assert staged.name.startswith(".")


def test_a_full_disk_is_an_outage_and_leaves_nothing(folder: Path) -> None:
    store = MediaStore(folder.as_uri())
    with full_disk(100), pytest.raises(UnavailableError, match="the media store does not answer"):
        store.put(SOUND, suffix="opus")
    assert list(folder.iterdir()) == []


def test_a_folder_that_is_gone_does_not_answer(folder: Path) -> None:
    store = MediaStore(folder.as_uri())
    folder.rmdir()
    assert not store.is_answering()
    with pytest.raises(UnavailableError):
        store.put(SOUND, suffix="opus")


def test_a_folder_that_became_a_file_is_an_outage(folder: Path) -> None:
    store = MediaStore(folder.as_uri())
    folder.rmdir()
    folder.write_text("not a folder")
    assert not store.is_answering()
    with pytest.raises(UnavailableError):
        store.read(NAME)


def test_a_bucket_keeps_its_files_below_the_prefix(bucket_url: str) -> None:
    MediaStore(bucket_url).put(SOUND, suffix="opus")
    assert MediaStore(bucket_url.removesuffix("/kept")).find_size(NAME) is None
    assert MediaStore(bucket_url).find_size(NAME) == len(SOUND)


def test_a_bucket_that_is_not_there_does_not_answer(bucket_url: str) -> None:
    store = MediaStore(bucket_url.replace("s3://", "s3://not-"))
    assert not store.is_answering()
    with pytest.raises(UnavailableError, match="the media store does not answer"):
        store.put(SOUND, suffix="opus")


@pytest.mark.usefixtures("bucket_url")
def test_a_bucket_that_is_out_of_reach_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    store = MediaStore("s3://bucket/prefix")
    assert not store.is_answering()
    for use in (store.read, store.find_size, lambda _: store.put(SOUND, suffix="opus")):
        with pytest.raises(UnavailableError, match="the media store does not answer") as refusal:
            use(NAME)
        assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("url", ["file:///dev/null/media", "s3://"])
def test_a_store_that_cannot_be_opened_says_so_in_one_line(url: str) -> None:
    with pytest.raises(UnavailableError, match="the media store does not answer") as refusal:
        MediaStore(url)
    assert "\n" not in str(refusal.value)


def test_room_is_told_where_files_are_on_this_machine(tmp_path: Path) -> None:
    assert MediaStore("memory://").find_free_bytes() is None
    free = MediaStore(tmp_path.as_uri()).find_free_bytes()
    assert free is not None
    assert free > 0
