"""Servers of others, as they stand beside the product where it has outgrown one machine."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from moto.server import ThreadedMotoServer
from redis import Redis
from redis.exceptions import ConnectionError as NoConnection
from sqlalchemy import create_engine, make_url, text

from tests.running import find_free_port, wait_until

_numbers = count(1)


def program(name: str) -> str:
    """Return where a program is, or skip the test where the machine has none."""
    found = shutil.which(name, path="/usr/local/sbin:/usr/sbin:/usr/local/bin:/usr/bin:/bin")
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


@contextmanager
def running_redis(folder: Path) -> Iterator[str]:
    """Start a Redis of our own and yield its URL."""
    port = find_free_port()
    options = ["--port", str(port), "--save", "", "--dir", str(folder)]
    server = subprocess.Popen([program("redis-server"), *options], stdout=subprocess.DEVNULL)
    url = f"redis://127.0.0.1:{port}/0"
    wait_until(lambda: is_up(url))
    yield url
    server.terminate()
    server.wait()


def is_up(url: str) -> bool:
    """Tell whether a Redis answers."""
    with Redis.from_url(url) as client:
        try:
            return bool(client.ping())
        except NoConnection:
            return False


@contextmanager
def running_s3() -> Iterator[str]:
    """Start an S3-compatible store of our own and yield its endpoint."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


def make_bucket(endpoint: str, name: str) -> None:
    """Make an empty bucket."""
    with closing(HTTPConnection(urlsplit(endpoint).netloc)) as connection:
        connection.request("PUT", f"/{name}")
        connection.getresponse().read()


def credentials(endpoint: str) -> dict[str, str]:
    """Return the variables with which the product reaches the store."""
    return {
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_REGION": "eu-west-3",
        "AWS_ACCESS_KEY_ID": "tests",
        "AWS_SECRET_ACCESS_KEY": "a secret that is only good for tests",
    }


@contextmanager
def copied_postgresql(server: str, template: str) -> Iterator[str]:
    """Yield the URL of a database of our own, a copy of the template."""
    url = make_copy(server, template)
    yield url
    execute(server, f"DROP DATABASE {make_url(url).database} WITH (FORCE)")


def make_copy(server: str, template: str) -> str:
    """Copy a database and return the URL of the copy."""
    name = f"test_{next(_numbers)}"
    execute(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    return make_url(server).set(database=name).render_as_string(hide_password=False)


def execute(url: str, statement: str) -> None:
    """Execute a statement that no transaction may hold."""
    parsed = make_url(url).set(drivername="postgresql+psycopg")
    engine = create_engine(parsed, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
