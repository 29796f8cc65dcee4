"""The media store: files named by the hash of their bytes, which never change."""

import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, MemoryStore, ObjectStore, from_url

from tourapp.errors import InvalidError, NotFoundError, UnavailableError

if TYPE_CHECKING:
    from obstore import GetOptions
    from obstore.store import ClientConfig, RetryConfig

MEDIA_TYPES = {
    "avif": "image/avif",
    "flac": "audio/flac",
    "jpg": "image/jpeg",
    "mp3": "audio/mpeg",
    "opus": "audio/ogg; codecs=opus",
    "pdf": "application/pdf",
    "png": "image/png",
    "svg": "image/svg+xml",
    "vtt": "text/vtt; charset=utf-8",
    "webp": "image/webp",
    "zip": "application/zip",
}

_NAME = re.compile(r"[0-9a-f]{64}\.[a-z0-9]{2,5}")
_STAGED = ".staged-"
_PROBE = f"{'0' * 64}.probe"

# The library would try for three minutes, and a visitor would wait as long. An endpoint without TLS
# is one that the administrator named so, such as a store on the same machine.
_BUCKET_CLIENT: "ClientConfig" = {
    "allow_http": True,
    "connect_timeout": timedelta(seconds=2),
    "timeout": timedelta(seconds=30),
}
_BUCKET_RETRIES: "RetryConfig" = {"max_retries": 2, "retry_timeout": timedelta(seconds=10)}


def media_type(name: str) -> str:
    """Return the media type that a file's name stands for."""
    return MEDIA_TYPES[name.rpartition(".")[2]]


def media_name(content: bytes, *, suffix: str) -> str:
    """Return the name that these bytes are kept under, `<sha256>.<suffix>`.

    Raises InvalidError for a suffix that is not two to five small letters and digits.
    """
    name = f"{hashlib.sha256(content).hexdigest()}.{suffix}"
    if not _NAME.fullmatch(name):
        message = f"{suffix!r} is no suffix of a media file"
        raise InvalidError(message)
    return name


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file as the store lists it, or what a killed process left of one that it was writing."""

    name: str
    size: int
    written_at: datetime


class MediaStore:
    """Content-addressed files in a local directory, in memory or in an S3-compatible bucket.

    Every method raises UnavailableError where the store does not answer.
    """

    def __init__(self, url: str) -> None:
        self._directory = _directory(url)
        with _outages():
            self._store = _open(url, self._directory)

    def put(self, content: bytes, *, suffix: str) -> str:
        """Keep the bytes durably and return their name.

        A file that is there already becomes young again: a collection spares the young ones,
        which a commit may be about to name.
        """
        name = media_name(content, suffix=suffix)
        if self._directory is not None and self.find_size(name) == len(content):
            with _outages():
                os.utime(self._directory / name)
        else:
            self._write(name, content)
        return name

    def delete(self, name: str) -> None:
        """Remove a file that no row names any more; one that is gone already is no error."""
        with _outages(), suppress(FileNotFoundError):
            obstore.delete(self._store, name)

    def delete_older(self, name: str, *, than: datetime) -> bool:
        """Remove a file, unless it was written since; tell whether it is gone."""
        with _outages(), suppress(FileNotFoundError):
            if obstore.head(self._store, name)["last_modified"] >= than:
                return False
            obstore.delete(self._store, name)
        return True

    def list_files(self) -> Iterator[StoredFile]:
        """Yield every file of the store; what others keep beside them is passed over."""
        with _outages():
            for batch in obstore.list(self._store):
                for found in batch:
                    name = found["path"]
                    if _NAME.fullmatch(name) or name.startswith(_STAGED):
                        yield StoredFile(name, found["size"], found["last_modified"])

    def find_size(self, name: str) -> int | None:
        """Return a file's size in bytes, or None where there is no such file."""
        if not _NAME.fullmatch(name):
            return None
        with _outages():
            try:
                return int(obstore.head(self._store, name)["size"])
            except FileNotFoundError:
                return None

    def read(self, name: str, *, start: int = 0, end: int | None = None) -> bytes:
        """Return the bytes from start, which lies in the file, to end (exclusive).

        Raises NotFoundError.
        """
        if end is not None and end <= start:
            return b""
        found = self._find(name, _span(start, end))
        if found is None:
            message = f"no media file {name!r}"
            raise NotFoundError(message)
        return found

    def find_path(self, name: str) -> Path | None:
        """Return where a file would stand on this machine, or None where it is kept elsewhere."""
        if self._directory is None or not _NAME.fullmatch(name):
            return None
        return self._directory / name

    def find_free_bytes(self) -> int | None:
        """Return how much room is left on this machine, or None where files are kept elsewhere."""
        if self._directory is None:
            return None
        return shutil.disk_usage(self._directory).free

    def is_answering(self) -> bool:
        """Tell whether the store can be asked and, where it is a directory, written to."""
        try:
            self.find_size(_PROBE)
            # A bucket that does not exist has no files either: only a listing tells.
            with _outages():
                obstore.list(self._store, prefix=_PROBE).collect()
        except UnavailableError:
            return False
        return self._directory is None or os.access(self._directory, os.W_OK)

    def _find(self, name: str, options: "GetOptions") -> bytes | None:
        if not _NAME.fullmatch(name):
            return None
        with _outages():
            try:
                return bytes(obstore.get(self._store, name, options=options).bytes())
            except FileNotFoundError:
                return None

    def _write(self, name: str, content: bytes) -> None:
        with _outages():
            if self._directory is None:
                obstore.put(self._store, name, content)
            else:
                _write_durably(self._directory / name, content)


def _span(start: int, end: int | None) -> "GetOptions":
    if end is not None:
        return {"range": (start, end)}
    # A range of an empty file is refused, the whole of it is not.
    return {"range": {"offset": start}} if start else {}


@contextmanager
def _outages() -> Iterator[None]:
    try:
        yield
    except (BaseError, OSError) as error:
        # The lines after the first are for those who debug the library.
        first_line = str(error).split("\n", 1)[0]
        reason = f"the media store does not answer: {first_line}"
        raise UnavailableError(reason) from error


def _directory(url: str) -> Path | None:
    parts = urlsplit(url)
    return Path(unquote(parts.path)) if parts.scheme == "file" else None


def _open(url: str, directory: Path | None) -> ObjectStore:
    if directory is not None:
        return LocalStore(directory, mkdir=True)
    if url.startswith("memory:"):
        return MemoryStore()
    return from_url(url, client_options=_BUCKET_CLIENT, retry_config=_BUCKET_RETRIES)


def _write_durably(path: Path, content: bytes) -> None:
    # obstore renames a staged file into place too, but does not ask the disk to keep it.
    staged, staged_path = tempfile.mkstemp(dir=path.parent, prefix=_STAGED)
    try:
        with os.fdopen(staged, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(staged)
        Path(staged_path).chmod(0o644)
        Path(staged_path).replace(path)
    except OSError:
        # A full disk is not helped by halves of files.
        Path(staged_path).unlink()
        raise
    directory = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
