import pytest
from flask.testing import FlaskClient

from tests.samples import CODES
from tests.visit.reading import canonical, listed, withdraw, words
from tourapp.app import create_app
from tourapp.resources import Resources

SLUGS = ("terril", "arret-2", "arret-3", "arret-4")
HOSTILE = '"><script>alert(1)</script>'


def test_the_home_page_lists_every_stop_with_its_length(visitor: FlaskClient) -> None:
    answer = visitor.get("/fr/")
    assert answer.headers["Content-Language"] == "fr"
    assert listed(answer) == [f"/fr/arrets/{slug}" for slug in SLUGS]
    assert words(answer).count("d’écoute") == 3


@pytest.mark.parametrize(
    ("wishes", "lang", "heading"),
    [
        ("", "fr", "Les arrêts"),
        ("en-GB,en;q=0.9", "en", "The stops"),
        ("nl-BE,nl;q=0.9,fr;q=0.8", "nl", "De haltes"),
        ("pl,de;q=0.5", "de", "Die Stationen"),
        ("pl", "fr", "Les arrêts"),
    ],
)
def test_the_home_page_follows_the_phone(
    visitor: FlaskClient, wishes: str, lang: str, heading: str
) -> None:
    answer = visitor.get("/", headers={"Accept-Language": wishes})
    assert heading in words(answer)
    assert f'<html lang="{lang}">' in answer.text
    assert answer.headers["Content-Language"] == lang
    assert answer.headers["Content-Location"] == f"/{lang}/"
    assert answer.headers["Vary"] == "Accept-Language, Accept-Encoding"
    assert canonical(answer) == f"https://visite.example.fr/{lang}/"


def test_a_home_page_that_was_chosen_stays_in_its_language(visitor: FlaskClient) -> None:
    answer = visitor.get("/nl/", headers={"Accept-Language": "de"})
    assert "De haltes" in words(answer)
    assert "Vary" not in answer.headers or "Language" not in answer.headers["Vary"]
    assert listed(answer) == [f"/nl/arrets/{slug}" for slug in SLUGS]
    assert '<strong lang="fr">Montée du terril</strong>' in answer.text
    assert visitor.get("/nl/?numero=2").headers["Location"] == "/nl/arrets/arret-2"


@pytest.mark.parametrize(
    ("keyed", "slug"),
    [
        ("2", "arret-2"),
        (" 2 ", "arret-2"),
        ("02", "arret-2"),
        ("٢", "arret-2"),
        ("n° 2", "arret-2"),
        ("N°2", "arret-2"),
        ("Arrêt 2", "arret-2"),
        ("#2", "arret-2"),
        ("2.", "arret-2"),
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


@pytest.mark.parametrize("keyed", ["0", "99", "99999", "999999", "-1", "2.5", "abc", "😀"])
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
    assert "<script>" not in answer.text


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
    assert 'rel="next" href="/fr/?page=2#arrets"' in first.text
    assert 'rel="prev" href="/fr/#arrets"' in second.text
    assert crowded.get("/?numero=60").headers["Location"] == "/fr/arrets/arret-60"
    assert "Étape 37" in words(crowded.get("/Q/000037"))


@pytest.mark.parametrize("page", ["0", "3", "-1", "99999999999999999999"])
def test_a_page_of_the_list_that_is_not_there_says_so(crowded: FlaskClient, page: str) -> None:
    answer = crowded.get("/", query_string={"page": page})
    assert answer.status_code == 404
    assert "Page introuvable" in words(answer)


def test_a_page_that_is_no_number_is_the_first(crowded: FlaskClient) -> None:
    assert listed(crowded.get("/?page=deux")) == listed(crowded.get("/"))
