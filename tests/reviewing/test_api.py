"""Having a revision read, over HTTP: asked, commented upon, answered, told by letters."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.changing import STOP, Staff, hired
from tests.reviewing.conftest import READER, WRITER, Post
from tourapp.accounts.models import AuditEvent, Person
from tourapp.resources import Resources

REVIEW = f"{STOP}/revisions/2/review"


def act(staff: Staff, method: str, way: str = "", json: Any = None) -> Any:  # noqa: ANN401 -- as it is answered
    """Change a review on its newest state, and return what then stands there."""
    answer = staff.send(method, f"{REVIEW}{way}", tag=staff.tag(REVIEW), json=json)
    assert answer.status_code in {200, 201}, answer.text
    assert answer.headers["ETag"] == staff.tag(REVIEW)
    return answer.get_json()


def test_nothing_is_asked_at_first(writer: Staff) -> None:
    found = writer.send("GET", REVIEW).get_json()
    assert (found["state"], found["asked_by"], found["comments"]) == ("none", None, [])
    assert writer.send("GET", f"{STOP}/revisions/9/review").status_code == 404


def test_anybody_who_publishes_is_asked_and_told(
    writer: Staff, reader: Staff, seeded: Resources, client: FlaskClient, post: Post
) -> None:
    hired(seeded, client, "administration")
    asked = act(writer, "PUT", json={"note": "La date est-elle juste ?"})
    assert (asked["state"], asked["asked_by"], asked["asked_of"]) == ("asked", WRITER, None)
    first, second = post()
    assert {first["To"], second["To"]} == {"administration@example.fr", READER}
    assert first["Subject"] == second["Subject"] == "À relire – Relu"
    assert "La date est-elle juste ?" in first.get_content()
    assert "/bureau/arrets/terril/fr/standard/versions/2" in second.get_content()
    assert act(reader, "PUT", "/verdict", {"verdict": "approved"})["answered_by"] == READER
    assert (post()[2]["To"], post()[2]["Subject"]) == (WRITER, "Approuvé – Relu")


def test_one_person_is_asked_by_their_address(writer: Staff, reader: Staff, post: Post) -> None:
    assert act(writer, "PUT", json={"of": READER})["asked_of"] == READER
    assert [letter["To"] for letter in post()] == [READER]
    returned = act(reader, "PUT", "/verdict", {"verdict": "returned"})
    assert returned["state"] == "returned"
    again = act(writer, "PUT", json={"of": READER})
    assert (again["state"], again["answered_by"]) == ("asked", None)


@pytest.mark.parametrize("of", ["nobody@example.fr", WRITER, "guide@example.fr", ""])
def test_whoever_may_not_publish_is_not_asked(
    writer: Staff, seeded: Resources, client: FlaskClient, of: str
) -> None:
    hired(seeded, client, "guide")
    answer = writer.send("PUT", REVIEW, tag=writer.tag(REVIEW), json={"of": of})
    assert answer.status_code == 422


def test_nobody_answers_what_they_asked(reader: Staff, writer: Staff) -> None:
    tag = writer.tag(REVIEW)
    assert act(reader, "PUT", json={})["state"] == "asked"
    answer = {"verdict": "approved"}
    own = reader.send("PUT", f"{REVIEW}/verdict", tag=reader.tag(REVIEW), json=answer)
    assert own.status_code == 403
    assert reader.send("PUT", f"{REVIEW}/verdict", tag=tag, json=answer).status_code == 412
    assert reader.send("PUT", f"{REVIEW}/verdict", json=answer).status_code == 428
    assert writer.send("PUT", f"{REVIEW}/verdict", tag=tag, json=answer).status_code == 403


@pytest.mark.usefixtures("writer")
def test_what_nobody_asked_or_was_published_meanwhile_is_not_answered(reader: Staff) -> None:
    answer = {"verdict": "approved"}
    unasked = reader.send("PUT", f"{REVIEW}/verdict", tag=reader.tag(REVIEW), json=answer)
    assert unasked.status_code == 409
    tag = reader.tag(f"{STOP}/revisions")
    reader.send("POST", f"{STOP}/publish", tag=tag, json={"revision": 2})
    published = reader.send("PUT", REVIEW, tag=reader.tag(REVIEW), json={})
    assert published.status_code == 409


def test_nobody_approves_without_having_seen_what_was_said(writer: Staff, reader: Staff) -> None:
    act(writer, "PUT", json={})
    seen = reader.tag(REVIEW)
    said = writer.send("POST", f"{REVIEW}/comments", json={"text": "Attendez !"})
    assert said.status_code == 201
    late = reader.send("PUT", f"{REVIEW}/verdict", tag=seen, json={"verdict": "approved"})
    assert late.status_code == 412


def test_of_several_comments_the_one_that_is_meant_is_settled(writer: Staff, reader: Staff) -> None:
    for text in ("Plus court.", "Plus clair."):
        [*_, comment] = act(reader, "POST", "/comments", {"text": text})["comments"]
    settled = act(writer, "PUT", f"/comments/{comment['id']}/settlement")["comments"]
    assert [each["is_settled"] for each in settled] == [False, True]


def test_a_comment_is_replied_to_settled_and_opened_again(
    writer: Staff, reader: Staff, post: Post
) -> None:
    said = {"text": "  Plus court ?\r\nOui.  ", "part": "title"}
    [comment] = act(reader, "POST", "/comments", said)["comments"]
    assert (comment["by"], comment["part"]) == (READER, "title")
    assert comment["text"] == "Plus court ?\nOui."
    assert (post()[0]["To"], post()[0]["Subject"]) == (WRITER, "Un commentaire sur Relu")
    way = f"/comments/{comment['id']}"
    assert act(reader, "PUT", f"{way}/settlement")["comments"][0]["is_settled"]
    assert not act(reader, "DELETE", f"{way}/settlement")["comments"][0]["is_settled"]
    act(reader, "PUT", f"{way}/settlement")
    [again] = act(writer, "POST", f"{way}/replies", {"text": "Voilà."})["comments"]
    assert [each["text"] for each in again["replies"]] == ["Voilà."]
    assert not again["is_settled"]
    assert (post()[1]["To"], post()[1]["Subject"]) == (READER, "Une réponse sur Relu")


@pytest.mark.parametrize(
    ("way", "said", "status"),
    [
        ("/comments", {"text": " \n "}, 422),
        ("/comments", {"text": "x" * 2001}, 422),
        ("/comments", {"text": "a", "part": "margin"}, 422),
        ("/comments/999/replies", {"text": "a"}, 404),
    ],
)
def test_what_cannot_be_said_is_refused(
    writer: Staff, way: str, said: dict[str, str], status: int
) -> None:
    assert writer.send("POST", f"{REVIEW}{way}", json=said).status_code == status


def test_what_the_files_brought_is_talked_about_too(writer: Staff, post: Post) -> None:
    said = writer.send("POST", f"{STOP}/revisions/1/review/comments", json={"text": "Bien."})
    assert said.status_code == 201
    assert post() == []


def test_who_left_is_neither_asked_nor_told(
    writer: Staff, seeded: Resources, reader: Staff, post: Post
) -> None:
    act(reader, "POST", "/comments", {"text": "Plus court ?"})
    with seeded.database.transaction() as session:
        [left] = session.scalars(select(Person).where(Person.email == READER))
        left.disabled_at = left.created_at
    act(writer, "POST", "/comments", {"text": "Voilà."})
    assert act(writer, "PUT", json={})["state"] == "asked"
    assert [letter["To"] for letter in post()] == [WRITER]


def test_what_was_asked_said_and_answered_is_logged(
    writer: Staff, reader: Staff, seeded: Resources
) -> None:
    act(writer, "PUT", json={})
    [comment] = act(reader, "POST", "/comments", {"text": "Bien."})["comments"]
    act(writer, "PUT", f"/comments/{comment['id']}/settlement")
    act(reader, "PUT", "/verdict", {"verdict": "approved"})
    with seeded.database.reading() as session:
        events = session.scalars(select(AuditEvent).order_by(AuditEvent.id)).all()
    assert [(event.who, event.action) for event in events][-4:] == [
        (WRITER, "review.ask"),
        (READER, "comment.create"),
        (WRITER, "comment.settle"),
        (READER, "review.approved"),
    ]
