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
    """Return a client of a site with sixty-two stops."""
    stops = [
        replace(sample_stop(number, title=f"Étape {number}"), code=f"{number:06}")
        for number in range(1, 63)
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


def test_many_stops_are_listed_page_by_page_and_reached(crowded: FlaskClient) -> None:
    first, second = crowded.get("/"), crowded.get("/?page=2")
    assert listed(first) == [
        "/fr/arrets/terril",
        *(f"/fr/arrets/arret-{number}" for number in range(2, 61)),
    ]
    assert listed(second) == ["/fr/arrets/arret-61", "/fr/arrets/arret-62"]
    assert 'rel="next" href="/?page=2#arrets"' in first.text
    assert 'rel="prev" href="/#arrets"' in second.text
    assert crowded.get("/?numero=60").headers["Location"] == "/fr/arrets/arret-60"
    assert "Étape 37" in words(crowded.get("/Q/000037"))


@pytest.mark.parametrize("page", ["0", "3", "-1", "99999999999999999999"])
def test_a_page_of_the_list_that_is_not_there_says_so(crowded: FlaskClient, page: str) -> None:
    answer = crowded.get("/", query_string={"page": page})
    assert answer.status_code == 404
    assert "Page introuvable" in words(answer)


def test_a_page_that_is_no_number_is_the_first(crowded: FlaskClient) -> None:
    assert listed(crowded.get("/?page=deux")) == listed(crowded.get("/"))
