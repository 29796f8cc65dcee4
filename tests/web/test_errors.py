from collections.abc import Mapping
from typing import Any

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient
from webargs.flaskparser import abort as abort_with

from tourapp.errors import (
    ConflictError,
    ExceededError,
    ForbiddenError,
    InvalidError,
    MovedError,
    NotFoundError,
    TourError,
    UnavailableError,
)
from tourapp.web.errors import Problem, register_errors


class VeryMissingError(NotFoundError):
    """Stands for the errors that a package derives from ours."""


def page(problem: Problem) -> str:
    return f"<p>Une page pour {problem.status.value}</p>"


def client_of(error: Exception) -> FlaskClient:
    """Return a client of an application of which two views raise this error."""
    app = Flask(__name__)
    register_errors(app, page)

    def fail() -> str:
        raise error

    app.add_url_rule("/api/v1/broken", "document", fail)
    app.add_url_rule("/broken", "page", fail)
    return app.test_client()


def problem_of(messages: Mapping[str, Any]) -> dict[str, Any]:
    """Return the document that tells of what webargs found."""
    app = Flask(__name__)
    register_errors(app, page)
    app.add_url_rule("/api/v1/broken", "document", lambda: abort_with(422, messages=messages))
    document: dict[str, Any] = app.test_client().get("/api/v1/broken").get_json(force=True)
    return document


@pytest.mark.parametrize(
    ("error", "status", "title"),
    [
        (NotFoundError("no stop 'a'"), 404, "Not Found"),
        (VeryMissingError("no stop 'a'"), 404, "Not Found"),
        (ForbiddenError("no stop 'a'"), 403, "Forbidden"),
        (ConflictError("no stop 'a'"), 409, "Conflict"),
        (InvalidError("no stop 'a'"), 422, "Unprocessable Entity"),
        (ExceededError("no stop 'a'", retry_after_s=9), 429, "Too Many Requests"),
    ],
)
def test_an_error_of_ours_is_told_as_a_problem_document(
    error: TourError, status: int, title: str
) -> None:
    answer = client_of(error).get("/api/v1/broken")
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.get_json(force=True) == {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": "no stop 'a'",
        "instance": "/api/v1/broken",
    }


def test_elsewhere_the_same_error_is_told_as_a_page() -> None:
    answer = client_of(ConflictError("no")).get("/broken")
    assert answer.status_code == 409
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.text == "<p>Une page pour 409</p>"


@pytest.mark.parametrize("path", ["/broken", "/api/v1/broken", "/nowhere", "/api/nowhere"])
def test_no_error_is_kept(path: str) -> None:
    answer = client_of(NotFoundError("no")).get(path)
    assert answer.status_code == 404
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/broken", "/api/v1/broken"])
def test_an_outage_says_when_to_come_back_and_tells_its_reason_to_the_log_alone(
    path: str, caplog: pytest.LogCaptureFixture
) -> None:
    outage = UnavailableError("the database does not answer: no route to 10.0.0.7")
    answer = client_of(outage).get(path)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    assert "10.0.0.7" not in answer.text
    assert [record.getMessage() for record in caplog.records] == [str(outage)]


@pytest.mark.parametrize("path", ["/broken", "/api/v1/broken"])
def test_a_wrong_method_is_told_with_those_that_are_right(path: str) -> None:
    answer = client_of(NotFoundError("no")).post(path)
    assert answer.status_code == 405
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}
    assert len(answer.headers.getlist("Content-Type")) == 1


@pytest.mark.parametrize("path", ["/broken", "/api/v1/broken"])
def test_a_mistake_of_ours_shows_nothing_of_itself(
    path: str, caplog: pytest.LogCaptureFixture
) -> None:
    answer = client_of(RuntimeError("the password is hunter2")).get(path)
    assert answer.status_code == 500
    assert "hunter2" not in answer.text
    assert "Traceback" not in answer.text
    assert "hunter2" in caplog.text


def test_every_error_of_http_is_a_problem_document() -> None:
    app = Flask(__name__)
    register_errors(app, page)
    app.add_url_rule("/api/teapot", "teapot", lambda: abort(418))
    answer = app.test_client().get("/api/teapot")
    assert answer.status_code == 418
    assert answer.get_json(force=True)["title"] == "I'm a Teapot"
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_an_error_has_no_body_where_only_the_headers_were_asked_for() -> None:
    answer = client_of(NotFoundError("no")).head("/api/v1/broken")
    assert (answer.status_code, answer.data) == (404, b"")


def test_a_redirect_is_no_error() -> None:
    app = Flask(__name__)
    register_errors(app, page)
    app.add_url_rule("/folder/", "folder", lambda: "here")
    answer = app.test_client().get("/folder")
    assert answer.status_code == 308
    assert answer.headers["Location"].endswith("/folder/")


@pytest.mark.parametrize(
    ("messages", "errors"),
    [
        ({"query": {"near": ["No."]}}, [("query.near", "No.")]),
        ({"query": {"near": ["No.", "Never."]}}, [("query.near", "No."), ("query.near", "Never.")]),
        ({"query": {"a": ["A."], "b": ["B."]}}, [("query.a", "A."), ("query.b", "B.")]),
        ({"json": {"stops": {2: {"title": ["T."]}}}}, [("json.stops.2.title", "T.")]),
        ({"json": ["Invalid JSON body."]}, [("json", "Invalid JSON body.")]),
        ({"json": {"_schema": ["Invalid input type."]}}, [("json._schema", "Invalid input type.")]),
    ],
)
def test_what_breaks_a_rule_is_named_with_its_place(
    messages: Mapping[str, Any], errors: list[tuple[str, str]]
) -> None:
    problem = problem_of(messages)
    assert problem["detail"] == "what was sent breaks a rule"
    assert problem["errors"] == [{"where": where, "what": what} for where, what in errors]


def test_letters_of_an_address_are_told_as_they_are() -> None:
    app = Flask(__name__)
    register_errors(app, page)
    problem = app.test_client().get("/api/v1/église").get_json(force=True)
    assert problem["instance"] == "/api/v1/église"


def test_an_error_tells_when_asking_again_may_help() -> None:
    answer = client_of(ExceededError("too many", retry_after_s=2.1)).get("/api/v1/broken")
    assert answer.headers["Retry-After"] == "3"


def test_what_an_error_knows_beside_its_sentence_is_in_the_document() -> None:
    error = NotFoundError("not yet")
    error.facts = {"state": "wanted"}
    document = client_of(error).get("/api/v1/broken").get_json(force=True)
    assert (document["detail"], document["state"]) == ("not yet", "wanted")


@pytest.mark.parametrize(("method", "status"), [("GET", 301), ("HEAD", 301), ("PUT", 308)])
def test_a_name_that_changed_leads_to_the_one_that_holds(method: str, status: int) -> None:
    app = Flask(__name__)
    register_errors(app, page)

    def fail(lang: str, slug: str) -> str:
        raise MovedError(slug, f"{lang}-neuf")

    app.add_url_rule("/<lang>/<slug>", "page", fail, methods=["GET", "PUT"])
    answer = app.test_client().open("/fr/ancien?a=1&b=%C3%A9", method=method)
    assert answer.status_code == status
    assert answer.headers["Location"] == "/fr/fr-neuf?a=1&b=%C3%A9"
    assert answer.headers["Cache-Control"] == "no-store"
