"""Byte ranges after RFC 9110, section 14: one range is honoured, anything else is whole."""

import re
from dataclasses import dataclass

_ONE_RANGE = re.compile(r"bytes\s*=[\s,]*(\d{0,99})-(\d{0,99})[\s,]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ByteRange:
    """The bytes from start to end (exclusive) of a file of `size` bytes."""

    start: int
    end: int
    size: int

    @property
    def content_range(self) -> str:
        """The value of the header Content-Range."""
        return f"bytes {self.start}-{self.end - 1}/{self.size}"


class UnsatisfiableRangeError(ValueError):
    """The range begins behind the end of the file, or asks for its last zero bytes."""


def parse_range(header: str | None, *, size: int) -> ByteRange | None:
    """Return the one range asked for, or None where the whole file is to be sent.

    A malformed header, another unit and several ranges are ignored, as the RFC allows.
    Raises UnsatisfiableRangeError.
    """
    found = _ONE_RANGE.fullmatch(header or "")
    if found is None or not (found[1] or found[2]):
        return None
    return _prefix(found, size) if found[1] else _suffix(int(found[2]), size)


def _prefix(found: re.Match[str], size: int) -> ByteRange | None:
    start = int(found[1])
    end = int(found[2]) + 1 if found[2] else size
    if end <= start and found[2]:
        return None
    if start >= size:
        raise UnsatisfiableRangeError
    return ByteRange(start, min(end, size), size)


def _suffix(length: int, size: int) -> ByteRange:
    if length == 0 or size == 0:
        raise UnsatisfiableRangeError
    return ByteRange(max(size - length, 0), size, size)
