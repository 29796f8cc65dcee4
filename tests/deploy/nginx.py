"""The nginx of `deploy/`, as a process of its own, and plain questions to it."""

import getpass
import secrets
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from string import Template
from typing import Any

from flask import json

from tests.running import find_free_port, wait_until
from tests.servers import program
from tourapp.settings import PROJECT_ROOT

DEPLOY = PROJECT_ROOT / "deploy"
TEMPLATES = DEPLOY / "nginx" / "templates"

# What a distribution's own nginx.conf says beside the site.
_MAIN = """user {user};
daemon off;
pid {folder}/nginx.pid;
error_log stderr alert;
events {{ worker_connections 512; }}
http {{
    client_body_temp_path {folder}/bodies;
    proxy_temp_path {folder}/answers;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include conf.d/*.conf;
}}
"""


@dataclass(frozen=True)
class Answer:
    """What a server answered."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()

    @property
    def json(self) -> Any:  # noqa: ANN401 -- whatever JSON can hold
        """The body as JSON."""
        return json.loads(self.body)


@dataclass(frozen=True)
class Site:
    """Something that answers HTTP on a port of this machine."""

    port: int
    folder: Path

    def ask(
        self,
        path: str,
        *,
        method: str = "GET",
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Ask for a path, as it is written."""
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=20)) as connection:
            connection.request(method, path, body, dict(headers or {}))
            answer = connection.getresponse()
            named = {name.title(): value for name, value in answer.getheaders()}
            return Answer(answer.status, named, answer.read())

    def claim(self, path: str, size: int) -> int:
        """Return the status of a request that claims such a body, and sends none of it."""
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=20)) as connection:
            connection.putrequest("POST", path)
            connection.putheader("Content-Length", str(size))
            connection.endheaders()
            return connection.getresponse().status

    @property
    def is_open(self) -> bool:
        """Tell whether anything answers."""
        try:
            return self.ask("/livez").status > 0
        except OSError:
            return False

    def logged(self, path: str, *, headers: Mapping[str, str] | None = None) -> dict[str, Any]:
        """Ask for a path, and return what the site's log says of it as soon as it does."""
        asked = {"X-Request-Id": secrets.token_hex(8)} | dict(headers or {})
        told = self.ask(path, headers=asked).headers["X-Request-Id"]
        wait_until(lambda: self._find_logged(told))
        return self._find_logged(told) or {}

    def _find_logged(self, request_id: str) -> dict[str, Any] | None:
        lines = (self.folder / "access.log").read_text().splitlines()
        entries = (json.loads(line) for line in lines)
        return next((each for each in entries if each["request_id"] == request_id), None)


def rendered(folder: Path, **chosen: str) -> Path:
    """Fill the templates of `deploy/` in as envsubst does, and return the main configuration."""
    values = {
        "SITE_SCHEME": "http",
        "SITE_NAME": "visite.example.fr",
        "SITE_LISTEN": "80",
        "SITE_LISTEN_TLS": "443",
        "SITE_INNER": "127.0.0.1:8081",
        "SITE_SERVER": "127.0.0.1:8000",
        "SITE_MEDIA": str(folder / "media"),
        "SITE_CACHE": str(folder),
        "SITE_CERTIFICATES": str(folder),
        "SITE_ACCESS_LOG": str(folder / "access.log"),
        "SITE_ERROR_LOG": "stderr",
    }
    for template in TEMPLATES.rglob("*.template"):
        written = folder / "conf.d" / template.relative_to(TEMPLATES).with_suffix("")
        written.parent.mkdir(parents=True, exist_ok=True)
        written.write_text(Template(template.read_text()).safe_substitute(values | chosen))
    main = folder / "nginx.conf"
    main.write_text(_MAIN.format(user=getpass.getuser(), folder=folder))
    return main


def checked(main: Path) -> str:
    """Have nginx read a configuration, and return what it says against it."""
    command = [program("nginx"), "-t", "-q", "-p", str(main.parent), "-c", str(main)]
    return subprocess.run(command, capture_output=True, check=False, text=True).stderr


@contextmanager
def running_nginx(folder: Path, *, server: int, **chosen: str) -> Iterator[Site]:
    """Start nginx in front of a port, and yield where it answers."""
    port, inner = find_free_port(), find_free_port()
    main = rendered(
        folder,
        SITE_LISTEN=f"127.0.0.1:{port}",
        SITE_INNER=f"127.0.0.1:{inner}",
        SITE_SERVER=f"127.0.0.1:{server}",
        **chosen,
    )
    nginx = subprocess.Popen([program("nginx"), "-p", str(folder), "-c", str(main)])
    site = Site(port, folder)
    try:
        wait_until(lambda: site.is_open or nginx.poll() is not None)
        assert nginx.poll() is None
        yield site
    finally:
        nginx.terminate()
        nginx.wait()
