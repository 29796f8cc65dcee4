import pytest
from flask.testing import FlaskClient

ORIGIN = {"Origin": "https://carte.example.org"}

DOCUMENTS = [
    "/api/v1/stops",
    "/api/v1/stops?near=50.4,2.7&q=terril&page_size=1",
    "/api/v1/stops/terril",
    "/api/v1/stops/arret-2?lang=en",
    "/api/v1/stops/terril/narrations/fr",
    "/api/v1/stops/terril/qr.svg",
    "/api/v1/stops/terril/qr.png",
    "/api/v1/stops.geojson",
]


@pytest.mark.parametrize("path", DOCUMENTS)
def test_a_document_may_be_kept_and_is_asked_about_each_time(
    visitor: FlaskClient, path: str
) -> None:
    first = visitor.get(path)
    again = visitor.get(path)
    assert first.status_code == 200
    assert first.headers["Cache-Control"] == "no-cache"
    assert first.headers["ETag"] == again.headers["ETag"]


@pytest.mark.parametrize("path", DOCUMENTS)
@pytest.mark.parametrize("known", ["{}", "W/{}", '"another", {}'])
def test_a_known_document_is_not_sent_again(visitor: FlaskClient, path: str, known: str) -> None:
    etag = visitor.get(path).headers["ETag"]
    answer = visitor.get(path, headers={"If-None-Match": known.format(etag)})
    assert (answer.status_code, answer.data) == (304, b"")
    assert answer.headers["ETag"] == etag
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "Content-Type" not in answer.headers


@pytest.mark.parametrize("path", DOCUMENTS)
def test_the_headers_alone_are_those_of_the_document(visitor: FlaskClient, path: str) -> None:
    whole, bare = visitor.get(path), visitor.head(path)
    assert (bare.status_code, bare.data) == (200, b"")
    for name in ("Content-Type", "Content-Length", "ETag"):
        assert bare.headers[name] == whole.headers[name]


def test_another_page_of_a_list_is_another_document(visitor: FlaskClient) -> None:
    pages = ["/api/v1/stops?page=8", "/api/v1/stops?page=8&page_size=1"]
    etags = {visitor.get(path).headers["ETag"] for path in pages}
    assert len(etags) == 2


@pytest.mark.parametrize("path", [*DOCUMENTS, "/api/v1/openapi.json", "/api/v1/nowhere"])
def test_any_site_may_read(visitor: FlaskClient, path: str) -> None:
    answer = visitor.get(path, headers=ORIGIN)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer.headers
    assert "Origin" not in answer.headers.get("Vary", "")


def test_any_site_may_read_what_the_headers_tell(visitor: FlaskClient) -> None:
    answer = visitor.get("/api/v1/stops", headers=ORIGIN)
    exposed = answer.headers["Access-Control-Expose-Headers"].split(", ")
    assert {"ETag", "X-Pagination", "X-Request-Id", "Content-Range"} <= set(exposed)


@pytest.mark.parametrize("path", ["/api/v1/stops", "/api/v1/stops/terril", "/media/any.mp3"])
@pytest.mark.parametrize("header", ["If-None-Match", "Range"])
def test_a_browser_that_asks_first_is_told_yes(
    visitor: FlaskClient, path: str, header: str
) -> None:
    asked = {"Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": header}
    answer = visitor.options(path, headers=ORIGIN | asked)
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Access-Control-Allow-Methods"] == "GET, HEAD"
    assert answer.headers["Access-Control-Allow-Headers"] == header
    assert answer.headers["Access-Control-Max-Age"] == "86400"


def test_a_browser_that_would_write_is_told_no(visitor: FlaskClient) -> None:
    asked = {
        "Access-Control-Request-Method": "DELETE",
        "Access-Control-Request-Headers": "X-Anything",
    }
    answer = visitor.options("/api/v1/stops", headers=ORIGIN | asked)
    assert "DELETE" not in answer.headers.get("Access-Control-Allow-Methods", "")
    assert "Access-Control-Allow-Headers" not in answer.headers


def test_pages_are_not_open_to_other_sites(visitor: FlaskClient) -> None:
    assert "Access-Control-Allow-Origin" not in visitor.get("/", headers=ORIGIN).headers


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("path", ["/api/v1/stops", "/api/v1/stops/terril/narrations/fr"])
def test_what_can_only_be_read_says_so(visitor: FlaskClient, method: str, path: str) -> None:
    answer = visitor.open(path, method=method, json={"title": "mine"})
    assert answer.status_code == 405
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}
    assert answer.get_json(force=True)["status"] == 405
