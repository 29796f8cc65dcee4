"""Zip files, good and hostile."""

import stat
import struct
import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.samples import write_samples
from tourapp.publishing.exchange.archives import pack
from tourapp.stops.content import StopContent


def zipped(files: Mapping[str, bytes], *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip of these files."""
    written = BytesIO()
    with zipfile.ZipFile(written, "w", compression) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return written.getvalue()


def packed(*contents: StopContent, **files: bytes) -> bytes:
    """Return an archive of stops, with whatever else lies beside them."""
    with TemporaryDirectory() as outside:
        folder = write_samples(Path(outside, "stops"), *contents)
        for name, content in files.items():
            (folder / name).write_bytes(content)
        written = BytesIO()
        pack(folder, written)
    return written.getvalue()


def repeated(name: str) -> bytes:
    """Return a zip with one name twice, as no honest program writes it."""
    return zipped({name: b"a", name[:-1] + "~": b"b"}).replace(
        f"{name[:-1]}~".encode(), name.encode()
    )


def linked(name: str) -> bytes:
    """Return a zip with a symbolic link to a file of the machine."""
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        link = zipfile.ZipInfo(name)
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    return written.getvalue()


def locked(name: str) -> bytes:
    """Return a zip that says of its file that it is encrypted."""
    whole = bytearray(zipped({name: b"secret"}))
    for mark, flags in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        whole[whole.find(mark) + flags] |= 1
    return bytes(whole)


def spoilt(name: str) -> bytes:
    """Return a zip whose bytes are not those that it sums up."""
    return zipped({name: b"said" * 9}, compression=zipfile.ZIP_STORED).replace(
        b"saidsaid", b"SAIDsaid"
    )


def lying(name: str) -> bytes:
    """Return a zip whose file unpacks to more than it says."""
    whole = bytearray(zipped({name: bytes(10_000_000)}))
    for mark, size in ((b"PK\3\4", 22), (b"PK\1\2", 24)):
        struct.pack_into("<I", whole, whole.find(mark) + size, 100)
    return bytes(whole)


def many(count: int) -> bytes:
    """Return a zip of very many empty files."""
    return zipped({f"stops/{number}/fr.md": b"" for number in range(count)})


def overlapping(name: str, count: int) -> bytes:
    """Return a zip whose many names share the bytes of one file."""
    whole = zipped({name: bytes(200_000)})
    start, end = whole.find(b"PK\1\2"), whole.find(b"PK\5\6")
    entry, listed = whole[start:end], b""
    for number in range(count):
        listed += entry.replace(name.encode(), name.replace("a", f"{number:x}"[-1]).encode())
    tail = bytearray(whole[end:])
    struct.pack_into("<HHI", tail, 8, count, count, len(listed))
    return whole[:start] + listed + bytes(tail)
