"""The product's commands as processes of their own, and waiting for what they do."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import text

from tourapp.db import Database
from tourapp.settings import PLAIN, PREFIX, PROJECT_ROOT

Process = subprocess.Popen[str]


def wait_until(condition: Callable[[], object], *, within_s: float = 60) -> None:
    """Return as soon as the condition holds; fail where it does not in time."""
    deadline = time.monotonic() + within_s
    while not condition():
        assert time.monotonic() < deadline, f"not so within {within_s:g} s"
        time.sleep(0.02)


def let_pass(duration_s: float) -> None:
    """Wait, where the time itself is what a test is about: a promise, or the moment of a kill."""
    time.sleep(duration_s)


def answers(database: Database) -> bool:
    """Ask the database a trivial question."""
    with database.reading() as session:
        return bool(session.scalar(text("SELECT 1")))


def find_free_port() -> int:
    """Return a port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def started(environ: dict[str, str], *arguments: str) -> Iterator[Process]:
    """Start `tourapp` with these arguments, and end it at last if it has not ended by itself."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tourapp", *arguments],
        env=_inherited() | environ,
        cwd=PROJECT_ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.communicate(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()


def _inherited() -> dict[str, str]:
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(PREFIX) and name not in PLAIN
    }
