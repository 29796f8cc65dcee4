"""Mistakes in an author's files: which file, which line, what was expected."""

import re
import tomllib
from collections import Counter
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from marshmallow import Schema, ValidationError
from marshmallow.exceptions import SCHEMA

from tourapp.errors import InvalidError

Key = tuple[str | int, ...]

_SYNTAX_ERROR = re.compile(r"(?P<what>.*) \((?:at line (?P<line>\d+), .*|at end of document)\)")
_HEADER = re.compile(r"\s*(\[\[?)([\w\s.\"'-]+)\]")
_KEY = re.compile(r"([\w\s.\"'-]+)=")


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
        self.mistakes = tuple((f"{each.file}:{each.line}", each.message) for each in self.faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


def load_toml(
    file: str, toml: str, schema: Schema, *, first_line: int = 1, **following: str
) -> Any:  # noqa: ANN401 -- what the schema makes
    """Load TOML, with what follows its fence, through a schema.

    Raises SourceError with every fault.
    """
    given = _parse(file, toml, first_line=first_line)
    lines = toml.split("\n")
    found = [(line_of(lines, (key,)), f"{key}: unknown key") for key in given if key in following]
    loaded = None
    try:
        loaded = schema.load(given | following)
    except ValidationError as error:
        found += _placed(error, lines, following)
    if found:
        raise SourceError(Fault(file, line + first_line - 1, message) for line, message in found)
    return loaded


def _placed(
    error: ValidationError, lines: list[str], following: Container[str]
) -> Iterator[tuple[int, str]]:
    """Yield what a schema refuses, with the line where it stands; what follows stands after all."""
    for key, message in _flatten(error.messages_dict):
        line = len(lines) + 1 if key[0] in following else line_of(lines, key)
        yield line, f"{dotted(key)}: {message}"


def line_of(lines: list[str], key: Key) -> int:
    """Return the line of a key, else of what would hold it, else the first; they count from 1."""
    shared = [_shared_depth(path, key) for path in _paths(lines)]
    return shared.index(max(shared)) + 1


def _shared_depth(path: Key, key: Key) -> int:
    depth = min(len(path), len(key))
    return depth if path[:depth] == key[:depth] else 0


def _parse(file: str, toml: str, *, first_line: int) -> dict[str, Any]:
    try:
        return tomllib.loads(toml)
    except ValueError as error:  # of TOML, or of a number beyond all bounds
        found = _SYNTAX_ERROR.fullmatch(str(error))
        what, line = (found["what"], found["line"]) if found else (str(error), None)
        last = toml.rstrip().count("\n") + 1
        raise SourceError([Fault(file, int(line or last) + first_line - 1, what)]) from None


def _paths(lines: list[str]) -> Iterator[Key]:
    table: Key = ()
    seen: Counter[Key] = Counter()
    for line in lines:
        if header := _HEADER.match(line):
            table = _split(header[2])
            if header[1] == "[[":
                seen[table] += 1
                table = (*table, seen[table] - 1)
            elif table[:1] in seen:
                # A table within the last one of an array.
                table = (table[0], seen[table[:1]] - 1, *table[1:])
            yield table
        else:
            found = _KEY.match(line)
            yield (*table, *_split(found[1])) if found else ()


def _split(dotted: str) -> Key:
    return tuple(name.strip(" \t\"'") for name in dotted.split("."))


def dotted(key: Key) -> str:
    """Write a key as one names it."""
    return ".".join(str(part) for part in key)


def _flatten(messages: dict[Any, Any], key: Key = ()) -> Iterator[tuple[Key, str]]:
    for part, inner in messages.items():
        whole = key if part == SCHEMA else (*key, part)
        if isinstance(inner, dict):
            yield from _flatten(inner, whole)
        else:
            yield from ((whole, message) for message in inner)
