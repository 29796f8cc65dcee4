"""The distributed column, all of it: PostgreSQL, Redis, a bucket, processes and nginx."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from redis import Redis

from tests.changing import hired
from tests.deploy.nginx import Answer, Site, running_nginx
from tests.running import Process, find_free_port, started, wait_until
from tests.samples import small_stops, write_samples
from tests.servers import copied_postgresql, credentials, make_bucket
from tourapp.app import create_app
from tourapp.publishing.commands import seed
from tourapp.resources import Resources
from tourapp.settings import Settings


@dataclass(frozen=True)
class Column:
    """A running installation: what visitors meet, the server behind it, and the office's token."""

    nginx: Site
    server: Site
    environ: dict[str, str]
    token: str

    def change(
        self,
        method: str,
        path: str,
        *,
        tag: str = "",
        content: bytes | None = None,
    ) -> Answer:
        """Send a change through nginx, as a program of the office does."""
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        headers |= {"If-Match": tag} if tag else {}
        return self.nginx.ask(path, method=method, body=content, headers=headers)

    def tag(self, path: str) -> str:
        """Return the ETag of what stands at a path."""
        return self.change("GET", path).headers["Etag"]

    def clip(self) -> dict[str, Any]:
        """Return the narration of the first stop, as the API tells it now."""
        found: dict[str, Any] = self.nginx.ask("/api/v1/stops/terril/narrations/fr").json
        return found

    def sound(self) -> str:
        """Return the path of the first stop's sound."""
        url: str = self.clip()["files"][0]["url"]
        return "/media/" + url.rpartition("/")[2]

    def forget_limits(self) -> None:
        """Begin to count anew."""
        with Redis.from_url(self.environ["TOURAPP_LIMITS_URL"]) as counts:
            counts.flushdb()


@pytest.fixture(scope="session")
def column(
    postgresql_server: str,
    postgresql_template: str,
    redis_server: str,
    s3_endpoint: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Column]:
    """Start it all: two server processes, two workers, and three small stops that are spoken."""
    folder, port = tmp_path_factory.mktemp("column"), find_free_port()
    make_bucket(s3_endpoint, "column")
    with ExitStack() as stack:
        database = stack.enter_context(copied_postgresql(postgresql_server, postgresql_template))
        environ = credentials(s3_endpoint) | {
            "TOURAPP_DATABASE_URL": database,
            "TOURAPP_MEDIA_URL": "s3://column/kept",
            "TOURAPP_QUEUE_URL": redis_server.removesuffix("0") + "2",
            "TOURAPP_LIMITS_URL": redis_server.removesuffix("0") + "3",
            "TOURAPP_TRUSTED_PROXIES": "1",
            "TOURAPP_PROCESSES": "2",
            "TOURAPP_PORT": str(port),
            "TOURAPP_PUBLIC_URL": "https://visite.example.fr",
            "TOURAPP_SECRET_KEY": "a secret that is only good for tests",
            "TOURAPP_SPEECH_ENGINES": "espeak",
        }
        token = _prepared(environ, folder)
        for command in ("serve", "worker", "worker"):
            stack.enter_context(started(environ, command))
        nginx = stack.enter_context(running_nginx(folder, server=port))
        running = Column(nginx, Site(port, folder), environ, token)
        wait_until(lambda: nginx.ask("/readyz").text.count('"ok"') == 6)
        yield running


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """Return one of one kind: nginx does the same with any."""
    return sqlite_url


@pytest.fixture
def port() -> int:
    """Return the port of the server behind nginx."""
    return find_free_port()


@pytest.fixture
def server(seeded: Resources, environ: dict[str, str], port: int) -> Iterator[Process]:
    """Start a server of small stops, with media in files, that a test may end."""
    assert seeded
    chosen = {
        "TOURAPP_PORT": str(port),
        "TOURAPP_PROCESSES": "1",
        "TOURAPP_MEDIA_ACCEL": "/kept-media/",
    }
    with started(environ | chosen, "serve") as run:
        yield run


@pytest.fixture
def nginx(server: Process, port: int, tmp_path: Path) -> Iterator[Site]:
    """Start nginx in front of it."""
    assert server
    with running_nginx(tmp_path, server=port) as site:
        wait_until(lambda: site.ask("/livez").status == 200)
        yield site


def _prepared(environ: dict[str, str], folder: Path) -> str:
    """Import the stops, and return the token of somebody who may write and publish."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environ.items():
            patch.setenv(name, value)
        resources = Resources.open(Settings.from_environ(environ))
        seed(resources, write_samples(folder / "stops", *small_stops()))
        staff = hired(resources, create_app(resources).test_client(), "publication")
        resources.close()
    return staff.token
