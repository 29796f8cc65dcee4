from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.samples import CODES, sample_stop, write_samples
from tests.visit.reading import listed, withdraw, words
from tourapp.app import create_app
from tourapp.publishing.commands import seed
from tourapp.resources import Resources

SLUGS = ("terril", "arret-2", "arret-3", "arret-4")
HOSTILE = '"><script>alert(1)</script>'


@pytest.fixture
def crowded(resources: Resources, tmp_path: Path) -> FlaskClient:
    """Return a client of a site with sixty stops."""
    stops = [
        replace(sample_stop(number, title=f"Étape {number}"), code=f"{number:06}")
        for number in range(1, 61)
    ]
    seed(resources, write_samples(tmp_path / "stops", *stops))
    return create_app(resources).test_client()


def test_the_home_page_lists_every_stop_with_its_length(visitor: FlaskClient) -> None:
    answer = visitor.get("/")
    assert answer.headers["Content-Language"] == "fr"
    assert listed(answer) == [f"/fr/arrets/{slug}" for slug in SLUGS]
    assert words(answer).count("d’écoute") == 3


@pytest.mark.parametrize(
    ("keyed", "slug"),
    [
        ("2", "arret-2"),
        (" 2 ", "arret-2"),
        ("02", "arret-2"),
        ("٢", "arret-2"),
        (CODES[1], "arret-2"),
        (CODES[1].lower(), "arret-2"),
        ("x4t-8rb", "arret-2"),
    ],
)
def test_a_number_or_a_code_keyed_in_leads_to_its_stop(
    visitor: FlaskClient, keyed: str, slug: str
) -> None:
    answer = visitor.get("/", query_string={"numero": keyed})
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/fr/arrets/{slug}"


@pytest.mark.parametrize("keyed", ["0", "99", "99999", "999999", "-1", "2.5", "²", "abc", "😀"])
def test_what_leads_nowhere_is_said_beside_the_keypad(visitor: FlaskClient, keyed: str) -> None:
    answer = visitor.get("/", query_string={"numero": keyed})
    assert answer.status_code == 404
    assert f"Aucun arrêt ne répond à « {keyed} »." in words(answer)
    assert 'aria-invalid="true"' in answer.text
    assert f'value="{keyed}"' in answer.text
    assert 'href="/fr/arrets/terril"' in answer.text


@pytest.mark.parametrize("keyed", ["", "   "])
def test_nothing_keyed_in_is_the_home_page(visitor: FlaskClient, keyed: str) -> None:
    answer = visitor.get("/", query_string={"numero": keyed})
    assert answer.status_code == 200
    assert "aria-invalid" not in answer.text


def test_hostile_input_is_shown_and_not_run(visitor: FlaskClient) -> None:
    answer = visitor.get("/", query_string={"numero": HOSTILE})
    assert answer.status_code == 404
    assert HOSTILE in words(answer)
    assert "<script" not in answer.text


def test_a_refusal_that_a_browser_kept_is_still_a_refusal_with_its_page(
    visitor: FlaskClient,
) -> None:
    answer = visitor.get("/?numero=99", headers={"If-None-Match": "*"})
    assert answer.status_code == 404
    assert "Aucun arrêt ne répond" in words(answer)


def test_the_number_of_a_stop_that_was_withdrawn_leads_nowhere(
    seeded: Resources, client: FlaskClient
) -> None:
    withdraw(seeded, "terril")
    keyed = [client.get("/", query_string={"numero": typed}) for typed in ("1", CODES[0])]
    assert [answer.status_code for answer in keyed] == [404, 404]


def test_before_anything_is_published_the_home_page_says_so(resources: Resources) -> None:
    empty = create_app(resources).test_client()
    answer = empty.get("/")
    assert answer.status_code == 200
    assert "Aucun arrêt n’est publié" in words(answer)
    assert empty.get("/Q/ZZZZZZ").status_code == 404


def test_sixty_stops_are_listed_and_reached(crowded: FlaskClient) -> None:
    page = crowded.get("/")
    assert len(listed(page)) == 60
    assert crowded.get("/?numero=60").headers["Location"] == "/fr/arrets/arret-60"
    assert "Étape 37" in words(crowded.get("/Q/000037"))
