"""Media that are files of this machine: the application names one, and nginx sends it."""

from tests.deploy.nginx import Answer, Site
from tests.samples import DRAWING
from tourapp.media import media_name

NAME = media_name(DRAWING, suffix="svg")
PATH = f"/media/{NAME}"
TAG = f'"{NAME.removesuffix(".svg")}"'
SIZE = len(DRAWING)

# What the two servers say of themselves, of the one request, and to each other.
OF_THE_WAY = {"Connection", "Content-Length", "Date", "Server", "X-Accel-Redirect", "X-Request-Id"}


def lasting(answer: Answer) -> dict[str, str]:
    return {name: value for name, value in answer.headers.items() if name not in OF_THE_WAY}


def test_a_file_is_sent_with_the_headers_of_the_application(nginx: Site, port: int) -> None:
    named = Site(port, nginx.folder).ask(PATH)
    assert (named.body, named.headers["X-Accel-Redirect"]) == (b"", f"/kept-media/{NAME}")
    sent = nginx.ask(PATH)
    assert (sent.status, sent.body) == (200, DRAWING)
    assert lasting(sent) == lasting(named)


def test_a_file_is_sent_in_parts(nginx: Site) -> None:
    for asked, part in (("0-1", DRAWING[:2]), ("-7", DRAWING[-7:]), ("50-", DRAWING[50:])):
        answer = nginx.ask(PATH, headers={"Range": f"bytes={asked}"})
        assert (answer.status, answer.body, answer.headers["Etag"]) == (206, part, TAG)
    behind = nginx.ask(PATH, headers={"Range": f"bytes={SIZE}-"})
    assert (behind.status, behind.headers["Content-Range"]) == (416, f"bytes */{SIZE}")


def test_a_part_is_continued_only_of_the_same_file(nginx: Site) -> None:
    for known, status in ((TAG, 206), ('"another"', 200), ("Sun, 21 Jun 2026 12:00:00 GMT", 200)):
        headers = {"Range": "bytes=5-9", "If-Range": known}
        assert nginx.ask(PATH, headers=headers).status == status


def test_a_file_that_is_known_is_not_sent_again(nginx: Site) -> None:
    answer = nginx.ask(PATH, headers={"If-None-Match": TAG})
    assert (answer.status, answer.body, answer.headers["Etag"]) == (304, b"", TAG)
    head = nginx.ask(PATH, method="HEAD")
    assert (head.status, head.body, head.headers["Content-Length"]) == (200, b"", str(SIZE))


def test_only_what_the_application_names_is_sent(nginx: Site) -> None:
    (nginx.folder / "media" / "secret.txt").write_text("hush")
    for path in ("/kept-media/secret.txt", f"/kept-media/{NAME}", "/media/secret.txt"):
        assert nginx.ask(path).status == 404
    for path in (
        "/media/../media/secret.txt",
        "/media/..%2fsecret.txt",
        "/kept-media/../access.log",
    ):
        assert nginx.ask(path).status in {400, 404}
