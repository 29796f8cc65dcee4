"""Numbers as addresses and forms write them: no row has one that no database can hold."""

from typing import Any

from flask import Flask
from werkzeug.routing import IntegerConverter, Map

HIGHEST = 2**31 - 1
"""What PostgreSQL takes as an integer."""


class WholeConverter(IntegerConverter):
    """The number of a row, or of a place in a list, `<whole:entry_id>`: others are not found."""

    def __init__(self, of: Map, *, max: int = HIGHEST, **options: Any) -> None:  # noqa: A002, ANN401 -- Werkzeug's own name, and whatever it takes
        super().__init__(of, max=max, **options)


def counted(written: str) -> int:
    """Return the number of a row or of a page. Raises ValueError where nothing can have it."""
    digits = written.strip()
    # Python reads no more than some thousands of digits, and looks at what they are first.
    if not digits.isdecimal() or len(digits) > len(str(HIGHEST)) or int(digits) > HIGHEST:
        message = f"expected a whole number of at most {HIGHEST}"
        raise ValueError(message)
    return int(digits)


def read_number(written: str) -> float | str:
    """Return a number as it stands on a French map, or as a telephone copies it."""
    try:
        return float(written.strip().replace(",", "."))
    except ValueError:
        return written


def read_whole(written: str) -> int | str:
    """Return a whole number, or what was written where it is none that can be kept."""
    try:
        return counted(written)
    except ValueError:
        return written


def register_numbers(app: Flask) -> None:
    """Let the addresses of an application name things by their numbers."""
    app.url_map.converters["whole"] = WholeConverter
