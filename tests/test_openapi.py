import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openapi_schema_validator import OAS31Validator, oas31_format_checker
from openapi_spec_validator import validate

PREFIX = "/api/v1"
NOT_DESCRIBED = {f"{PREFIX}/openapi.json", f"{PREFIX}/docs"}
METHODS = ("get", "post", "put", "patch", "delete")
PROBLEM = "application/problem+json"

ANSWERS = [
    ("/stops", "/stops"),
    ("/stops", "/stops?near=50.4,2.7&lang=en&q=e&page_size=1&page=2"),
    ("/stops", "/stops?q=nothing"),
    ("/stops/{slug}", "/stops/terril"),
    ("/stops/{slug}", "/stops/arret-2?lang=en"),
    ("/stops/{slug}", "/stops/arret-4"),
    ("/stops/{slug}/narrations/{lang}", "/stops/terril/narrations/fr"),
    ("/stops/{slug}/narrations/{lang}", "/stops/arret-2/narrations/en"),
    ("/observations", "/observations?stop=terril"),
    ("/stops.geojson", "/stops.geojson"),
    ("/stops.geojson", "/stops.geojson?lang=en"),
]
DRAWINGS = [("svg", "image/svg+xml"), ("png", "image/png")]
REFUSALS = [
    ("/stops", "/stops?page=0", 422),
    ("/stops", "/stops?lang=xx&near=here", 422),
    ("/stops/{slug}", "/stops/nowhere", 404),
    ("/stops/{slug}", "/stops/terril?lang=xx", 422),
    ("/stops/{slug}/narrations/{lang}", "/stops/terril/narrations/en", 404),
    ("/stops/{slug}/narrations/{lang}", "/stops/arret-4/narrations/fr", 404),
    ("/stops/{slug}/qr.svg", "/stops/nowhere/qr.svg", 404),
    ("/stops/{slug}/qr.png", "/stops/nowhere/qr.png", 404),
    ("/stops/{slug}/draft", "/stops/terril/draft", 401),
    ("/stops/{slug}/revisions", "/stops/terril/revisions", 401),
    ("/stops/{slug}/company", "/stops/terril/company", 401),
    ("/stops/{slug}/revisions/{number}/review", "/stops/terril/revisions/1/review", 401),
    ("/stops/{slug}/narrations/{lang}/takes", "/stops/terril/narrations/fr/takes", 401),
    ("/previews/{preview_id}", "/previews/nothing", 401),
    ("/lexicon", "/lexicon", 401),
    ("/lexicon", "/lexicon?lang=xx", 422),
    ("/lexicon/{entry_id}", "/lexicon/1", 401),
    ("/signs", "/signs", 401),
    ("/signs", "/signs?state=stolen", 422),
    ("/signs/{code}", "/signs/7K2M9Q", 401),
    ("/signs/{code}/scans", "/signs/7K2M9Q/scans", 401),
    ("/reports", "/reports", 401),
    ("/observations", "/observations?state=waiting", 401),
    ("/observations/{observation_id}", "/observations/1", 401),
    ("/people", "/people", 401),
    ("/people/{person_id}", "/people/1", 401),
    ("/audit", "/audit", 401),
    ("/audit", "/audit?since=yesterday", 422),
    ("/signs/batches/{batch_id}", "/signs/batches/nothing", 401),
]


@pytest.fixture
def description(visitor: FlaskClient) -> dict[str, Any]:
    """Return the API's description of itself."""
    answer = visitor.get(f"{PREFIX}/openapi.json")
    document: dict[str, Any] = answer.get_json()
    return document


def resolved(description: dict[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    """Return what a reference stands for."""
    if "$ref" not in node:
        return node
    for part in node["$ref"].removeprefix("#/").split("/"):
        description = description[part]
    return description


def operations(description: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for path in description["paths"].values():
        yield from (path[method] for method in METHODS if method in path)


def described(description: dict[str, Any], path: str, status: str) -> dict[str, Any]:
    """Return what is described of an answer."""
    responses = description["paths"][PREFIX + path]["get"]["responses"]
    return resolved(description, responses.get(status, responses["default"]))


def faults(description: dict[str, Any], schema: dict[str, Any], document: object) -> list[str]:
    """Return where a document is not as described; references reach the whole description."""
    whole = {"components": description["components"], **schema}
    validator = OAS31Validator(whole, format_checker=oas31_format_checker)
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(document)]


def test_the_description_is_valid_openapi_3_1(description: dict[str, Any]) -> None:
    assert description["openapi"].startswith("3.1")
    validate(description)


def test_every_address_of_the_api_is_described(site: Flask, description: dict[str, Any]) -> None:
    rules = {
        re.sub(r"<(?:[^:>]+:)?(\w+)>", r"{\1}", rule.rule) for rule in site.url_map.iter_rules()
    }
    of_the_api = {rule for rule in rules if rule.startswith(PREFIX)}
    assert set(description["paths"]) == of_the_api - NOT_DESCRIBED


def test_every_operation_is_summed_up_in_a_sentence(description: dict[str, Any]) -> None:
    for operation in operations(description):
        assert operation["summary"].endswith(".")
        assert operation["tags"]


def test_every_error_is_described_as_a_problem_document(description: dict[str, Any]) -> None:
    for operation in operations(description):
        refusals = set(operation["responses"]) - {"200", "201", "202", "204", "304"}
        assert "default" in refusals
        for status in refusals:
            answer = resolved(description, operation["responses"][status])
            assert list(answer["content"]) == [PROBLEM]


def test_what_is_asked_stands_beside_the_state_that_is_named(description: dict[str, Any]) -> None:
    giving = description["paths"][f"{PREFIX}/stops/{{slug}}/pictures"]["post"]["parameters"]
    needed = {named["name"] for named in giving if named["required"]}
    assert needed == {"alt", "credit", "licence", "If-Match"}


def test_a_text_to_be_spoken_is_answered_with_where_to_ask(description: dict[str, Any]) -> None:
    path = f"{PREFIX}/stops/{{slug}}/narrations/{{lang}}/preview"
    accepted = description["paths"][path]["post"]["responses"]["202"]
    assert set(accepted["headers"]) == {"Location", "Retry-After"}
    assert accepted["content"]["application/json"]["schema"]["$ref"].endswith("/Preview")


def test_the_description_names_the_public_address(description: dict[str, Any]) -> None:
    assert description["servers"] == [{"url": "https://visite.example.fr"}]


@pytest.mark.parametrize(("path", "asked"), ANSWERS)
def test_an_answer_is_as_described(
    visitor: FlaskClient, description: dict[str, Any], path: str, asked: str
) -> None:
    answer = visitor.get(PREFIX + asked)
    told = described(description, path, "200")
    [(content_type, content)] = told["content"].items()
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == content_type
    assert set(told["headers"]) <= set(answer.headers.keys())
    assert faults(description, content["schema"], answer.get_json(force=True)) == []


@pytest.mark.parametrize(("form", "content_type"), DRAWINGS)
def test_a_drawing_is_of_the_type_described(
    visitor: FlaskClient, description: dict[str, Any], form: str, content_type: str
) -> None:
    answer = visitor.get(f"{PREFIX}/stops/terril/qr.{form}")
    assert list(described(description, f"/stops/{{slug}}/qr.{form}", "200")["content"]) == [
        content_type
    ]
    assert answer.headers["Content-Type"] == content_type


@pytest.mark.parametrize(("path", "asked", "status"), REFUSALS)
def test_a_refusal_is_as_described(
    visitor: FlaskClient, description: dict[str, Any], path: str, asked: str, status: int
) -> None:
    answer = visitor.get(PREFIX + asked)
    content = described(description, path, str(status))["content"]
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == PROBLEM
    assert faults(description, content[PROBLEM]["schema"], answer.get_json(force=True)) == []


def test_the_way_of_checking_finds_what_is_wrong(description: dict[str, Any]) -> None:
    schema = {"$ref": "#/components/schemas/Position"}
    assert faults(description, schema, {"lat": "north", "lon": 2.7}) != []


def test_documents_say_nothing_that_is_not_described(
    visitor: FlaskClient, description: dict[str, Any]
) -> None:
    stop = visitor.get(f"{PREFIX}/stops/terril").get_json()
    schemas = description["components"]["schemas"]
    assert set(stop) == set(schemas["Stop"]["properties"])
    assert set(stop["narration"]) == set(schemas["Narration"]["properties"])
    assert set(stop["links"]) == set(schemas["Links"]["properties"])
