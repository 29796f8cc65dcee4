"""The file of the lexicon, `stops/lexicon.toml`: read whole, and written back as it was."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, asdict, fields
from itertools import pairwise, takewhile
from pathlib import Path
from typing import Any

import tomli_w

from tourapp.errors import InvalidError
from tourapp.narration.lexicon.entries import Entry, EntryError, Lexicon

LEXICON_FILE = "lexicon.toml"

_KEYS = {field.name for field in fields(Entry)}
_REQUIRED_KEYS = {field.name for field in fields(Entry) if field.default is MISSING}
_HEADER = re.compile(r"^[ \t]*\[\[[ \t]*entry[ \t]*\]\]", re.MULTILINE)


def parse_lexicon(text: str) -> Lexicon:
    """Read `[[entry]]` tables, or raise InvalidError with the line and what was expected."""
    lines = _entry_lines(text)
    try:
        tables = _tables(text)
        return Lexicon(_entry(table, position=position) for position, table in enumerate(tables))
    except EntryError as error:
        message = f"line {lines[error.position]}: {error}"
        raise InvalidError(message) from None


def read_lexicon_file(folder: Path) -> Lexicon:
    """Read the lexicon of a folder of stops, empty where there is none.

    Raises InvalidError that names the file.
    """
    path = folder / LEXICON_FILE
    if not path.exists():
        return Lexicon()
    try:
        return parse_lexicon(path.read_text("utf-8"))
    except (InvalidError, OSError, UnicodeDecodeError) as error:
        message = f"{folder.name}/{LEXICON_FILE}: {error}"
        raise InvalidError(message) from error


def write_lexicon_file(folder: Path, entries: Iterable[Entry]) -> list[Path]:
    """Write the entries into a folder of stops and return the file if it changed.

    An entry that already says the same keeps its bytes, its order and the remarks around it.
    Raises InvalidError where a file is there that cannot be read.
    """
    path = folder / LEXICON_FILE
    present = read_lexicon_file(folder).entries
    text = path.read_bytes().decode() if path.exists() else ""
    wanted = _updated(text, present, {(entry.lang, entry.written): entry for entry in entries})
    if wanted == text:
        return []
    folder.mkdir(parents=True, exist_ok=True)
    path.write_bytes(wanted.encode())
    return [path]


def _updated(text: str, present: Iterable[Entry], wanted: dict[tuple[str, str], Entry]) -> str:
    starts = [match.start() for match in _HEADER.finditer(text)]
    passages = [text[start:end] for start, end in pairwise([*starts, len(text)])]
    written = text[: starts[0]] if starts else text
    for passage, entry in zip(passages, present, strict=True):
        written += _kept(passage, entry, wanted.pop((entry.lang, entry.written), None))
    for entry in wanted.values():
        written = f"{written.rstrip()}\n\n{_table(entry)}".lstrip()
    return written


def _kept(passage: str, present: Entry, wanted: Entry | None) -> str:
    """Return a table as it says what is wanted, and the remarks that follow it."""
    if present == wanted:
        return passage
    lines = passage.splitlines(keepends=True)
    remarks = "".join([*takewhile(_is_remark, reversed(lines))][::-1])
    return remarks.lstrip("\n") if wanted is None else _table(wanted) + remarks


def _is_remark(line: str) -> bool:
    return line.strip() == "" or line.lstrip().startswith("#")


def _table(entry: Entry) -> str:
    given = {key: value for key, value in asdict(entry).items() if value is not None}
    return f"[[entry]]\n{tomli_w.dumps(given)}"


def _entry_lines(text: str) -> list[int]:
    return [text.count("\n", 0, match.start()) + 1 for match in _HEADER.finditer(text)]


def _tables(text: str) -> list[Mapping[str, Any]]:
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = f"the lexicon is not TOML: {error}"
        raise InvalidError(message) from None
    tables = document.pop("entry", [])
    are_tables = isinstance(tables, list) and len(tables) == len(_entry_lines(text))
    if document or not are_tables:
        message = f"line 1: expected [[entry]] tables only, got {', '.join(document) or 'entry'}"
        raise InvalidError(message)
    return [dict(table) for table in tables]


def _entry(table: Mapping[str, Any], *, position: int) -> Entry:
    faults = [*_key_faults(table), *_type_faults(table)]
    if faults:
        raise EntryError("; ".join(faults), position=position)
    return Entry(**table)


def _key_faults(table: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"unknown key {key!r}" for key in table if key not in _KEYS)
    yield from (f"expected the key {key!r}" for key in sorted(_REQUIRED_KEYS - set(table)))


def _type_faults(table: Mapping[str, Any]) -> Iterator[str]:
    for key, value in table.items():
        expected, name = (bool, "true or false") if key == "confirmed" else (str, "a text")
        if not isinstance(value, expected):
            yield f"{key}: expected {name}, got {value!r}"
