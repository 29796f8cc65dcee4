"""A real installation, served by processes of its own, as a program of the office sees it."""

import http.client
import json
import os
import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode

from sqlalchemy import text

from tests.running import Process, find_free_port, started, wait_until
from tests.staff.writing.forms import written_fields
from tourapp.resources import Resources

STOP = "/api/v1/stops/arret-2"
TEXT = "/bureau/arrets/arret-2/fr/standard"


class UnansweredError(Exception):
    """The server went away before it answered."""


@dataclass
class Line:
    """One connection, kept open, to one of the server's processes."""

    port: int
    connection: http.client.HTTPConnection = field(init=False)

    def __post_init__(self) -> None:
        """Open nothing yet."""
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)

    def ask(
        self,
        path: str,
        *,
        method: str = "GET",
        headers: dict[str, str] | None = None,
        body: object = None,
        form: Mapping[str, str] | None = None,
    ) -> tuple[int, dict[str, str], str]:
        """Return the status, the headers and the text of an answer."""
        sent, kind = _encoded(body, form)
        try:
            self.connection.request(method, path, sent, kind | (headers or {}))
            answer = self.connection.getresponse()
            said = answer.read().decode()
        except (OSError, http.client.HTTPException) as error:
            self.connection.close()
            raise UnansweredError from error
        return answer.status, {name.title(): value for name, value in answer.getheaders()}, said


def _encoded(body: object, form: Mapping[str, str] | None) -> tuple[str | None, dict[str, str]]:
    if form is not None:
        return urlencode(form), {"Content-Type": "application/x-www-form-urlencoded"}
    if body is not None:
        return json.dumps(body), {"Content-Type": "application/json"}
    return None, {}


@contextmanager
def open_lines(port: int, count: int) -> Iterator[list[Line]]:
    """Open so many connections to a server, and close them at last."""
    lines = [Line(port) for _ in range(count)]
    yield lines
    for line in lines:
        line.connection.close()


@dataclass
class Office:
    """Somebody who corrects and publishes a stop again and again."""

    line: Line
    token: str
    stop: str = STOP

    def publish(self, title: str) -> None:
        """Write, submit and publish a title; UnansweredError where that is not acknowledged."""
        tag = self._send("GET", f"{self.stop}/draft")[0]["Etag"]
        tag = self._send("PATCH", self.stop, tag, {"title": title})[0]["Etag"]
        headers, said = self._send("POST", f"{self.stop}/revisions", tag)
        number = json.loads(said)["number"]
        self._send("POST", f"{self.stop}/publish", headers["Etag"], {"revision": number})

    def _send(
        self, method: str, path: str, tag: str = "", body: object = None
    ) -> tuple[dict[str, str], str]:
        condition = {"If-Match": tag} if tag else {}
        headers = {"Authorization": f"Bearer {self.token}"} | condition
        status, told, said = self.line.ask(path, method=method, headers=headers, body=body)
        assert status < 300, said
        return told, said


@dataclass
class Bureau:
    """Somebody who publishes the same stop in the bureau, by a browser that signed in before."""

    line: Line
    cookie: str
    token: str

    def publish(self, title: str) -> None:
        """Open the text, write a title and publish it; UnansweredError as above."""
        shown = {"Cookie": self.cookie}
        status, _, page = self.line.ask(TEXT, headers=shown)
        assert status == 200, page
        form = written_fields(page) | {"title": title, "csrf_token": self.token}
        way = f"{TEXT}/publier"
        status, _, said = self.line.ask(way, method="POST", headers=shown, form=form)
        assert status == 303, said


@contextmanager
def serving(environ: dict[str, str]) -> Iterator[tuple[Process, Process, int]]:
    """Run a server and a worker, and tell the port."""
    port = find_free_port()
    with (
        started(environ | {"PORT": str(port)}, "serve") as server,
        started(environ, "worker") as worker,
    ):
        wait_until(lambda: _is_up(port))
        yield server, worker, port


def kill(process: Process) -> None:
    """End a process and all that it started, at once."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def is_restored(resources: Resources) -> bool:
    """Tell whether every topic is prepared."""
    with resources.database.reading() as session:
        stale = session.execute(text("SELECT count(*) FROM topic WHERE fingerprint IS NULL"))
        return bool(stale.scalar_one() == 0)


def _is_up(port: int) -> bool:
    try:
        with open_lines(port, 1) as [line]:
            return line.ask("/livez")[0] == 200
    except UnansweredError:
        return False
