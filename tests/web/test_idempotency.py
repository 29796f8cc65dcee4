"""A request that is sent twice is done once, whatever becomes of the first answer."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, update
from werkzeug.test import TestResponse

from tests.changing import STOP, Staff, hired
from tests.hostile.world import tone
from tests.pictures.photographs import from_a_phone, photograph
from tourapp.accounts.models import Token
from tourapp.resources import Resources
from tourapp.signage.models import Sign
from tourapp.web import idempotency
from tourapp.web.idempotency import AnsweredRequest

SIGNS = "/api/v1/signs"
NEW = {"stop": "terril", "place": "au pied de l’escalier"}


@pytest.fixture
def staff(seeded: Resources, client: FlaskClient) -> Staff:
    return hired(seeded, client, "publication")


def planned(staff: Staff, key: str, *, new: object = NEW, path: str = SIGNS) -> TestResponse:
    headers = {"Authorization": f"Bearer {staff.token}", "Idempotency-Key": key}
    return staff.client.post(path, json=new, headers=headers)


def signs(resources: Resources) -> int:
    with resources.database.reading() as session:
        return session.scalar(select(func.count(Sign.id))) or 0


def test_what_is_sent_twice_is_done_once_and_answered_alike(
    seeded: Resources, staff: Staff
) -> None:
    before = signs(seeded)
    first, second = planned(staff, '"a key"'), planned(staff, "a key")
    assert (first.status_code, second.status_code) == (201, 201)
    assert second.get_json() == first.get_json()
    kept = ("ETag", "Content-Type", "Cache-Control")
    assert [second.headers.get(name) for name in kept] == [first.headers.get(name) for name in kept]
    assert signs(seeded) == before + 1
    assert planned(staff, "another key").get_json()["code"] != first.get_json()["code"]


def test_a_key_of_another_request_is_refused(seeded: Resources, staff: Staff) -> None:
    planned(staff, "a key")
    before = signs(seeded)
    other = planned(staff, "a key", new=NEW | {"place": "en haut"})
    assert other.status_code == 422
    assert other.get_json()["detail"] == "this Idempotency-Key was sent with another request"
    assert planned(staff, "a key", path=f"{SIGNS}?again").status_code == 422
    assert signs(seeded) == before


def test_what_was_refused_may_be_mended_under_the_same_key(staff: Staff) -> None:
    assert planned(staff, "a key", new=NEW | {"stop": "nowhere"}).status_code == 404
    assert planned(staff, "a key").status_code == 201


def test_everybody_has_keys_of_their_own(
    seeded: Resources, staff: Staff, client: FlaskClient
) -> None:
    other = hired(seeded, client, "administration")
    codes = {planned(each, "a key").get_json()["code"] for each in (staff, other)}
    assert len(codes) == 2


def test_an_answer_is_for_whoever_may_still_have_it(seeded: Resources, staff: Staff) -> None:
    planned(staff, "a key")
    with seeded.database.transaction() as session:
        session.execute(update(Token).values(scopes=["stops:draft"]))
    assert planned(staff, "a key").status_code == 403


def test_a_change_whose_answer_was_lost_is_not_done_again(
    seeded: Resources, staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(idempotency, "_keep", lambda *_: None)
    assert planned(staff, "a key").status_code == 201
    before = signs(seeded)
    again = planned(staff, "a key")
    assert again.status_code == 409
    assert "not answered yet, or its answer was lost" in again.get_json()["detail"]
    assert signs(seeded) == before


def test_of_many_at_once_one_is_done(app: Flask, seeded: Resources, staff: Staff) -> None:
    before = signs(seeded)
    with ThreadPoolExecutor(8) as pool:
        each = [Staff(app.test_client(), staff.token) for _ in range(8)]
        answers = list(pool.map(lambda staff: planned(staff, "a key"), each))
    assert {answer.status_code for answer in answers} <= {201, 409}
    assert len({answer.get_json()["code"] for answer in answers if answer.status_code == 201}) == 1
    assert signs(seeded) == before + 1


def test_a_key_ends_after_a_day(seeded: Resources, staff: Staff) -> None:
    planned(staff, "a key")
    with seeded.database.transaction() as session:
        yesterday = datetime.now(UTC) - timedelta(days=1, seconds=1)
        session.execute(update(AnsweredRequest).values(created_at=yesterday))
    before = signs(seeded)
    assert planned(staff, "a key").status_code == 201
    assert signs(seeded) == before + 1


@pytest.mark.parametrize("key", ["", '""', "k" * 256, "\x80"])
def test_a_key_is_some_printable_characters(staff: Staff, key: str) -> None:
    assert planned(staff, key).status_code == 422


def test_a_file_that_is_sent_twice_is_kept_once(staff: Staff) -> None:
    words = "?alt=Un+cône.&credit=Une+main&licence=CC0"
    for path, one, other in (
        (f"{SIGNS}/7K2M9Q/photos", from_a_phone(), photograph()),
        (f"{STOP}/pictures{words}", from_a_phone(), photograph()),
        (f"{STOP}/narrations/fr/recordings?speaker=Jeanne&credit=Jeanne", tone(), tone(hertz=330)),
    ):
        tag = staff.tag(f"{STOP}/place")
        first, again, another = (uploaded(staff, path, tag, body) for body in (one, one, other))
        assert (first.status_code, again.status_code) == (201, 201), path
        assert again.get_json() == first.get_json()
        assert again.headers["ETag"] == first.headers["ETag"]
        assert another.status_code == 422
        assert another.get_json()["detail"] == "this Idempotency-Key was sent with another request"


def uploaded(staff: Staff, path: str, tag: str, body: bytes) -> TestResponse:
    named = {"Idempotency-Key": path.partition("?")[0], "If-Match": tag}
    return staff.client.post(
        path, data=body, headers=named | {"Authorization": f"Bearer {staff.token}"}
    )


def test_a_change_that_names_its_state_needs_no_key(staff: Staff) -> None:
    path = f"{SIGNS}/7K2M9Q"
    headers = {"Authorization": f"Bearer {staff.token}", "Idempotency-Key": "a key"}
    for _ in range(2):
        tagged = headers | {"If-Match": staff.tag(path)}
        changed = staff.client.patch(path, json={"note": "vu"}, headers=tagged)
        assert changed.status_code == 200
