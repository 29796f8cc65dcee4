"""Photographs of stops over the API: sent, described, ordered, removed, and seen at once."""

import io
from typing import Any

import pytest
from sqlalchemy import select
from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder, TestResponse, run_wsgi_app

from tests.changing import STOP, Staff, hired
from tests.pictures.photographs import from_a_phone, photograph
from tests.publishing.edges import Sides
from tourapp.accounts.models import AuditEvent
from tourapp.pictures.intake import MOST_BYTES
from tourapp.publishing.pictures import services
from tourapp.publishing.picturing import Illustrator

PICTURES = f"{STOP}/pictures"
WORDS = "?alt=Un+cône+noir.&credit=Une+main&licence=CC+BY-SA+4.0"
PAGE = "/fr/arrets/terril"


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """Return one of one kind: what it keeps is tried on both elsewhere."""
    return sqlite_url


@pytest.fixture
def staff(fresh: Sides) -> Staff:
    return hired(fresh.resources, fresh.app.test_client(), "publication")


def add(staff: Staff, content: bytes, *, words: str = WORDS, tag: str = "") -> TestResponse:
    given = tag or staff.tag(PICTURES)
    return staff.send("POST", PICTURES + words, tag=given, data=content)


def files(answer: TestResponse) -> list[str]:
    return [picture["file"] for picture in answer.get_json()]


def illustrate(sides: Sides) -> None:
    illustrator = Illustrator(sides.resources)
    while illustrator.make_next():
        """Every form in turn."""


def shown(sides: Sides) -> list[dict[str, Any]]:
    told: dict[str, Any] = sides.edge.get("/api/v1/stops/terril").get_json()
    pictures: list[dict[str, Any]] = told["pictures"]
    return pictures


def test_a_photograph_is_kept_bare_and_named_by_what_it_holds(fresh: Sides, staff: Staff) -> None:
    answer = add(staff, from_a_phone((640, 400)))
    assert answer.status_code == 201
    assert answer.headers["ETag"] == staff.tag(PICTURES)
    [picture] = answer.get_json()
    name = picture.pop("url").removeprefix("https://visite.example.fr/media/")
    assert picture == {
        "file": f"photo-{name[:16]}.jpg",
        "alt": {"fr": "Un cône noir."},
        "caption": {},
        "credit": "Une main",
        "licence": "CC BY-SA 4.0",
        "focus": [50, 50],
        "width": 400,
        "height": 640,
        "bytes": len(fresh.resources.media.read(name)),
    }
    assert b"GPS" not in fresh.resources.media.read(name)


def test_visitors_are_shown_it_once_it_is_made_into_forms(fresh: Sides, staff: Staff) -> None:
    add(staff, photograph((500, 300)), words=f"{WORDS}&caption=Un+soir.&focus_x=20&focus_y=40")
    assert "<picture>" not in fresh.edge.get(PAGE).text
    illustrate(fresh)
    page = fresh.edge.get(PAGE).text
    assert page.count("<picture>") == 2
    assert page.index("image/avif") < page.index("image/webp")
    assert 'width="500" height="300" alt="Un cône noir." loading="lazy"' in page
    assert "Un soir." in page
    assert "Une main · CC BY-SA 4.0" in page
    [picture] = shown(fresh)
    assert (picture["alt"], picture["caption"]) == ("Un cône noir.", "Un soir.")
    assert (picture["lang"], picture["focus"]) == ("fr", [20, 40])
    assert [(each["type"], each["width"]) for each in picture["files"]] == [
        (f"image/{kind}", width) for kind in ("avif", "webp", "jpeg") for width in (480, 500)
    ]
    assert 'og:image:alt" content="Un cône noir."' in page


def test_whoever_reads_another_language_is_told_in_it_or_in_french(
    fresh: Sides, staff: Staff
) -> None:
    path = "/api/v1/stops/arret-2/pictures"
    tag = staff.tag(path)
    [picture] = staff.send("POST", path + WORDS, tag=tag, data=photograph()).get_json()
    illustrate(fresh)
    page = "/en/arrets/arret-2"
    assert 'alt="Un cône noir." lang="fr"' in fresh.edge.get(page).text
    caption = {"fr": "Le soir.", "nl": None}
    told = {"alt": {"en": "A black cone.", "fr": "Un cône."}, "caption": caption}
    staff.send("PATCH", f"{path}/{picture['file']}", tag=staff.tag(path), json=told)
    text = fresh.edge.get(page).text
    assert 'alt="A black cone." loading' in text
    assert '<span class="caption" lang="fr">Le soir.</span>' in text


def test_anything_is_said_anew(staff: Staff) -> None:
    [file] = files(add(staff, photograph()))
    said = {"focus": [10, 90], "licence": "Tous droits réservés"}
    [picture] = staff.send(
        "PATCH", f"{PICTURES}/{file}", tag=staff.tag(PICTURES), json=said
    ).get_json()
    assert (picture["focus"], picture["licence"]) == ([10, 90], "Tous droits réservés")
    assert picture["credit"] == "Une main"


@pytest.mark.parametrize(
    "said",
    [
        {"alt": {"en": "A hill."}},
        {"alt": {"fr": " "}},
        {"focus": [50]},
        {"focus": [101, 0]},
        {"credit": ""},
        {"media": "x"},
    ],
)
def test_what_would_say_less_is_refused(staff: Staff, said: dict[str, Any]) -> None:
    [file] = files(add(staff, photograph()))
    answer = staff.send("PATCH", f"{PICTURES}/{file}", tag=staff.tag(PICTURES), json=said)
    assert answer.status_code == 422


def test_they_are_ordered_and_removed(fresh: Sides, staff: Staff) -> None:
    for shade in ("red", "green", "blue"):
        named = files(add(staff, photograph(ground=shade)))
    order = {"files": named[::-1]}
    tag = staff.tag(PICTURES)
    assert files(staff.send("PUT", f"{PICTURES}/order", tag=tag, json=order)) == named[::-1]
    twice = {"files": [*named, named[0]]}
    again = staff.send("PUT", f"{PICTURES}/order", tag=staff.tag(PICTURES), json=twice)
    assert again.status_code == 422
    gone = staff.send("DELETE", f"{PICTURES}/{named[1]}", tag=staff.tag(PICTURES))
    assert gone.status_code == 204
    assert files(staff.send("GET", PICTURES)) == [named[2], named[0]]
    with fresh.resources.database.reading() as session:
        events = session.scalars(select(AuditEvent.action)).all()
    assert events.count("stop.place") == 5


def test_each_change_names_the_state_that_it_is_made_on(staff: Staff) -> None:
    seen = staff.tag(PICTURES)
    [file] = files(add(staff, photograph()))
    unseen = staff.send("POST", PICTURES + WORDS, data=photograph())
    assert unseen.status_code == 428
    assert add(staff, photograph(ground="red"), tag=seen).status_code == 412
    assert staff.send("DELETE", f"{PICTURES}/{file}", tag=seen).status_code == 412
    gone = staff.send("DELETE", f"{PICTURES}/nowhere.jpg", tag=staff.tag(PICTURES))
    assert gone.status_code == 404


def test_a_stop_shows_each_once_and_no_album(staff: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "MOST_PICTURES", 2)
    assert add(staff, photograph((8, 8))).status_code == 201
    assert add(staff, photograph((8, 8))).status_code == 409
    assert add(staff, photograph((99, 8))).status_code == 201
    assert add(staff, photograph((98, 8))).status_code == 409


@pytest.mark.parametrize("words", ["", "?alt=+&credit=a&licence=b", WORDS + "&focus_x=101"])
def test_none_is_taken_of_which_too_little_is_said(staff: Staff, words: str) -> None:
    assert add(staff, photograph(), words=words).status_code == 422


def test_what_is_no_photograph_is_refused(fresh: Sides, staff: Staff) -> None:
    before = len(list(fresh.resources.media.list_files()))
    answer = add(staff, b"<svg/>")
    assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")
    assert "JPEG, PNG, WEBP, AVIF" in answer.get_json()["detail"]
    assert add(staff, bytes(MOST_BYTES + 1)).status_code == 413
    assert len(list(fresh.resources.media.list_files())) == before


class Dripping(io.RawIOBase):
    """A body in pieces, without a length, that would never end."""

    def __init__(self) -> None:
        self.sent = 0

    def readable(self) -> bool:
        """Tell that it is read."""
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401 -- whatever is written to
        """Fill what is given."""
        self.sent += len(buffer)
        return len(buffer)


def test_a_body_without_end_is_read_no_further_than_is_kept(fresh: Sides, staff: Staff) -> None:
    body = Dripping()
    headers = {"Authorization": f"Bearer {staff.token}", "If-Match": staff.tag(PICTURES)}
    built = EnvironBuilder(path=PICTURES + WORDS, method="POST", headers=Headers(headers))
    environ = built.get_environ()
    environ |= {"wsgi.input": body, "wsgi.input_terminated": True}
    environ.pop("CONTENT_LENGTH", None)
    _, status, _ = run_wsgi_app(fresh.app, environ)
    assert status.startswith("413")
    assert body.sent <= MOST_BYTES + 1_000_000
