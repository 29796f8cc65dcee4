"""The whole installation as visitors and the office meet it, through nginx."""

import hashlib
import socket
from contextlib import ExitStack
from io import BytesIO

import av
import pytest
from flask import json

from tests.deploy.conftest import Column
from tests.deploy.nginx import Answer
from tests.running import wait_until
from tourapp.processes import THREADS_PER_PROCESS
from tourapp.web.security import LONGEST_BODY_BYTES

STOP = "/api/v1/stops/terril"
PAGE = "/fr/arrets/terril"

# What the two servers say of themselves, and of the one request that they answer.
OF_THE_WAY = {"Connection", "Date", "Server", "Transfer-Encoding", "Content-Length", "X-Request-Id"}


def seconds_of(sound: bytes) -> float:
    """Decode a sound and return how long it is."""
    with av.open(BytesIO(sound)) as container:
        frames = list(container.decode(audio=0))
        return float(sum(frame.samples / frame.sample_rate for frame in frames))


def lasting(answer: Answer) -> dict[str, str]:
    return {name: value for name, value in answer.headers.items() if name not in OF_THE_WAY}


def publish(column: Column, **parts: str) -> Answer:
    """Correct the first stop, submit it, and let every visitor see it."""
    draft = f"{STOP}/draft"
    written = json.dumps(parts).encode()
    column.change("PATCH", STOP, tag=column.tag(draft), content=written)
    submitted = column.change("POST", f"{STOP}/revisions", tag=column.tag(draft))
    chosen = json.dumps({"revision": submitted.json["number"]}).encode()
    tag = submitted.headers["Etag"]
    return column.change("POST", f"{STOP}/publish", tag=tag, content=chosen)


def test_everything_is_ready(column: Column) -> None:
    ready = column.nginx.ask("/readyz")
    assert ready.json["status"] == "ok"


def test_a_correction_is_seen_in_every_process_and_heard_soon(column: Column) -> None:
    former = column.sound()
    assert "Les deux terrils" not in column.nginx.ask(PAGE).text
    assert publish(column, title="Les deux terrils", text="Deux terrils.").status == 200
    # A process may take a quarter of a second to hear of it; nginx adds nothing to that.
    wait_until(
        lambda: all("Les deux terrils" in column.server.ask(PAGE).text for _ in range(8)),
        within_s=2,
    )
    assert "Les deux terrils" in column.nginx.ask(PAGE).text
    assert column.nginx.ask(STOP).json["title"] == "Les deux terrils"
    wait_until(lambda: column.sound() != former)
    sound = column.nginx.ask(column.sound())
    assert hashlib.sha256(sound.body).hexdigest() in column.sound()
    assert seconds_of(sound.body) == pytest.approx(column.clip()["duration_s"], abs=0.1)


@pytest.mark.parametrize("of", [0, 1], ids=["opus", "mp3"])
def test_a_sound_is_heard_from_any_place(column: Column, of: int) -> None:
    file = column.clip()["files"][of]
    path = "/media/" + file["url"].rpartition("/")[2]
    whole = column.nginx.ask(path).body
    assert len(whole) == file["bytes"]
    for asked, part in (("0-1", whole[:2]), ("100-", whole[100:]), ("-7", whole[-7:])):
        answer = column.nginx.ask(path, headers={"Range": f"bytes={asked}"})
        assert (answer.status, answer.body) == (206, part)
        assert answer.headers["Content-Range"].endswith(f"/{len(whole)}")


def test_a_range_behind_the_end_is_refused_with_the_size(column: Column) -> None:
    size = column.clip()["files"][0]["bytes"]
    answer = column.nginx.ask(column.sound(), headers={"Range": f"bytes={size}-"})
    assert (answer.status, answer.headers["Content-Range"]) == (416, f"bytes */{size}")


def test_a_range_is_continued_only_of_the_same_sound(column: Column) -> None:
    tag = column.nginx.ask(column.sound()).headers["Etag"]
    for known, status in ((tag, 206), ('"another"', 200)):
        headers = {"Range": "bytes=5-9", "If-Range": known}
        assert column.nginx.ask(column.sound(), headers=headers).status == status


def test_a_sound_is_fetched_from_the_bucket_once(column: Column) -> None:
    path = column.sound()
    column.nginx.ask(path, headers={"Range": "bytes=3-4"})
    assert column.nginx.logged(path, headers={"Range": "bytes=5-6"})["cache"] == "HIT"


def test_what_one_phone_knows_is_sent_to_the_next(column: Column) -> None:
    file = column.clip()["files"][1]
    path = "/media/" + file["url"].rpartition("/")[2]
    known = {"If-None-Match": f'"{path[7:71]}"'}
    assert column.nginx.ask(path, headers=known).status == 304
    assert len(column.nginx.ask(path).body) == file["bytes"]


def test_a_sound_that_is_not_there_is_not_found(column: Column) -> None:
    answer = column.nginx.ask(f"/media/{'0' * 64}.opus")
    assert (answer.status, answer.headers["Cache-Control"]) == (404, "no-store")


@pytest.mark.parametrize("path", ["/", PAGE, "/api/v1/stops", STOP, "sound", "/Q/7K2M9Q"])
def test_what_is_known_is_not_sent_again(column: Column, path: str) -> None:
    path = column.sound() if path == "sound" else path
    tag = column.nginx.ask(path).headers["Etag"]
    answer = column.nginx.ask(path, headers={"If-None-Match": tag})
    assert (answer.status, answer.body, answer.headers["Etag"]) == (304, b"", tag)


@pytest.mark.parametrize(
    "path", ["/", PAGE, "/Q/7K2M9Q", STOP, "/nowhere", "/api/nowhere", "/livez", "style", "sound"]
)
def test_every_header_comes_through(column: Column, path: str) -> None:
    known = {"style": "/static/css/visit.css", "sound": column.sound()}
    path = known.get(path, path)
    through, direct = column.nginx.ask(path), column.server.ask(path)
    assert (through.status, through.body) == (direct.status, direct.body)
    assert lasting(through) == lasting(direct)


@pytest.mark.parametrize("encoding", ["br", "gzip"])
def test_what_is_encoded_comes_through_as_it_is(column: Column, encoding: str) -> None:
    wish = {"Accept-Encoding": encoding}
    through, direct = column.nginx.ask(PAGE, headers=wish), column.server.ask(PAGE, headers=wish)
    assert through.headers["Content-Encoding"] == encoding
    assert (through.body, lasting(through)) == (direct.body, lasting(direct))


def test_an_answer_can_be_found_in_the_logs(column: Column) -> None:
    sane, insane = {"X-Request-Id": "asked-by-a-program"}, {"X-Request-Id": 'no", "id'}
    assert column.nginx.logged("/", headers=sane)["request_id"] == "asked-by-a-program"
    assert column.nginx.logged("/", headers=insane)["status"] == 200


def test_asking_for_the_headers_alone_gets_no_body(column: Column) -> None:
    for path in ("/", PAGE, STOP, column.sound()):
        answer = column.nginx.ask(path, method="HEAD")
        assert (answer.status, answer.body) == (200, b"")


def test_what_carries_a_fingerprint_is_kept_and_nothing_else(column: Column) -> None:
    page = column.nginx.ask("/").text
    path = "/static/css/" + page.split("/static/css/")[1].split('"')[0]
    other = path.replace("~", "~0")
    asked = (path, path, other, other)
    assert [column.nginx.logged(each)["cache"] for each in asked][1:] == ["HIT", "MISS", "MISS"]


def test_a_body_that_is_too_long_is_refused(column: Column) -> None:
    for size in (LONGEST_BODY_BYTES + 1, 2 * LONGEST_BODY_BYTES):
        answer = column.change("PATCH", STOP, tag='"1"', content=b" " * size)
        assert (answer.status, answer.headers["Content-Type"]) == (413, "application/problem+json")
        assert answer.json["status"] == 413


def test_the_longest_body_reaches_the_application(column: Column) -> None:
    answer = column.change("PATCH", STOP, tag='"1"', content=b" " * LONGEST_BODY_BYTES)
    assert (answer.status, answer.json["detail"]) == (400, "what was sent breaks a rule")


def test_slow_uploads_take_no_thread(column: Column) -> None:
    # The application would read on, and wait for the rest.
    head = f"PATCH {STOP} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
    begun = f"{head}Content-Length: 9999\r\n\r\n{{".encode()
    with ExitStack() as stack:
        for _ in range(3 * THREADS_PER_PROCESS):
            address = ("127.0.0.1", column.nginx.port)
            slow = stack.enter_context(socket.create_connection(address))
            slow.sendall(begun)
        assert all(column.nginx.ask("/nowhere").status == 404 for _ in range(4))


def test_tokens_are_guessed_in_vain_in_every_process(column: Column) -> None:
    column.forget_limits()
    forged = [
        {"Authorization": "Bearer no", "X-Forwarded-For": f"203.0.113.{number}"}
        for number in range(32)
    ]
    statuses = [column.nginx.ask(f"{STOP}/draft", headers=each).status for each in forged]
    column.forget_limits()
    assert statuses == [401] * 30 + [429] * 2


def test_a_log_tells_of_no_visitor(column: Column) -> None:
    assert column.nginx.logged("/api/v1/stops?near=50.443,2.778")["path"] == "/api/v1/stops"
    told = (column.nginx.folder / "access.log").read_text()
    assert "127.0.0.1" not in told
    assert "50.443" not in told
