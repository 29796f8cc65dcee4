import re
from urllib.parse import urljoin

import pytest
from flask.testing import FlaskClient

FOR_EVER = "public, max-age=31536000, immutable"


@pytest.fixture
def stylesheet(visitor: FlaskClient) -> str:
    """Return the address by which pages name their stylesheet."""
    found = re.search(r'href="(/static/css/[^"]*visit\.css)"', visitor.get("/").text)
    assert found is not None
    return found[1]


def test_a_page_names_a_file_by_its_bytes(stylesheet: str) -> None:
    assert re.fullmatch(r"/static/css/~[0-9a-f]{12}/visit\.css", stylesheet)


def test_what_stands_beside_a_file_is_named_by_its_bytes_too(
    visitor: FlaskClient, stylesheet: str
) -> None:
    beside = urljoin(stylesheet, "./stop.css")
    assert visitor.get(beside, buffered=True).headers["Cache-Control"] == FOR_EVER


def test_what_is_named_by_its_bytes_is_kept_for_ever(visitor: FlaskClient, stylesheet: str) -> None:
    answer = visitor.get(stylesheet, buffered=True)
    assert answer.headers["Cache-Control"] == FOR_EVER
    assert answer.headers["Content-Type"] == "text/css; charset=utf-8"


# Werkzeug leaves the file of a 304 to be closed by the collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_so_it_is_where_it_is_known_already(visitor: FlaskClient, stylesheet: str) -> None:
    etag = visitor.get(stylesheet, buffered=True).headers["ETag"]
    answer = visitor.get(stylesheet, headers={"If-None-Match": etag})
    assert answer.status_code == 304
    assert answer.headers["Cache-Control"] == FOR_EVER


@pytest.mark.parametrize("name", ["visit.css", "~000000000000/visit.css"])
def test_bytes_under_another_name_are_asked_about_each_time(
    visitor: FlaskClient, name: str
) -> None:
    answer = visitor.get(f"/static/css/{name}", buffered=True)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    "path",
    [
        "/static/css/~000000000000/nowhere.css",
        "/static/css/~000000000000/../../app.py",
        "/static/../~000000000000/app.py",
        "/static/..%2F/~000000000000/app.py",
        "/static/css/~000000000000/",
        "/static/nowhere/~000000000000/visit.css",
    ],
)
def test_what_is_not_there_is_not_kept(visitor: FlaskClient, path: str) -> None:
    answer = visitor.get(path)
    assert answer.status_code == 404
    assert answer.headers["Cache-Control"] == "no-store"
