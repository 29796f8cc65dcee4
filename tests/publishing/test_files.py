import pytest

from tests.publishing.edges import Sides
from tests.publishing.test_edge import reached
from tests.samples import DRAWING
from tourapp.media import MediaStore, media_name
from tourapp.publishing.files import LocalFiles
from tourapp.resources import Resources

NAME = media_name(DRAWING, suffix="svg")
PATH = f"/media/{NAME}"
TAG = f'"{NAME.partition(".")[0]}"'
SIZE = len(DRAWING)

RANGES = [
    ("bytes=0-0", 206),
    ("bytes=0-1", 206),
    ("bytes=0-9", 206),
    ("bytes=10-19", 206),
    ("bytes=5-", 206),
    ("bytes=0-", 206),
    (f"bytes={SIZE - 1}-", 206),
    (f"bytes=0-{SIZE - 1}", 206),
    (f"bytes=0-{SIZE}", 206),
    ("bytes=0-99999", 206),
    ("bytes=-1", 206),
    ("bytes=-10", 206),
    (f"bytes=-{SIZE}", 206),
    ("bytes=-99999", 206),
    ("Bytes=0-4", 206),
    ("bytes = 0-4", 206),
    ("bytes=0-4,", 206),
    (f"bytes={SIZE}-", 416),
    (f"bytes={SIZE}-{SIZE + 9}", 416),
    ("bytes=99999-", 416),
    ("bytes=-0", 416),
    ("bytes=0-1,4-5", 200),
    ("bytes=0-1, -1", 200),
    ("bytes=", 200),
    ("bytes=-", 200),
    ("bytes=a-b", 200),
    ("bytes=9-5", 200),
    ("bytes=0-1-2", 200),
    ("bytes=+1-2", 200),
    ("seconds=0-1", 200),
    ("0-5", 200),
    ("", 200),
    (f"bytes={'9' * 5000}-", 200),
]

CONDITIONS = [
    ({"If-Range": TAG}, 206),
    ({"If-Range": '"another"'}, 200),
    ({"If-Range": f"W/{TAG}"}, 200),
    ({"If-Range": "Sun, 21 Jun 2026 12:00:00 GMT"}, 200),
    ({"If-None-Match": TAG}, 304),
    ({"If-None-Match": f"W/{TAG}"}, 304),
    ({"If-None-Match": f'"another", {TAG}'}, 304),
    ({"If-None-Match": "*"}, 304),
    ({"If-None-Match": '"another"'}, 206),
    ({"If-None-Match": TAG, "If-Range": '"another"'}, 304),
]


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize(("asked", "status"), RANGES)
def test_a_range_is_answered_as_flask_answers_it(
    sides: Sides, asked: str, status: int, method: str
) -> None:
    answer = sides.assert_alike(PATH, method=method, Range=asked)
    assert answer.status_code == (status if method == "GET" else 200)


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize(("conditions", "status"), CONDITIONS)
def test_so_is_a_condition(
    sides: Sides, conditions: dict[str, str], status: int, method: str
) -> None:
    answer = sides.assert_alike(PATH, method=method, Range="bytes=5-9", **conditions)
    assert answer.status_code == (200 if method == "HEAD" and status == 206 else status)


def test_a_whole_file_is_sent_before_flask(sides: Sides) -> None:
    with reached(sides.app) as paths:
        answer = sides.edge.get(PATH)
    assert (answer.data, paths) == (DRAWING, [])


@pytest.mark.parametrize(
    "path",
    [
        f"/media/{'0' * 64}.svg",
        "/media/",
        "/media/../stop.toml",
        "/media/%2e%2e",
        f"{PATH}/",
        PATH[:-1],
    ],
)
def test_what_is_no_file_is_flasks_to_refuse(sides: Sides, path: str) -> None:
    assert sides.assert_alike(path).status_code == 404


def test_files_of_another_store_fall_through() -> None:
    files = LocalFiles(MediaStore("memory://"), public_url="http://127.0.0.1:8000", accel="")
    assert files.find(PATH, {"REQUEST_METHOD": "GET"}) is None


@pytest.fixture
def handing_over(seeded: Resources) -> LocalFiles:
    """Return files that nginx sends."""
    settings = seeded.settings
    return LocalFiles(seeded.media, public_url=settings.public_url, accel="/kept-media/")


def test_nginx_is_told_where_a_file_is(handing_over: LocalFiles) -> None:
    asked = {"REQUEST_METHOD": "GET", "HTTP_RANGE": "bytes=0-4"}
    status, headers, body = handing_over.find(PATH, asked) or ("", (), b"")
    told = dict(headers)
    assert (status, body) == ("200 OK", b"")
    assert told["X-Accel-Redirect"] == f"/kept-media/{NAME}"
    assert told["Content-Type"] == "image/svg+xml"
    assert told["Cache-Control"] == "public, max-age=31536000, immutable, no-transform"
    assert told["Content-Security-Policy"].endswith("; sandbox")
    assert "Content-Length" not in told


def test_nginx_is_not_asked_for_a_file_that_is_known(handing_over: LocalFiles) -> None:
    asked = {"REQUEST_METHOD": "GET", "HTTP_IF_NONE_MATCH": TAG}
    status, headers, body = handing_over.find(PATH, asked) or ("", (), b"")
    assert (status, body) == ("304 NOT MODIFIED", b"")
    assert "X-Accel-Redirect" not in dict(headers)


def test_nginx_is_not_asked_for_a_file_that_is_not_there(handing_over: LocalFiles) -> None:
    assert handing_over.find(f"/media/{'0' * 64}.svg", {"REQUEST_METHOD": "GET"}) is None
