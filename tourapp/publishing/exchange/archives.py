"""A folder of stops as one zip file, and such a file that anybody may have made, taken apart."""

import re
import stat
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from enum import Enum
from io import BytesIO
from pathlib import Path
from typing import IO

from tourapp.errors import InvalidError
from tourapp.narration.lexicon.file import LEXICON_FILE

TOP = "stops"

MOST_BYTES = 60_000_000
MOST_FILES = 5000
MOST_UNPACKED_BYTES = 80_000_000


class ArchiveFault(Enum):
    """Why a zip file is not taken apart."""

    NO_ZIP = "this is no zip file"
    FILES = f"it holds more than {MOST_FILES} files"
    SIZE = f"it is larger than {MOST_UNPACKED_BYTES // 1_000_000} MB when it is unpacked"
    SECRET = "a file in it is locked by a password"  # noqa: S105 -- a sentence
    LINK = "an entry of it is no plain file"
    NAME = "a name in it is none of a stop's files"
    TWICE = "two files in it have one name"
    DAMAGED = "a file in it cannot be unpacked"
    PICTURES = "its photographs take too much to decode"
    EMPTY = "there is no folder of a stop in it"


# `stops/terril/fr.md`, with or without the folder round all of them, whatever that is called.
_LEXICON = re.escape(LEXICON_FILE)
_NAME = re.compile(
    r"(?:[^/\\:\0]{1,100}/)??"
    rf"({_LEXICON}|[a-z0-9-]+/(?!{_LEXICON}\Z)[a-z0-9-]+(?:\.[a-z]+)+)",
)

# What systems add of themselves.
_LITTER = re.compile(r"(?:.*/)?(?:__MACOSX/.*|\.DS_Store|\._.*|Thumbs\.db|desktop\.ini)", re.DOTALL)

# Packed already.
_PHOTOGRAPH = ".jpg"

_PACKED = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}

_END = b"PK\5\6"
_END_BYTES = 22
_LONGEST_REMARK = 65_535
_MOST_LISTED_BYTES = MOST_FILES * 150


class ArchiveError(InvalidError):
    """A zip file that is not taken apart; `fault` tells why, `name` which file of it is meant."""

    def __init__(self, fault: ArchiveFault, name: str = "") -> None:
        where = f": {name[:100]!r}" if name else ""
        super().__init__(f"{fault.value}{where}")
        self.fault = fault
        self.name = name


def pack(folder: Path, file: IO[bytes]) -> None:
    """Write a folder of stops as a zip file; equal stops are equal bytes."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(f"{TOP}/{path.relative_to(folder).as_posix()}")
            entry.external_attr = 0o644 << 16
            is_packed = path.suffix == _PHOTOGRAPH
            entry.compress_type = zipfile.ZIP_STORED if is_packed else zipfile.ZIP_DEFLATED
            archive.writestr(entry, path.read_bytes())


def unpack(archive: bytes, folder: Path) -> None:
    """Write the files of a zip into a new folder. Raises ArchiveError.

    Only names that a stop's files have are ever written, and nothing before every name, kind and
    size is looked at; a file that says less of its size than it holds is damaged.
    """
    _check_list(archive)
    try:
        with zipfile.ZipFile(BytesIO(archive)) as opened:
            for name, entry in _checked(opened.infolist()):
                path = folder / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(_read(opened, entry))
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise ArchiveError(ArchiveFault.NO_ZIP) from error


def _check_list(archive: bytes) -> None:
    # The list of names is read whole: a small file may have a very long one.
    end = archive.rfind(_END, -(_LONGEST_REMARK + _END_BYTES))
    if end < 0 or len(archive) < end + _END_BYTES:
        raise ArchiveError(ArchiveFault.NO_ZIP)
    if int.from_bytes(archive[end + 12 : end + 16], "little") > _MOST_LISTED_BYTES:
        raise ArchiveError(ArchiveFault.FILES)


def _checked(entries: Iterable[zipfile.ZipInfo]) -> list[tuple[str, zipfile.ZipInfo]]:
    kept = [entry for entry in entries if not (entry.is_dir() or _LITTER.fullmatch(entry.filename))]
    if len(kept) > MOST_FILES:
        raise ArchiveError(ArchiveFault.FILES)
    if sum(entry.file_size for entry in kept) > MOST_UNPACKED_BYTES:
        raise ArchiveError(ArchiveFault.SIZE)
    named = [(_name(entry), entry) for entry in kept]
    if not any("/" in name for name, _ in named):
        raise ArchiveError(ArchiveFault.EMPTY)
    for name in _repeated(name for name, _ in named):
        raise ArchiveError(ArchiveFault.TWICE, name)
    return named


def _name(entry: zipfile.ZipInfo) -> str:
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in {0, stat.S_IFREG}:
        raise ArchiveError(ArchiveFault.LINK, entry.filename)
    if entry.flag_bits & 1:
        raise ArchiveError(ArchiveFault.SECRET, entry.filename)
    # What stands behind a null character is cut off by the library.
    found = _NAME.fullmatch(entry.orig_filename)
    if found is None or found[0].startswith("../"):
        raise ArchiveError(ArchiveFault.NAME, entry.orig_filename)
    return found[1]


def _repeated(names: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            yield name
        seen.add(name)


def _read(opened: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    if entry.compress_type not in _PACKED:
        raise ArchiveError(ArchiveFault.DAMAGED, entry.filename)
    try:
        return opened.read(entry)
    except (zipfile.BadZipFile, EOFError, zlib.error) as error:
        raise ArchiveError(ArchiveFault.DAMAGED, entry.filename) from error
