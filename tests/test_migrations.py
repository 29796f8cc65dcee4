"""The database by its migrations: as the models say, up and down, with what is in it."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError

from tests.changing import hired
from tourapp.db import Database, Model
from tourapp.errors import InvalidError
from tourapp.migrating import downgrade, upgrade
from tourapp.resources import Resources
from tourapp.settings import PROJECT_ROOT

KEPT = ("stop", "narrative", "revision", "sign")
STOP_COLUMNS = (
    "id, number, slug, latitude, longitude, accuracy_m, position_source, altitude_m,"
    " altitude_source, drawing_file, drawing_media, drawing_credit, sources, imported_digest,"
    " updated_at"
)
NARRATIVE_COLUMNS = (
    "id, stop_id, lang, variant, published_revision_id, published_at, imported_digest"
)
SIGN_COLUMNS = "id, code, stop_id, created_at"


@pytest.fixture
def connection(site: Flask) -> Iterator[Connection]:
    """Open a connection to a filled database, of which nothing is kept."""
    with site.extensions["tourapp"].database.engine.connect() as opened:
        yield opened


def _rows(database: Database) -> dict[str, list[Any]]:
    columns = dict.fromkeys(KEPT, "*") | {
        "stop": STOP_COLUMNS,
        "narrative": NARRATIVE_COLUMNS,
        "sign": SIGN_COLUMNS,
    }
    with database.engine.connect() as connection:
        return {
            table: [
                tuple(map(str, row))
                for row in connection.execute(text(f"SELECT {names} FROM {table} ORDER BY id"))  # noqa: S608 -- our own tables
            ]
            for table, names in columns.items()
        }


def test_the_migrations_make_what_the_models_say(resources: Resources) -> None:
    with resources.database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, Model.metadata) == []


@pytest.mark.parametrize("revision", ["0002", "0001"])
def test_stops_and_texts_survive_the_way_down_and_up(spoken: Resources, revision: str) -> None:
    database = spoken.database
    before = _rows(database)
    downgrade(database, root=PROJECT_ROOT, revision=revision)
    assert _rows(database) == before
    upgrade(database, root=PROJECT_ROOT)
    assert _rows(database) == before
    assert [len(rows) for rows in before.values()] == [3, 4, 4, 3]


def test_people_and_drafts_do_not_hinder_the_way_down(
    seeded: Resources,
    client: FlaskClient,
) -> None:
    hired(seeded, client, "redaction")
    downgrade(seeded.database, root=PROJECT_ROOT, revision="base")
    upgrade(seeded.database, root=PROJECT_ROOT)
    assert _rows(seeded.database)["stop"] == []


def test_an_unknown_revision_is_refused(resources: Resources) -> None:
    with pytest.raises(InvalidError):
        upgrade(resources.database, root=PROJECT_ROOT, revision="9999")


def test_two_processes_migrate_at_once(resources: Resources) -> None:
    downgrade(resources.database, root=PROJECT_ROOT, revision="base")
    with ThreadPoolExecutor(2) as pool:
        moves = [pool.submit(_upgrade, resources.settings.database_url) for _ in range(2)]
        assert [move.result() for move in moves] == [None, None]
    assert _rows(resources.database)["stop"] == []


def _upgrade(url: str) -> None:
    database = Database(url)
    upgrade(database, root=Path(PROJECT_ROOT))
    database.close()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE stop SET number = 0 WHERE id = 1",
        "UPDATE stop SET number = 2 WHERE id = 1",
        "UPDATE stop SET slug = 'arret-2' WHERE id = 1",
        "UPDATE stop SET latitude = 91 WHERE id = 1",
        "UPDATE stop SET longitude = -181 WHERE id = 1",
        "UPDATE stop SET accuracy_m = 0 WHERE id = 1",
        "UPDATE stop SET altitude_source = NULL WHERE id = 1",
        "UPDATE stop SET version = 0 WHERE id = 1",
        "UPDATE narrative SET lang = 'xx' WHERE id = 1",
        "UPDATE narrative SET variant = 'long' WHERE id = 1",
        "UPDATE narrative SET stop_id = 99 WHERE id = 1",
        "UPDATE narrative SET published_revision_id = 2 WHERE id = 1",
        "UPDATE narrative SET published_revision_id = 99 WHERE id = 1",
        "UPDATE revision SET number = 0 WHERE id = 1",
        "UPDATE revision SET origin = 'dream' WHERE id = 1",
        "UPDATE revision SET title = '' WHERE id = 1",
        "UPDATE revision SET text = '' WHERE id = 1",
        "UPDATE revision SET narrative_id = 99 WHERE id = 1",
        "DELETE FROM stop WHERE id = 1",
        "UPDATE sign SET code = 'TOOLONG' WHERE id = 1",
        "UPDATE sign SET code = 'X4T8RB' WHERE id = 1",
        "UPDATE sign SET stop_id = 99 WHERE id = 1",
        "UPDATE sign SET code = '7K2M9R' WHERE id = 1",
        "DELETE FROM sign WHERE id = 1",
        "UPDATE narration SET state = 'sung' WHERE id = 1",
        "UPDATE narration SET mp3_media = NULL WHERE id = 1",
        "UPDATE narration SET state = 'wanted' WHERE id = 1",
        "UPDATE narration SET lease_ends_at = '2026-01-01' WHERE id = 1",
        "UPDATE narration SET failure = 'none' WHERE id = 1",
        (
            "UPDATE narration SET revision_id = 2, recipe ="
            " (SELECT max(recipe) FROM narration WHERE revision_id = 2) WHERE id = 1"
        ),
        "INSERT INTO person (id, email, name, created_at) VALUES (1, 'A@b.fr', 'A', '2026-01-01')",
        "INSERT INTO person_role (person_id, role) VALUES (99, 'guide')",
    ],
)
def test_the_database_itself_refuses(connection: Connection, change: str) -> None:
    with pytest.raises(IntegrityError):
        connection.execute(text(change))
