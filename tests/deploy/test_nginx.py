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
from flask import Flask

from tests.deploy.nginx import checked, rendered, running_nginx
from tests.running import find_free_port
from tests.servers import program
from tourapp.itineraries.drawings.content import LONGEST_FILE_BYTES
from tourapp.narration.recordings.intake import LONGEST_UPLOAD_BYTES
from tourapp.pictures.intake import MOST_BYTES as LARGEST_PICTURE_BYTES
from tourapp.publishing.exchange.archives import MOST_BYTES as LARGEST_ARCHIVE_BYTES

CHANGES = list[str]()


class Application(BaseHTTPRequestHandler):
    """Answers whatever is asked, and takes no change."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_POST(self) -> None:
        """Tell how many bytes came."""
        came = len(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(200)
        self.send_header("X-Came", str(came))
        self.send_header("Content-Length", "0")
        self.end_headers()

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


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_nginx_finds_nothing_to_say_against_it(certified: Path, scheme: str) -> None:
    assert checked(rendered(certified, SITE_SCHEME=scheme)) == ""


def test_with_tls_everybody_is_led_there(certified: Path, application: int) -> None:
    tls = find_free_port()
    chosen = {"SITE_SCHEME": "https", "SITE_LISTEN_TLS": f"127.0.0.1:{tls}"}
    with running_nginx(certified, server=application, **chosen) as site:
        plain = site.ask("/Q/7K2M9Q?a=b", headers={"Host": "evil.example"})
        with asked_by_tls(tls, "/livez", certified / "fullchain.pem") as status:
            assert status == 200
    assert plain.status == 301
    assert plain.headers["Location"] == "https://visite.example.fr/Q/7K2M9Q?a=b"


def test_a_change_that_cannot_be_made_now_is_not_sent_again(
    tmp_path: Path, application: int
) -> None:
    CHANGES.clear()
    with running_nginx(tmp_path, server=application) as site:
        answer = site.ask("/api/v1/stops/terril", method="PATCH", body=b"{}")
    assert (answer.status, answer.headers["X-Changes"]) == (503, "1")
    assert len(CHANGES) == 1


FILES = {
    "/api/v1/stops/terril/narrations/fr/recordings": LONGEST_UPLOAD_BYTES,
    "/bureau/arrets/terril/fr/standard/lectures": LONGEST_UPLOAD_BYTES,
    "/api/v1/stops/terril/pictures": LARGEST_PICTURE_BYTES,
    "/api/v1/signs/7K2M9Q/photos": LARGEST_PICTURE_BYTES,
    "/bureau/arrets/terril/images": LARGEST_PICTURE_BYTES,
    "/bureau/panneaux/7K2M9Q/photos": LARGEST_PICTURE_BYTES,
    "/api/v1/itineraries/boucle/halts/2/path": LONGEST_FILE_BYTES,
    "/guide/itineraires/boucle/chemins/2": LONGEST_FILE_BYTES,
    "/api/v1/itineraries/from-file": LONGEST_FILE_BYTES,
    "/guide/nouveau/fichier": LONGEST_FILE_BYTES,
    "/api/v1/imports": LARGEST_ARCHIVE_BYTES,
    "/bureau/fichiers/apport": LARGEST_ARCHIVE_BYTES,
}


def test_a_file_passes_where_it_is_taken_and_nowhere_else(tmp_path: Path, application: int) -> None:
    with running_nginx(tmp_path, server=application) as site:
        for path, most_bytes in FILES.items():
            whole = site.ask(path, method="POST", body=bytes(most_bytes))
            assert (whole.status, whole.headers.get("X-Came")) == (200, str(most_bytes)), path
            assert site.claim(path, most_bytes + 200_000) == 413, path
        assert site.claim("/api/v1/stops/terril", 1_000_001) == 413


def test_every_view_that_takes_a_file_is_known_to_nginx(bureau: Flask) -> None:
    taking = {
        rule.rule
        for rule in bureau.url_map.iter_rules()
        if "POST" in (rule.methods or ())
        and hasattr(bureau.view_functions[rule.endpoint], "most_bytes")
    }
    known = [path for path in FILES if path.startswith(("/bureau", "/guide"))]
    adapter = bureau.url_map.bind("")
    matched = {adapter.match(path, "POST", return_rule=True)[0].rule for path in known}
    assert taking == matched
