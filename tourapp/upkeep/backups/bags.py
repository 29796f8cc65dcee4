"""A backup's shape: a BagIt bag (RFC 8493), a folder or the same folder as one tar file.

Anybody can prove one whole without this product: `sha256sum -c manifest-sha256.txt`.
"""

import hashlib
import os
import shutil
import tarfile
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from io import BytesIO
from pathlib import Path
from typing import IO

from tourapp.errors import ConflictError, InvalidError, UnavailableError

TAR = ".tar"
DATA = "data/"
MANIFEST = "manifest-sha256.txt"

_DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_CHUNK = 1 << 20

Files = Generator[tuple[str, IO[bytes]], None, None]


class Bag(ABC):
    """A bag that is being filled."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._manifest: list[str] = []
        self._put("bagit.txt", BytesIO(_DECLARATION))

    def add(self, name: str, content: IO[bytes]) -> None:
        """Put a file among the data, and its hash into the manifest; the file is read twice."""
        digest = hash_of(content)
        content.seek(0)
        self._put(DATA + name, content)
        self._manifest.append(f"{digest}  {DATA}{name}\n")

    def close(self) -> None:
        """Put the manifest in last: without one, a bag is none."""
        self._put(MANIFEST, BytesIO("".join(self._manifest).encode()))

    @abstractmethod
    def _put(self, name: str, content: IO[bytes]) -> None:
        """Write a file."""


class _Folder(Bag):
    def _put(self, name: str, content: IO[bytes]) -> None:
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            shutil.copyfileobj(content, file, _CHUNK)


class _Tar(Bag):
    def __init__(self, path: Path, *, top: str) -> None:
        self._tar = tarfile.open(path, "w", format=tarfile.PAX_FORMAT)  # noqa: SIM115 -- closed with the bag
        self._top = top
        super().__init__(path)

    def _put(self, name: str, content: IO[bytes]) -> None:
        member = tarfile.TarInfo(f"{self._top}/{name}")
        member.size = content.seek(0, os.SEEK_END)
        content.seek(0)
        self._tar.addfile(member, content)
        # It would remember every file.
        self._tar.members.clear()  # type: ignore[attr-defined] # the types leave it out

    def close(self) -> None:
        super().close()
        self._tar.close()


@contextmanager
def filling(target: Path) -> Iterator[Bag]:
    """Open a bag to be filled beside its place, and put it there when it is whole.

    One whose name ends with `.tar` is one file. Only its owner may read it. Raises ConflictError
    where something has that place, UnavailableError where the disk refuses.
    """
    if target.exists():
        message = f"{target} is there already; a backup replaces nothing"
        raise ConflictError(message)
    with _disk(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".backup-", dir=target.parent) as beside:
            place = Path(beside, target.name)
            bag = _opened(place)
            yield bag
            bag.close()
            place.chmod(0o700 if place.is_dir() else 0o600)
            # All of it stands on the disk before its name does.
            os.sync()
            place.rename(target)


@contextmanager
def reading(source: Path) -> Iterator[Files]:
    """Open a bag as every file of it with its name; each is read before the next is asked for.

    Raises InvalidError for what is no bag, or cut short, and for links in one.
    """
    if not source.exists():
        message = f"there is no backup {source}"
        raise InvalidError(message)
    try:
        with closing(_read_folder(source) if source.is_dir() else _read_tar(source)) as files:
            yield files
    except tarfile.TarError as error:
        raise _no_bag(source, str(error)) from error


def hash_of(content: IO[bytes]) -> str:
    """Return the SHA-256 of what is left to read."""
    digest = hashlib.sha256()
    while chunk := content.read(_CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def _opened(place: Path) -> Bag:
    if place.suffix == TAR:
        return _Tar(place, top=place.stem)
    place.mkdir()
    return _Folder(place)


def _read_folder(source: Path) -> Files:
    for path in sorted(source.rglob("*")):
        name = path.relative_to(source).as_posix()
        if path.is_symlink():
            raise _no_bag(source, f"{name} is a link")
        if path.is_file():
            with path.open("rb") as content:
                yield name, content


def _read_tar(source: Path) -> Files:
    with tarfile.open(source, "r:") as tar:
        while (member := tar.next()) is not None:
            content = tar.extractfile(member) if member.isreg() else None
            if content is None:
                raise _no_bag(source, f"{member.name} is no plain file")
            yield member.name.partition("/")[2], content
            # As above: it would remember every file.
            tar.members.clear()  # type: ignore[attr-defined] # as above


def _no_bag(source: Path, why: str) -> InvalidError:
    return InvalidError(f"{source} is no whole backup: {why}")


@contextmanager
def _disk(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        message = f"the backup cannot be kept in {target}: {error.strerror}"
        raise UnavailableError(message) from error
