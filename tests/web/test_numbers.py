"""Numbers that no row has lead nowhere, and break nothing."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.staff.desk import CHEAP, Desk, seated
from tourapp.bureau import create_bureau
from tourapp.resources import Resources
from tourapp.web.numbers import counted, read_number, read_whole

HUGE = ("2147483648", "9" * 20, "9" * 5000)
LISTS = ("arrets", "arrets/archives", "lexique", "panneaux", "panneaux/signalements", "journal")


@pytest.fixture
def database_url(postgresql_url: str) -> str:
    """Return one of the kind that minds."""
    return postgresql_url


@pytest.fixture
def bureau(seeded: Resources) -> Flask:
    return create_bureau(seeded, nudge=lambda: None, hasher=CHEAP)


@pytest.fixture
def desk(bureau: Flask) -> Desk:
    return seated(bureau, "administration")


def test_every_number_in_an_address_is_one_that_a_row_may_have(app: Flask, bureau: Flask) -> None:
    rules = [rule.rule for each in (app, bureau) for rule in each.url_map.iter_rules()]
    assert len([rule for rule in rules if "<whole" in rule]) > 40
    assert [rule for rule in rules if "<int" in rule] == []


@pytest.mark.parametrize("number", HUGE[:2])
def test_a_number_that_no_row_has_is_not_found(
    client: FlaskClient, desk: Desk, number: str
) -> None:
    assert client.get(f"/api/v1/lexicon/{number}").status_code == 404
    assert client.get(f"/api/v1/walks/{number}").status_code == 404
    assert desk.get(f"/guide/marches/{number}").status_code == 404
    assert desk.send(f"/bureau/personnes/{number}/fin").status_code == 404
    assert desk.get(f"/bureau/arrets/terril/fr/standard/versions/{number}").status_code == 404


@pytest.mark.parametrize("number", HUGE)
def test_nor_does_a_page_of_a_list_or_a_field_break_anything(
    client: FlaskClient, desk: Desk, number: str
) -> None:
    pages = [desk.get(f"/bureau/{path}?page={number}").status_code for path in LISTS]
    assert pages == [200] * len(LISTS)
    assert client.get(f"/fr/arrets?page={number}").status_code < 500
    assert client.get(f"/?page={number}").status_code < 500
    narrative = "/bureau/arrets/terril/fr/standard"
    assert desk.get(f"{narrative}/versions/1?avec={number}").status_code == 200
    copied = desk.send("/bureau/arrets/terril/copie", slug="autre", number=number)
    assert copied.status_code == 422


def test_numbers_are_read_as_people_write_them() -> None:
    assert (counted(" 7 "), read_whole("12"), read_number("50,44")) == (7, 12, 50.44)
    assert [read_whole(each) for each in ("", "-1", "1_000", *HUGE)] == ["", "-1", "1_000", *HUGE]
    assert read_number("ici") == "ici"
