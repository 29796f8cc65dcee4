"""The configuration of `deploy/`, read and tried by nginx itself."""

import ssl
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPSConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests.deploy.edge import checked, rendered, running_edge
from tests.running import find_free_port
from tests.servers import program

SOUND = bytes(range(256)) * 16
NAME = f"{'a' * 64}.opus"
TAG = f'"{"a" * 64}"'
KEPT = {
    "Access-Control-Allow-Origin": "*",
    "Cache-Control": "public, max-age=31536000, immutable",
    "Content-Security-Policy": "default-src 'none'",
    "Content-Type": "audio/ogg; codecs=opus",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Etag": TAG,
    "Referrer-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


CHANGES = list[str]()


class Application(BaseHTTPRequestHandler):
    """Names a file for nginx to send, as the application does where its media are files."""

    def do_GET(self) -> None:
        is_media = self.path.startswith("/media/")
        self.send_response(200)
        for name, value in (KEPT if is_media else {}).items():
            self.send_header(name, value)
        if is_media:
            self.send_header("X-Accel-Redirect", f"/kept-{self.path[1:]}")
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_HEAD = do_GET  # noqa: N815 -- the name that the class calls

    def do_PATCH(self) -> None:
        """Count the changes in the answer, which says that it cannot be made now."""
        CHANGES.append(self.path)
        self.send_response(503)
        self.send_header("X-Changes", str(len(CHANGES)))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def application() -> Iterator[int]:
    """Start the application and return its port."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Application) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


@pytest.fixture
def certified(tmp_path: Path) -> Path:
    """Return a folder with a certificate of our own."""
    files = ["-keyout", str(tmp_path / "privkey.pem"), "-out", str(tmp_path / "fullchain.pem")]
    kind = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    command = [program("openssl"), "req", *kind, "-subj", "/CN=127.0.0.1", *files]
    subprocess.run(command, check=True, capture_output=True)
    return tmp_path


@contextmanager
def asked_by_tls(port: int, path: str, certificate: Path) -> Iterator[int]:
    trusted = ssl.create_default_context(cafile=certificate)
    trusted.check_hostname = False
    with closing(HTTPSConnection("127.0.0.1", port, context=trusted)) as connection:
        connection.request("GET", path)
        yield connection.getresponse().status


@pytest.mark.parametrize("site", ["plain", "tls"])
def test_nginx_finds_nothing_to_say_against_it(certified: Path, site: str) -> None:
    assert checked(rendered(certified, EDGE_SITE=site)) == ""


def test_with_tls_everybody_is_led_there(certified: Path, application: int) -> None:
    tls = find_free_port()
    chosen = {"EDGE_SITE": "tls", "EDGE_LISTEN_TLS": f"127.0.0.1:{tls}"}
    with running_edge(certified, server=application, **chosen) as site:
        plain = site.ask("/Q/7K2M9Q?a=b", headers={"Host": "evil.example"})
        with asked_by_tls(tls, "/livez", certified / "fullchain.pem") as status:
            assert status == 200
    assert plain.status == 301
    assert plain.headers["Location"] == "https://visite.example.fr/Q/7K2M9Q?a=b"


def test_a_file_that_the_application_names_is_sent_with_its_headers(
    tmp_path: Path, application: int
) -> None:
    (tmp_path / "media").mkdir()
    (tmp_path / "media" / NAME).write_bytes(SOUND)
    with running_edge(tmp_path, server=application) as site:
        whole, head = site.ask(f"/media/{NAME}"), site.ask(f"/media/{NAME}", method="HEAD")
        missing = site.ask(f"/media/{'b' * 64}.opus")
        hidden = site.ask(f"/kept-media/{NAME}")
    assert (whole.status, whole.body) == (200, SOUND)
    assert {name: whole.headers.get(name) for name in KEPT} == KEPT
    assert "Last-Modified" not in whole.headers
    assert (head.status, head.body, head.headers["Content-Length"]) == (200, b"", str(len(SOUND)))
    assert (missing.status, hidden.status) == (404, 404)


def test_a_change_that_cannot_be_made_now_is_not_sent_again(
    tmp_path: Path, application: int
) -> None:
    CHANGES.clear()
    with running_edge(tmp_path, server=application) as site:
        answer = site.ask("/api/v1/stops/terril", method="PATCH", body=b"{}")
    assert (answer.status, answer.headers["X-Changes"]) == (503, "1")
    assert len(CHANGES) == 1


@pytest.mark.parametrize(
    ("asked", "status", "part"),
    [
        ({"Range": "bytes=0-1"}, 206, SOUND[:2]),
        ({"Range": "bytes=-7"}, 206, SOUND[-7:]),
        ({"Range": "bytes=4000-"}, 206, SOUND[4000:]),
        ({"Range": "bytes=5-9", "If-Range": TAG}, 206, SOUND[5:10]),
        ({"Range": "bytes=5-9", "If-Range": '"another"'}, 200, SOUND),
    ],
)
def test_a_file_that_the_application_names_is_sent_in_parts(
    tmp_path: Path, application: int, asked: dict[str, str], status: int, part: bytes
) -> None:
    (tmp_path / "media").mkdir()
    (tmp_path / "media" / NAME).write_bytes(SOUND)
    with running_edge(tmp_path, server=application) as site:
        answer = site.ask(f"/media/{NAME}", headers=asked)
        behind = site.ask(f"/media/{NAME}", headers={"Range": "bytes=9999-"})
    assert (answer.status, answer.body) == (status, part)
    assert (behind.status, behind.headers["Content-Range"]) == (416, f"bytes */{len(SOUND)}")
