"""What visitors still get while the application does not answer, and what they never get."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.changing import hired
from tests.deploy.edge import Site, running_edge
from tests.running import Process, find_free_port, started, wait_until
from tourapp.app import create_app
from tourapp.resources import Resources

PAGE = "/fr/arrets/terril"
STOP = "/api/v1/stops/terril"


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """Return one of one kind: an outage is the same with any."""
    return sqlite_url


@pytest.fixture
def port() -> int:
    """Return the port of the server behind nginx."""
    return find_free_port()


@pytest.fixture
def server(seeded: Resources, environ: dict[str, str], port: int) -> Iterator[Process]:
    """Start a server of small stops that a test may end."""
    assert seeded
    with started(environ | {"TOURAPP_PORT": str(port), "TOURAPP_PROCESSES": "1"}, "serve") as run:
        yield run


@pytest.fixture
def edge(server: Process, port: int, tmp_path: Path) -> Iterator[Site]:
    """Start nginx in front of it."""
    assert server
    with running_edge(tmp_path, server=port) as site:
        wait_until(lambda: site.ask("/livez").status == 200)
        yield site


def end(server: Process) -> None:
    server.terminate()
    server.communicate(timeout=15)


def withdraw(resources: Resources, edge: Site) -> None:
    staff = hired(resources, create_app(resources).test_client(), "publication")
    headers = {"Authorization": f"Bearer {staff.token}"}
    tag = edge.ask(f"{STOP}/revisions", headers=headers).headers.get("Etag", '"1"')
    headers["If-Match"] = tag
    assert edge.ask(f"{STOP}/publication", method="DELETE", headers=headers).status == 204


def test_a_page_that_was_seen_outlives_the_server(edge: Site, server: Process) -> None:
    seen = {path: edge.ask(path) for path in ("/", PAGE, "/Q/7K2M9Q", STOP)}
    end(server)
    for path, answer in seen.items():
        kept = edge.ask(path)
        assert (kept.status, kept.body) == (200, answer.body)
        assert kept.headers["Cache-Control"] == "no-cache"
        assert edge.ask(path, headers={"If-None-Match": answer.headers["Etag"]}).status == 304


def test_a_page_that_was_not_seen_asks_for_patience(edge: Site, server: Process) -> None:
    end(server)
    for path in ("/", "/static/css/visit.css", "/readyz"):
        answer = edge.ask(path)
        assert (answer.status, answer.headers["Retry-After"]) == (503, "5")
        assert "Un instant…" in answer.text


def test_what_was_withdrawn_does_not_come_back(
    edge: Site, server: Process, seeded: Resources
) -> None:
    assert edge.ask(PAGE).status == 200
    withdraw(seeded, edge)
    assert edge.ask(PAGE).status == 404
    end(server)
    assert edge.ask(PAGE).status == 404


def test_what_one_person_was_answered_is_kept_for_nobody(edge: Site, server: Process) -> None:
    assert edge.ask(PAGE, headers={"Authorization": "Bearer someone"}).status == 200
    assert edge.ask(STOP, headers={"Cookie": "session=someone"}).status == 200
    end(server)
    assert [edge.ask(path).status for path in (PAGE, STOP)] == [503, 503]


def test_a_phone_gets_its_own_language_back(edge: Site, server: Process) -> None:
    spoken = {
        lang: edge.ask("/Q/X4T8RB", headers={"Accept-Language": lang}) for lang in ("fr", "en")
    }
    assert spoken["fr"].body != spoken["en"].body
    end(server)
    for lang, answer in spoken.items():
        assert edge.ask("/Q/X4T8RB", headers={"Accept-Language": lang}).body == answer.body
