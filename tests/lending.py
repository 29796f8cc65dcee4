"""PostgreSQL databases that are lent to one test after the other: a copy for each costs far more.

Between two tests every row comes back as it was at first. Where a test altered a table, or left
more than a little behind, the next one is lent another copy.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg

from tests.servers import execute, make_copy

_MOST_LEFT_BYTES = 8_000_000

# The rows as they are now stand in a schema beside, with a function that brings them back. Neither
# keys nor triggers watch over it: some rows may not be deleted by anybody else.
_KEEP = """
CREATE SCHEMA kept;
CREATE TABLE kept."what was altered" (at timestamptz);
DO $make$
DECLARE
    name text;
    last bigint;
    body text := '';
BEGIN
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
        EXECUTE format('CREATE TABLE kept.%1$I AS TABLE public.%1$I', name);
        body := body || format('DELETE FROM public.%1$I;', name)
            || format('INSERT INTO public.%1$I SELECT * FROM kept.%1$I;', name);
    END LOOP;
    FOR name, last IN
        SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'
    LOOP
        body := body || format(
            'PERFORM setval(%L, %s, %s);', 'public.' || quote_ident(name),
            coalesce(last, 1), (last IS NOT NULL)::text
        );
    END LOOP;
    EXECUTE format(
        'CREATE FUNCTION kept.bring_back() RETURNS void LANGUAGE plpgsql'
        ' SET session_replication_role = replica AS %L', 'BEGIN ' || body || ' END'
    );
END $make$;
CREATE FUNCTION kept.tell() RETURNS event_trigger LANGUAGE plpgsql AS
    $tell$ BEGIN INSERT INTO kept."what was altered" VALUES (now()); END $tell$;
CREATE EVENT TRIGGER altered ON ddl_command_end EXECUTE FUNCTION kept.tell();
"""

_HANG_UP = """
SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""

_WORN = """
SELECT EXISTS (SELECT FROM kept."what was altered") OR pg_database_size(current_database()) > %s
"""


@contextmanager
def kept(url: str) -> Iterator[Callable[[], object]]:
    """Yield what brings the rows of a lent database back to what they are now.

    It is not lent to anybody else afterwards.
    """
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DROP SCHEMA kept CASCADE")
        connection.execute(_KEEP)
        connection.execute('INSERT INTO kept."what was altered" VALUES (now())')
        yield lambda: connection.execute("SELECT kept.bring_back()")


class Lender:
    """Lends copies of one template, one at a time."""

    def __init__(self, server: str, template: str) -> None:
        self._server, self._template = server, template
        self._copy()

    @contextmanager
    def lent(self) -> Iterator[str]:
        """Yield the URL of a database as the template is."""
        yield self._url
        if not self._is_brought_back():
            self.close()
            self._copy()

    def close(self) -> None:
        """Do away with the database."""
        self._connection.close()
        name = psycopg.conninfo.conninfo_to_dict(self._url)["dbname"]
        execute(self._server, f"DROP DATABASE {name} WITH (FORCE)")

    def _copy(self) -> None:
        self._url = make_copy(self._server, self._template)
        self._connection = psycopg.connect(self._url, autocommit=True)
        self._connection.execute(_KEEP)
        size = "SELECT pg_database_size(current_database())"
        self._size_bytes: int = self._connection.execute(size).fetchone()[0]

    def _is_brought_back(self) -> bool:
        """Bring every row back, and tell whether that leaves everything as it was."""
        try:
            self._connection.execute(_HANG_UP)
            most_bytes = self._size_bytes + _MOST_LEFT_BYTES
            if self._connection.execute(_WORN, (most_bytes,)).fetchone()[0]:
                return False
            self._connection.execute("SELECT kept.bring_back()")
        except psycopg.OperationalError:
            return False
        return True
