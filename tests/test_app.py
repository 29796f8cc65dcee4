from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import UndefinedError

from tests.visit.reading import words
from tourapp.app import create_app
from tourapp.resources import Resources

MIDNIGHT = datetime(2026, 6, 21, 23, 30, tzinfo=UTC)


def test_every_part_of_the_site_answers(visitor: FlaskClient) -> None:
    for path in ("/", "/fr/arrets/terril", "/api/v1/stops", "/livez", "/readyz"):
        assert visitor.get(path).status_code == 200


def test_two_applications_in_one_process_share_nothing(
    site: Flask, resources: Resources, visitor: FlaskClient
) -> None:
    empty = create_app(resources).test_client()
    assert "Aucun arrêt n’est publié" in words(empty.get("/"))
    assert "Montée du terril" in words(visitor.get("/"))
    assert site is not empty.application


def test_days_are_those_of_the_place(resources: Resources) -> None:
    far_east = replace(resources.settings, time_zone="Pacific/Auckland")
    app = create_app(replace(resources, settings=far_east))
    with app.test_request_context("/fr/"):
        shown = app.jinja_env.from_string("{{ moment | day }}").render(moment=MIDNIGHT)
    assert shown == "22\N{NO-BREAK SPACE}juin\N{NO-BREAK SPACE}2026"


def test_a_template_that_misnames_something_fails_aloud(site: Flask) -> None:
    with pytest.raises(UndefinedError, match="'nothing' is undefined"):
        site.jinja_env.from_string("{{ nothing }}").render()
