from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.installations import environment
from tests.samples import CODES
from tests.visit.reading import listed, words
from tourapp.app import create_app
from tourapp.resources import Resources
from tourapp.settings import Settings


@pytest.fixture(params=["sqlite:///{folder}", "postgresql://nobody@127.0.0.1:1/gone"])
def orphaned(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[FlaskClient]:
    """Return a client of a site whose database does not answer."""
    environ = environment(
        tmp_path,
        database_url=request.param.format(folder=tmp_path),
        media_url="memory://",
        queue_url="memory://",
    )
    resources = Resources.open(Settings.from_environ(environ))
    yield create_app(resources).test_client()
    resources.close()


@pytest.mark.parametrize("path", ["/", "/fr/arrets/terril", "/?numero=1", f"/Q/{CODES[0]}"])
def test_without_its_database_the_site_asks_for_patience(orphaned: FlaskClient, path: str) -> None:
    answer = orphaned.get(path)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    assert "Un instant…" in words(answer)
    assert 'name="numero"' in answer.text


def test_without_its_database_the_site_still_knows_its_addresses(orphaned: FlaskClient) -> None:
    answer = orphaned.get("/nowhere")
    assert answer.status_code == 404
    assert "Page introuvable" in words(answer)


@pytest.mark.parametrize("path", ["stops", "stops/terril", "stops.geojson", "stops/terril/qr.svg"])
def test_without_its_database_the_api_says_when_to_come_back(
    orphaned: FlaskClient, path: str
) -> None:
    answer = orphaned.get(f"/api/v1/{path}")
    assert answer.status_code == 503
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["Retry-After"] == "5"
    assert "database" not in answer.text


def test_a_mistake_of_ours_is_told_as_a_page_that_reads_nothing(seeded: Resources) -> None:
    app = create_app(seeded)
    app.add_url_rule("/broken", "broken", lambda: str(1 / 0))
    answer = app.test_client().get("/broken")
    assert answer.status_code == 500
    assert "Cela n’a pas marché" in words(answer)
    assert "ZeroDivisionError" not in answer.text
    assert listed(answer) == []
