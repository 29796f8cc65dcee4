"""Zip files that anybody may have made: what is no folder of stops is refused whole."""

import zipfile
from pathlib import Path

import pytest

from tests.publishing.exchange.zips import (
    linked,
    locked,
    lying,
    many,
    overlapping,
    packed,
    repeated,
    spoilt,
    zipped,
)
from tests.samples import small_stops, write_samples
from tourapp.publishing.exchange.archives import ArchiveError, ArchiveFault, unpack

FILE = "stops/terril/fr.md"

HOSTILE: dict[str, tuple[bytes, ArchiveFault]] = {
    "nothing": (b"", ArchiveFault.NO_ZIP),
    "a page": (b"<html>", ArchiveFault.NO_ZIP),
    "half of one": (zipped({FILE: b"a" * 100})[:90], ArchiveFault.NO_ZIP),
    "an end alone": (b"PK\5\6", ArchiveFault.NO_ZIP),
    "a list elsewhere": (b"PK\5\6" + b"\1" * 8 + b"\4\0\0\0" + b"\1" * 6, ArchiveFault.NO_ZIP),
    "a parent": (zipped({"../terril/fr.md": b""}), ArchiveFault.NAME),
    "a parent further down": (zipped({"stops/../../etc/passwd": b""}), ArchiveFault.NAME),
    "a root": (zipped({"/etc/passwd": b""}), ArchiveFault.NAME),
    "a drive": (zipped({"C:/terril/fr.md": b""}), ArchiveFault.NAME),
    "backslashes": (zipped({"..\\terril\\fr.md": b""}), ArchiveFault.NAME),
    "a program": (zipped({"stops/terril/fr": b""}), ArchiveFault.NAME),
    "a null character": (
        zipped({"stops/terril/fr.md~.exe": b""}).replace(b"md~", b"md\0"),
        ArchiveFault.NAME,
    ),
    "a foreign encoding": (
        zipped({"stops/terril/eeee.md": b""}).replace(b"eeee", b"\xe9\xe8\xff\x80"),
        ArchiveFault.NAME,
    ),
    "no letters of ours": (zipped({"stops/terríl/fr.md": b""}), ArchiveFault.NAME),
    "too deep": (zipped({"a/b/c/d/fr.md": b""}), ArchiveFault.NAME),
    "a line": (zipped({"stops/terril/fr.md\n": b""}), ArchiveFault.NAME),
    "a link": (linked(FILE), ArchiveFault.LINK),
    "one name twice": (repeated(FILE), ArchiveFault.TWICE),
    "one file in two folders": (zipped({FILE: b"", "terril/fr.md": b""}), ArchiveFault.TWICE),
    "a password": (locked(FILE), ArchiveFault.SECRET),
    "spoilt bytes": (spoilt(FILE), ArchiveFault.DAMAGED),
    "another packing": (zipped({FILE: b""}, compression=zipfile.ZIP_LZMA), ArchiveFault.DAMAGED),
    "more than it says": (lying(FILE), ArchiveFault.DAMAGED),
    "a bomb": (zipped({FILE: bytes(81_000_000)}), ArchiveFault.SIZE),
    "a bomb of many names": (overlapping("stops/aaaaa/fr.md", 16), ArchiveFault.DAMAGED),
    "10 000 files": (many(10_000), ArchiveFault.FILES),
    "a list of 16 MB": (b"PK\5\6" + bytes(11) + b"\1" + bytes(6), ArchiveFault.FILES),
    "5 001 files": (many(5001), ArchiveFault.FILES),
    "no stop": (zipped({"lexicon.toml": b""}), ArchiveFault.EMPTY),
    "litter": (zipped({"__MACOSX/terril/fr.md": b"", "a/.DS_Store": b""}), ArchiveFault.EMPTY),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_zip_is_refused_and_writes_nothing_outside(kind: str, tmp_path: Path) -> None:
    archive, fault = HOSTILE[kind]
    folder = tmp_path / "inside" / "stops"
    with pytest.raises(ArchiveError) as refusal:
        unpack(archive, folder)
    assert refusal.value.fault is fault
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_what_is_packed_is_unpacked_the_same(tmp_path: Path) -> None:
    written = write_samples(tmp_path / "written", *small_stops())
    unpack(packed(*small_stops()), tmp_path / "read")
    files = {path.relative_to(written) for path in written.rglob("*.*")}
    assert files == {
        path.relative_to(tmp_path / "read") for path in (tmp_path / "read").rglob("*.*")
    }
    for file in files:
        assert (written / file).read_bytes() == (tmp_path / "read" / file).read_bytes()


def test_equal_stops_are_equal_bytes() -> None:
    assert packed(*small_stops()) == packed(*small_stops())


@pytest.mark.parametrize("top", ["", "stops/", "Mes arrêts (copie)/", "./"])
def test_folders_are_found_with_or_without_one_round_them(top: str, tmp_path: Path) -> None:
    litter = {"__MACOSX/._fr.md": b"", f"{top}terril/.DS_Store": b"", f"{top}Thumbs.db": b""}
    unpack(zipped({f"{top}terril/fr.md": b"said", f"{top}terril/": b"", **litter}), tmp_path)
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["fr.md"]
