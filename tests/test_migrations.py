"""The database by its migrations: as the models say, up and down, with what is in it."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import CheckConstraint, inspect, text

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


def _rows(database: Database) -> dict[str, list[Any]]:
    columns = dict.fromkeys(KEPT, "*") | {"stop": STOP_COLUMNS}
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


def test_the_checks_bear_the_names_that_the_models_give_them(resources: Resources) -> None:
    inspector = inspect(resources.database.engine)
    for table in Model.metadata.sorted_tables:
        named = {str(each.name) for each in table.constraints if isinstance(each, CheckConstraint)}
        assert {each["name"] for each in inspector.get_check_constraints(table.name)} == named


@pytest.mark.parametrize("revision", ["0002", "0001"])
def test_stops_and_texts_survive_the_way_down_and_up(seeded: Resources, revision: str) -> None:
    database = seeded.database
    before = _rows(database)
    downgrade(database, root=PROJECT_ROOT, revision=revision)
    assert _rows(database) == before
    upgrade(database, root=PROJECT_ROOT)
    assert _rows(database) == before
    assert [len(rows) for rows in before.values()] == [3, 4, 4, 3]


def test_people_and_drafts_do_not_hinder_the_way_down(
    seeded: Resources,
    client: Any,  # noqa: ANN401 -- the client of a fixture
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
