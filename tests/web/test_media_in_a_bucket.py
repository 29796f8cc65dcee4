"""Media in an S3-compatible store, as visitors meet them."""

from contextlib import closing
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.samples import DRAWING
from tourapp.app import create_app
from tourapp.media import media_name
from tourapp.resources import Resources

PATH = f"/media/{media_name(DRAWING, suffix='svg')}"


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """Return one of one kind: where media are kept is all the same to it."""
    return sqlite_url


@pytest.fixture
def environ(environ: dict[str, str], bucket_url: str) -> dict[str, str]:
    """Return the environment of an installation that keeps its media in a bucket."""
    return environ | {"TOURAPP_MEDIA_URL": bucket_url}


def test_a_spoken_stop_is_heard_from_a_bucket(spoken: Resources, tmp_path: Path) -> None:
    client = create_app(spoken).test_client()
    for file in client.get("/api/v1/stops/terril/narrations/fr").get_json()["files"]:
        path = file["url"].removeprefix("https://visite.example.fr")
        whole, end = client.get(path), client.get(path, headers={"Range": "bytes=-9"})
        assert (whole.status_code, len(whole.data)) == (200, file["bytes"])
        assert (end.status_code, end.data) == (206, whole.data[-9:])
    assert not (tmp_path / "media").exists()


def test_a_bucket_that_goes_away_is_an_outage(
    seeded: Resources, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert client.get(PATH).status_code == 200
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    with closing(Resources.open(seeded.settings)) as resources:
        away = create_app(resources).test_client()
        assert away.get(PATH).status_code == 503
        assert away.get("/fr/arrets/terril").status_code == 200
        assert away.get("/readyz").get_json()["checks"]["media"]["status"] == "down"
