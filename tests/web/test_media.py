import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.samples import DRAWING
from tourapp.media import media_name
from tourapp.resources import Resources

NAME = media_name(DRAWING, suffix="svg")
HASH = NAME.removesuffix(".svg")
ETAG = f'"{HASH}"'
SIZE = len(DRAWING)
PATH = f"/media/{NAME}"


@contextmanager
def lost(folder: Path) -> Iterator[None]:
    """Put a file where the store's folder was."""
    shutil.rmtree(folder)
    folder.touch()
    yield
    folder.unlink()


def test_a_file_is_sent_whole_and_kept_for_ever(visitor: FlaskClient) -> None:
    answer = visitor.get(PATH)
    assert answer.data == DRAWING
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable, no-transform"
    assert answer.headers["ETag"] == ETAG
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert answer.headers["Content-Length"] == str(SIZE)


def test_a_drawing_runs_nothing_where_it_is_opened_by_itself(visitor: FlaskClient) -> None:
    answer = visitor.get(PATH)
    assert answer.headers["Content-Security-Policy"].endswith("; sandbox")
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_each_file_of_a_sound_says_what_it_is(visitor: FlaskClient) -> None:
    sound = visitor.get("/api/v1/stops/terril/narrations/fr").get_json()
    urls = [file["url"] for file in sound["files"]] + [sound["cues"]["vtt"]]
    types = [visitor.get(url).headers["Content-Type"] for url in urls]
    assert types == ["audio/ogg; codecs=opus", "audio/mpeg", "text/vtt; charset=utf-8"]


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=0-9", 0, 10),
        ("bytes=10-19", 10, 20),
        ("bytes=5-", 5, SIZE),
        (f"bytes={SIZE - 1}-", SIZE - 1, SIZE),
        (f"bytes=0-{SIZE - 1}", 0, SIZE),
        ("bytes=0-99999", 0, SIZE),
        ("bytes=0-", 0, SIZE),
        ("bytes=-1", SIZE - 1, SIZE),
        ("bytes=-10", SIZE - 10, SIZE),
        ("bytes=-99999", 0, SIZE),
        ("Bytes=0-4", 0, 5),
    ],
)
def test_a_range_is_sent_alone(visitor: FlaskClient, asked: str, start: int, end: int) -> None:
    answer = visitor.get(PATH, headers={"Range": asked})
    assert answer.status_code == 206
    assert answer.data == DRAWING[start:end]
    assert answer.headers["Content-Range"] == f"bytes {start}-{end - 1}/{SIZE}"
    assert answer.headers["Content-Length"] == str(end - start)
    assert answer.headers["ETag"] == ETAG
    assert answer.headers["Content-Type"] == "image/svg+xml"


@pytest.mark.parametrize(
    "asked",
    [f"bytes={SIZE}-", f"bytes={SIZE}-{SIZE + 9}", "bytes=99999-", "bytes=-0"],
)
def test_a_range_behind_the_end_is_refused_with_the_size(visitor: FlaskClient, asked: str) -> None:
    answer = visitor.get(PATH, headers={"Range": asked})
    assert answer.status_code == 416
    assert answer.data == b""
    assert answer.headers["Content-Range"] == f"bytes */{SIZE}"
    assert "immutable" not in answer.headers.get("Cache-Control", "")


@pytest.mark.parametrize(
    "asked",
    [
        "bytes=0-1,4-5",
        "bytes=0-1, -1",
        "bytes=",
        "bytes=-",
        "bytes=a-b",
        "bytes=9-5",
        "bytes=0-1-2",
        "seconds=0-1",
        "0-5",
        f"bytes={'9' * 5000}-",
    ],
)
def test_what_is_not_one_range_of_bytes_gets_the_whole(visitor: FlaskClient, asked: str) -> None:
    answer = visitor.get(PATH, headers={"Range": asked})
    assert answer.status_code == 200
    assert answer.data == DRAWING
    assert "Content-Range" not in answer.headers


def test_a_range_of_the_same_file_is_continued(visitor: FlaskClient) -> None:
    answer = visitor.get(PATH, headers={"Range": "bytes=5-9", "If-Range": ETAG})
    assert answer.status_code == 206
    assert answer.data == DRAWING[5:10]


@pytest.mark.parametrize(
    "if_range",
    ['"another"', f"W/{ETAG}", HASH, "Sun, 21 Jun 2026 12:00:00 GMT", "nonsense", ""],
)
@pytest.mark.parametrize("asked", ["bytes=5-9", "bytes=99999-"])
def test_a_range_of_another_state_gets_the_whole(
    visitor: FlaskClient, if_range: str, asked: str
) -> None:
    answer = visitor.get(PATH, headers={"Range": asked, "If-Range": if_range})
    assert answer.status_code == 200
    assert answer.data == DRAWING


@pytest.mark.parametrize("known", [ETAG, f"W/{ETAG}", f'"another", {ETAG}', "*"])
@pytest.mark.parametrize("asked", [{}, {"Range": "bytes=0-4"}])
def test_a_known_file_is_not_sent_again(
    visitor: FlaskClient, known: str, asked: dict[str, str]
) -> None:
    answer = visitor.get(PATH, headers={"If-None-Match": known, **asked})
    assert answer.status_code == 304
    assert answer.data == b""
    assert answer.headers["ETag"] == ETAG
    assert "immutable" in answer.headers["Cache-Control"]


def test_another_known_file_changes_nothing(visitor: FlaskClient) -> None:
    headers = {"If-None-Match": '"another"', "Range": "bytes=0-4"}
    assert visitor.get(PATH, headers=headers).status_code == 206


@pytest.mark.parametrize("asked", [{}, {"Range": "bytes=0-4"}, {"Range": "bytes=99999-"}])
def test_asking_for_the_headers_alone_tells_the_whole_size(
    visitor: FlaskClient, asked: dict[str, str]
) -> None:
    answer = visitor.head(PATH, headers=asked)
    assert answer.status_code == 200
    assert answer.data == b""
    assert answer.headers["Content-Length"] == str(SIZE)
    assert answer.headers["Accept-Ranges"] == "bytes"


def test_an_empty_file_has_no_range(resources: Resources, client: FlaskClient) -> None:
    path = f"/media/{resources.media.put(b'', suffix='vtt')}"
    whole = client.get(path)
    part = client.get(path, headers={"Range": "bytes=0-"})
    assert (whole.status_code, whole.data, whole.headers["Content-Length"]) == (200, b"", "0")
    assert (part.status_code, part.headers["Content-Range"]) == (416, "bytes */0")


@pytest.mark.parametrize(
    "path",
    [
        f"/media/{'0' * 64}.svg",
        f"/media/{NAME.upper()}",
        f"/media/{HASH}",
        f"/media/{HASH}.mp3",
        f"{PATH}/",
        "/media/",
        "/media/..%2Ftourapp.sqlite",
        "/media/%2e%2e/tourapp.sqlite",
        "/media/../../etc/passwd",
        "/media/..%5C..%5Cboot.ini",
        "/media/%2Fetc%2Fpasswd",
    ],
)
def test_what_is_no_media_file_is_not_found(visitor: FlaskClient, path: str) -> None:
    answer = visitor.get(path)
    assert answer.status_code == 404
    assert answer.headers["Cache-Control"] == "no-store"
    assert b"SQLite format" not in answer.data


def test_a_store_that_is_away_is_an_outage_and_not_a_missing_file(
    client: FlaskClient, tmp_path: Path
) -> None:
    with lost(tmp_path / "media"):
        answer = client.get(PATH)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    assert str(tmp_path) not in answer.text
