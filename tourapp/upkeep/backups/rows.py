"""Rows of any table as lines of JSON, the same ones from either kind of database, and back.

The database itself is asked for its tables and columns: a backup is as old as its schema, and the
models of this release know the newest one only.
"""

import base64
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    Date,
    DateTime,
    LargeBinary,
    MetaData,
    Table,
    Text,
    cast,
    insert,
    inspect,
    select,
)
from sqlalchemy.sql import ColumnElement
from sqlalchemy.types import TypeDecorator, TypeEngine

LEFT_OUT = {
    "alembic_version",
    # A letter that waits has left when a backup is put back, or is good no more.
    "letter",
}

_AT_A_TIME = 100
_ALL = 1 << 256


@dataclass(frozen=True, slots=True)
class Summary:
    """What a table held: how many rows, of which columns, and a digest that no order changes."""

    rows: int
    columns: tuple[str, ...]
    digest: str


class Tally:
    """Counts lines and adds their hashes up, so that rows may come in any order."""

    def __init__(self, table: Table) -> None:
        self._columns = tuple(table.columns.keys())
        self._rows = 0
        self._sum = 0

    def count(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        """Hand each line on."""
        for line in lines:
            self._rows += 1
            self._sum += int.from_bytes(hashlib.sha256(line).digest())
            yield line

    def summed(self) -> Summary:
        """Return what came by."""
        return Summary(self._rows, self._columns, f"{self._sum % _ALL:064x}")


class _JsonText(TypeDecorator[str]):
    """JSON as it is written down: what is read into values may be written otherwise."""

    impl = Text
    cache_ok = True

    def column_expression(self, column: ColumnElement[Any]) -> ColumnElement[Any]:
        return cast(column, Text)


class _CheckedJsonText(_JsonText):
    """The same for a database that looks at what is JSON before it keeps it."""

    cache_ok = True

    def bind_expression(self, bindvalue: ColumnElement[Any]) -> ColumnElement[Any]:
        return cast(bindvalue, JSON)


def list_tables(connection: Connection) -> list[Table]:
    """Return every table with its columns, by name, but those that are `LEFT_OUT`."""
    inspector = inspect(connection)
    described = MetaData()
    return [
        Table(
            name,
            described,
            *(
                Column(found["name"], _kept_type(found["type"], connection))
                for found in sorted(inspector.get_columns(name), key=lambda found: found["name"])
            ),
        )
        for name in sorted(set(inspector.get_table_names()) - LEFT_OUT)
    ]


def has_rows(connection: Connection, table: Table) -> bool:
    """Tell whether there is anything in a table."""
    return connection.execute(select(table).limit(1)).first() is not None


def read_lines(connection: Connection, table: Table) -> Iterator[bytes]:
    """Yield each row as a line; a few are held in memory at a time."""
    rows = connection.execute(select(table), execution_options={"yield_per": _AT_A_TIME})
    for row in rows:
        values = [_written(value) for value in row]
        yield json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def write_lines(connection: Connection, table: Table, lines: Iterable[bytes]) -> None:
    """Add the rows that lines tell of."""
    readers = {column.name: _reader(column.type) for column in table.columns}
    remaining = iter(lines)
    while some := list(islice(remaining, _AT_A_TIME)):
        rows = [
            {
                name: None if value is None else read(value)
                for (name, read), value in zip(readers.items(), json.loads(line), strict=True)
            }
            for line in some
        ]
        connection.execute(insert(table), rows)


def summarise(connection: Connection, table: Table) -> Summary:
    """Read a table through, and return what it holds."""
    tally = Tally(table)
    for _ in tally.count(read_lines(connection, table)):
        """Only counted."""
    return tally.summed()


def _kept_type(type_: TypeEngine[Any], connection: Connection) -> TypeEngine[Any]:
    if not isinstance(type_, JSON):
        return type_
    return _CheckedJsonText() if connection.dialect.name == "postgresql" else _JsonText()


def _written(value: object) -> object:
    if isinstance(value, datetime):
        in_utc = value if value.tzinfo is None else value.astimezone(UTC)
        return in_utc.replace(tzinfo=None).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value


def _reader(type_: TypeEngine[Any]) -> Callable[[Any], Any]:
    if isinstance(type_, DateTime):
        is_zoned = type_.timezone
        return lambda told: _moment(told, is_zoned=is_zoned)
    if isinstance(type_, Date):
        return date.fromisoformat
    if isinstance(type_, LargeBinary):
        return base64.b64decode
    return lambda told: told


def _moment(told: str, *, is_zoned: bool) -> datetime:
    moment = datetime.fromisoformat(told)
    return moment.replace(tzinfo=UTC) if is_zoned else moment
