"""Installations of the product that keep everything in a folder of the test."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path

from tests.running import Process, find_free_port, started, wait_until
from tourapp.resources import Resources
from tourapp.settings import PREFIX, Settings


def environment(folder: Path, **chosen: str) -> dict[str, str]:
    """Return the environment of an installation; `chosen` settings, by their names, go before."""
    usual = {
        "database_url": f"sqlite:///{folder / 'tourapp.sqlite'}",
        "media_url": (folder / "media").as_uri(),
        "queue_url": f"sqlite:///{folder / 'queue.sqlite'}",
        "mail_url": (folder / "mail").as_uri(),
        "secret_key": "a secret that is only good for tests",
        "speech_engines": "espeak",
        # Nobody reads what a server says meanwhile: a full pipe would stop it.
        "log_level": "WARNING",
    }
    return {f"{PREFIX}{name.upper()}": value for name, value in (usual | chosen).items()}


@dataclass(frozen=True, slots=True)
class Served:
    """A site that a server of its own answers for, and what a test may change of it."""

    address: str
    environ: dict[str, str]
    process: Process
    resources: Resources


@contextmanager
def served(folder: Path, template: Path, fill: Callable[[Resources], object]) -> Iterator[Served]:
    """Fill an installation that begins with a migrated database, then serve it."""
    shutil.copy(template, folder / "tourapp.sqlite")
    port = find_free_port()
    environ = environment(folder, port=str(port), processes="1")
    with closing(Resources.open(Settings.from_environ(environ))) as resources:
        fill(resources)
        with started(environ, "serve") as process:
            wait_until(lambda: _is_alive(port))
            yield Served(f"http://127.0.0.1:{port}", environ, process, resources)


def _is_alive(port: int) -> bool:
    with closing(HTTPConnection("127.0.0.1", port, timeout=1)) as connection:
        try:
            connection.request("GET", "/livez")
            return connection.getresponse().status == HTTPStatus.OK
        except OSError:
            return False
