"""What no database can keep is refused by whatever takes JSON, with the place where it stands."""

import json
import re

import pytest
from flask.testing import FlaskClient

from tests.changing import hired
from tourapp.resources import Resources

UNKEPT = [
    ('{"a": {"b": ["", "x\\u0000"]}}', "json.a.b.1", "Not text that can be kept"),
    ('{"a": "\\udfff\\ud83d"}', "json.a", "Not text that can be kept"),
    ('{"a\\u0000b": 1}', "json.a\ufffdb", "Not text that can be kept"),
    ('{"a": [NaN]}', "json.a.0", "Not a finite number."),
    ('{"a": -1e999}', "json.a", "Not a finite number."),
    (f'{{"a": {"[" * 90}{"]" * 90}}}', f"json.a{'.0' * 20}", "Nested deeper than 20."),
    ('{"a": "ligne\\u000b"}', "json.a", "Not text that can be kept: U+000B at character 6."),
    ('{"a": "a\\r\\nb\\u202e"}', "json.a", "Not text that can be kept: U+202E at character 4."),
    ("[" * 100_000, "json", "No JSON nested deeper than 20"),
    (f'{{"a": {"9" * 5000}}}', "json", "No JSON nested deeper than 20, nor numbers"),
]


def takers(app: FlaskClient) -> list[tuple[str, str]]:
    """Return the method and an address of each operation that takes JSON."""
    described = app.get("/api/v1/openapi.json").get_json()["paths"]
    return [
        (method, re.sub(r"{\w+}", "1", path))
        for path, operations in described.items()
        for method, operation in operations.items()
        if method != "parameters"
        and "application/json" in operation.get("requestBody", {}).get("content", {})
    ]


@pytest.mark.parametrize(("body", "where", "what"), UNKEPT)
def test_what_cannot_be_kept_is_refused_with_its_place(
    visitor: FlaskClient, body: str, where: str, what: str
) -> None:
    refused = visitor.post("/api/v1/plays", data=body, content_type="application/json")
    assert refused.status_code == 422
    assert refused.content_type == "application/problem+json"
    [mistake] = refused.get_json(force=True)["errors"]
    assert mistake["where"] == where
    assert mistake["what"].startswith(what)


def test_not_every_mistake_of_a_long_text_is_told(visitor: FlaskClient) -> None:
    refused = visitor.post("/api/v1/plays", json=["\0"] * 1000)
    assert len(refused.get_json(force=True)["errors"]) == 20


def test_whatever_takes_json_refuses_it(visitor: FlaskClient) -> None:
    asked = takers(visitor)
    assert len(asked) > 30
    body = json.dumps({"note": "\0"})
    for method, path in asked:
        answer = visitor.open(path, method=method, data=body, content_type="application/json")
        assert (answer.status_code, "json.note" in answer.text) == (422, True), (method, path)


def test_lines_end_alike_whoever_sends_them(seeded: Resources, client: FlaskClient) -> None:
    staff = hired(seeded, client, "publication")
    sent = {"stop": "terril", "note": "une\r\ndeux\rtrois"}
    assert staff.send("POST", "/api/v1/signs", json=sent).get_json()["note"] == "une\ndeux\ntrois"


def test_a_surrogate_pair_is_a_letter_like_any(seeded: Resources, client: FlaskClient) -> None:
    staff = hired(seeded, client, "publication")
    body = '{"stop": "terril", "place": "au pied \\ud83d\\ude00"}'
    answer = client.post(
        "/api/v1/signs",
        data=body,
        content_type="application/json",
        headers={"Authorization": f"Bearer {staff.token}"},
    )
    assert answer.get_json()["place"] == "au pied \U0001f600"
