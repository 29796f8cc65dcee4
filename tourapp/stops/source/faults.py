"""Mistakes in an author's files: which file, which line, what was expected."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from marshmallow import Schema, ValidationError

from tourapp.errors import InvalidError

Key = tuple[str | int, ...]

_SYNTAX_ERROR = re.compile(r"(?P<what>.*) \((?:at line (?P<line>\d+), .*|at end of document)\)")
_HEADER = re.compile(r"\[\[?\s*([\w.]+)\s*\]")
_KEY = re.compile(r"(\w+)\s*=")


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """A mistake in a file."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class SourceError(InvalidError):
    """One or more files are wrong; `faults` names every mistake."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(faults))
        super().__init__("\n".join(str(fault) for fault in self.faults))


def load_toml(file: str, toml: str, schema: Schema, *, first_line: int = 1, **more: str) -> Any:  # noqa: ANN401 -- what the schema makes
    """Load TOML, with further values, through a schema, or raise SourceError with its faults."""
    lines = toml.splitlines()
    try:
        return schema.load(tomllib.loads(toml) | more)
    except tomllib.TOMLDecodeError as error:
        found = _SYNTAX_ERROR.fullmatch(str(error))
        what, line = (found["what"], found["line"]) if found else (str(error), None)
        raise SourceError(
            [Fault(file, int(line or len(lines) or 1) + first_line - 1, what)],
        ) from None
    except ValidationError as error:
        raise SourceError(
            Fault(file, line_of(lines, key) + first_line - 1, f"{_dotted(key)}: {message}")
            for key, message in _flatten(error.messages_dict)
        ) from None


def line_of(lines: list[str], key: Key) -> int:
    """Return the line of a key, else of its table, else the first; lines count from 1."""
    *table, name = key
    best = 1
    current: list[str | int] = []
    seen: dict[str, int] = {}
    for number, line in enumerate(lines, 1):
        if header := _HEADER.match(line):
            current = [header[1]]
            if line.startswith("[["):
                seen[header[1]] = seen.get(header[1], -1) + 1
                current.append(seen[header[1]])
            best = number if current in (table, list(key)) else best
        elif current == table and (found := _KEY.match(line)) and found[1] == name:
            return number
    return best


def _dotted(key: Key) -> str:
    return ".".join(str(part) for part in key)


def _flatten(messages: dict[Any, Any], key: Key = ()) -> Iterator[tuple[Key, str]]:
    for part, inner in messages.items():
        if isinstance(inner, dict):
            yield from _flatten(inner, (*key, part))
        else:
            yield from (((*key, part), message) for message in inner)
