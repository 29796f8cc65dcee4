"""Rows that refer to each other, written in any order, and held to it once at the end."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, text

_REFERENCES = text("""
    SELECT conrelid::regclass::text AS "table", quote_ident(conname) AS name,
        pg_get_constraintdef(oid) AS definition
    FROM pg_constraint
    WHERE contype = 'f' AND connamespace = current_schema()::regnamespace
    ORDER BY conname
""")

_COUNTED = text("""
    SELECT quote_ident(table_name) AS "table", quote_ident(column_name) AS "column",
        pg_get_serial_sequence(quote_ident(table_name), column_name) AS sequence
    FROM information_schema.columns
    WHERE table_schema = current_schema() AND column_default LIKE 'nextval(%'
""")


@contextmanager
def loose_references(connection: Connection) -> Iterator[None]:
    """Let rows be written in any order, then hold every reference again, and go on counting ids.

    SQLite's are off in a migration, and looked at before its commit.
    """
    if connection.dialect.name == "sqlite":
        yield
        return
    references = connection.execute(_REFERENCES).all()
    for found in references:
        _run(connection, f"ALTER TABLE {found.table} DROP CONSTRAINT {found.name}")
    yield
    for found in references:
        added = f"ADD CONSTRAINT {found.name} {found.definition}"
        _run(connection, f"ALTER TABLE {found.table} {added}")
    for found in connection.execute(_COUNTED).all():
        last = f"(SELECT max({found.column}) FROM {found.table})"  # noqa: S608 -- quoted by the database
        _run(connection, f"SELECT setval('{found.sequence}', {last}) WHERE {last} IS NOT NULL")


def _run(connection: Connection, statement: str) -> None:
    connection.exec_driver_sql(statement)
