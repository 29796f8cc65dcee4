"""Photographs of signs: decoded for real, made small and bare, kept before they are named."""

import io

import pytest
from flask.testing import FlaskClient
from PIL import Image
from werkzeug.test import TestResponse

from tests.changing import Staff, hired
from tests.samples import CODES
from tourapp.resources import Resources
from tourapp.signage.register.photos import MOST_A_SIGN

SIGN = f"/api/v1/signs/{CODES[0]}"
PHOTOS = f"{SIGN}/photos"


def photograph(width: int = 2000, *, shade: int = 90, form: str = "JPEG") -> bytes:
    """Return a picture as a phone takes it: turned, and telling where."""
    picture = Image.new("RGB", (width, 1000), (shade, shade, 40))
    told = Image.Exif()
    told[0x0112] = 6  # to be turned by a quarter
    told.get_ifd(0x8825)[1] = "N"
    file = io.BytesIO()
    picture.save(file, form, exif=told)
    return file.getvalue()


def add(staff: Staff, content: bytes, path: str = PHOTOS) -> TestResponse:
    headers = {"Authorization": f"Bearer {staff.token}"}
    return staff.client.post(path, data=content, content_type="image/jpeg", headers=headers)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_photograph_is_kept_upright_and_tells_nothing_of_where_it_was_taken(
    seeded: Resources, keeper: Staff, form: str
) -> None:
    answer = add(keeper, photograph(form=form))
    assert answer.status_code == 201
    [photo] = answer.json["photos"]
    assert (photo["width"], photo["height"]) == (1000, 2000)
    assert photo["added_by"] == "publication@example.fr"
    name = photo["url"].removeprefix("https://visite.example.fr/media/")
    kept = Image.open(io.BytesIO(seeded.media.read(name)), formats=["JPEG"])
    assert (kept.size, dict(kept.getexif())) == ((1000, 2000), {})
    sent = keeper.client.get(f"/media/{name}")
    assert (sent.status_code, sent.mimetype) == (200, "image/jpeg")


def test_a_photograph_is_made_as_wide_as_is_of_use(keeper: Staff) -> None:
    turned = Image.new("RGB", (3000, 1000))
    file = io.BytesIO()
    turned.save(file, "PNG")
    [photo] = add(keeper, file.getvalue()).json["photos"]
    assert (photo["width"], photo["height"]) == (1600, 533)


@pytest.mark.parametrize(
    "content", [b"", b"<svg/>", b"GIF89a", photograph()[:5000]], ids=["none", "svg", "gif", "cut"]
)
def test_what_is_no_whole_photograph_is_refused(
    seeded: Resources, keeper: Staff, content: bytes
) -> None:
    before = len(list(seeded.media.list_files()))
    assert add(keeper, content).status_code == 422
    assert len(list(seeded.media.list_files())) == before


def test_more_than_twenty_megabytes_are_not_even_read(keeper: Staff) -> None:
    assert add(keeper, bytes(20_000_001)).status_code == 413


def test_the_same_photograph_again_changes_nothing(keeper: Staff) -> None:
    add(keeper, photograph())
    assert len(add(keeper, photograph()).json["photos"]) == 1


def test_a_sign_has_as_many_photographs_as_one_looks_at(keeper: Staff) -> None:
    for shade in range(MOST_A_SIGN):
        assert add(keeper, photograph(60, shade=shade * 20)).status_code == 201
    assert add(keeper, photograph(60, shade=255)).status_code == 409


def test_a_photograph_is_removed_and_then_named_by_nobody(keeper: Staff) -> None:
    [photo] = add(keeper, photograph()).json["photos"]
    other = f"/api/v1/signs/{CODES[1]}/photos/{photo['id']}"
    assert keeper.send("DELETE", other).status_code == 404
    assert keeper.send("DELETE", f"{PHOTOS}/{photo['id']}").status_code == 204
    assert keeper.send("GET", SIGN).json["photos"] == []
    assert keeper.send("DELETE", f"{PHOTOS}/{photo['id']}").status_code == 404


def test_who_may_not_is_refused_before_the_picture_is_read(
    seeded: Resources, client: FlaskClient
) -> None:
    writer = hired(seeded, client, "redaction")
    assert add(writer, b"no picture").status_code == 403
    assert client.post(PHOTOS, data=b"no picture").status_code == 401


def test_an_unknown_sign_gets_no_photograph(keeper: Staff) -> None:
    assert add(keeper, photograph(), "/api/v1/signs/ZZZZZZ/photos").status_code == 404
