"""The list with its search, and the map, as they are read without scripts."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from tests.visit.reading import canonical, listed, words
from tourapp.app import create_app
from tourapp.resources import Resources
from tourapp.settings import Settings
from tourapp.variables import PLAN_OF_IGN

ALL = [f"/fr/arrets/{slug}" for slug in ("terril", "arret-2", "arret-3", "arret-4")]
HOSTILE = '"><script>alert(1)</script>'


def test_every_stop_is_listed_with_the_ways_to_find_one(visitor: FlaskClient) -> None:
    answer = visitor.get("/fr/arrets")
    assert listed(answer) == ALL
    assert canonical(answer) == "https://visite.example.fr/fr/arrets"
    assert 'href="/fr/carte"' in answer.text


def test_words_lead_to_stops_and_show_where_they_are_said(visitor: FlaskClient) -> None:
    answer = visitor.get("/fr/arrets", query_string={"q": "espece rare"})
    assert listed(answer) == ALL
    assert "4 arrêts pour « espece rare »" in words(answer)
    assert "21 <mark>espèces</mark> <mark>rares</mark>." in answer.text
    assert 'value="espece rare"' in answer.text
    assert '<meta name="robots" content="noindex">' in answer.text


@pytest.mark.parametrize(
    ("path", "asked", "found"),
    [
        ("/fr/arrets", "eglize", ["/fr/arrets/arret-2"]),
        ("/en/arrets", "the hill", ["/en/arrets/arret-2"]),
        ("/nl/arrets", "residance", ["/nl/arrets/arret-3"]),
    ],
)
def test_a_search_forgives_in_every_language(
    visitor: FlaskClient, path: str, asked: str, found: list[str]
) -> None:
    answer = visitor.get(path, query_string={"q": asked})
    assert listed(answer) == found


def test_nothing_found_tells_what_to_try(visitor: FlaskClient) -> None:
    answer = visitor.get("/fr/arrets?q=zeppelin")
    assert answer.status_code == 200
    assert "Aucun arrêt pour « zeppelin »" in words(answer)
    assert "Essayez un seul mot" in words(answer)
    assert listed(answer) == []


def test_hostile_words_are_shown_and_not_run(visitor: FlaskClient) -> None:
    answer = visitor.get("/fr/arrets", query_string={"q": HOSTILE})
    assert HOSTILE in words(answer)
    assert "alert(1)</script>" not in answer.text


def test_a_question_that_is_too_long_is_cut(visitor: FlaskClient) -> None:
    answer = visitor.get("/fr/arrets", query_string={"q": "terril " * 100})
    assert listed(answer) == ALL


def test_many_stops_and_many_results_have_pages(crowded: FlaskClient) -> None:
    first, last = crowded.get("/fr/arrets"), crowded.get("/fr/arrets?page=2")
    assert (len(listed(first)), len(listed(last))) == (60, 2)
    assert 'href="/fr/arrets?page=2#arrets"' in first.text
    assert 'href="/fr/arrets#arrets"' in last.text
    found = [crowded.get(f"/fr/arrets?q=%C3%A9tape&page={page}") for page in (1, 2, 3)]
    assert [len(listed(each)) for each in found] == [20, 20, 20]
    assert 'href="/fr/arrets?q=%C3%A9tape#arrets"' in found[1].text
    assert 'href="/fr/arrets?q=%C3%A9tape&page=3#arrets"' in found[1].text.replace("&amp;", "&")


@pytest.mark.parametrize("page", ["0", "-3", "5", "99999999999999999999"])
@pytest.mark.parametrize("asked", ["", "étape"])
def test_a_page_that_is_not_there_says_so(crowded: FlaskClient, page: str, asked: str) -> None:
    answer = crowded.get("/fr/arrets", query_string={"q": asked, "page": page})
    assert answer.status_code == 404


def test_before_anything_is_published_list_and_map_say_so(resources: Resources) -> None:
    empty = create_app(resources).test_client()
    for path in ("/fr/arrets", "/fr/carte"):
        assert "Aucun arrêt n’est publié" in words(empty.get(path))


def test_the_map_lists_the_same_stops(visitor: FlaskClient) -> None:
    answer = visitor.get("/fr/carte")
    assert listed(answer) == ALL
    assert canonical(answer) == "https://visite.example.fr/fr/carte"


def test_a_crowded_map_leads_to_the_whole_list(crowded: FlaskClient) -> None:
    answer = crowded.get("/fr/carte")
    assert len(listed(answer)) == 60
    assert re.search(r'href="/fr/arrets">Tous les arrêts', answer.text)


def test_the_map_alone_may_show_pictures_of_the_tiles_server(visitor: FlaskClient) -> None:
    answer = visitor.get("/fr/carte")
    policy = answer.headers["Content-Security-Policy"]
    assert "img-src 'self' data: https://data.geopf.fr;" in policy
    assert "data.geopf.fr (IGN)" in words(answer)
    assert PLAN_OF_IGN.replace("&", "&amp;") in answer.text
    assert "geopf" not in visitor.get("/fr/arrets").headers["Content-Security-Policy"]


def test_other_tiles_are_named_with_their_server(
    seeded: Resources, reopened: Callable[[Settings], Resources]
) -> None:
    settings = replace(
        seeded.settings,
        map_tiles_url="https://tuiles.example.fr/{z}/{x}/{y}.png",
        map_tiles_credit="Une mairie",
    )
    answer = create_app(reopened(settings)).test_client().get("/fr/carte")
    assert "tuiles.example.fr (Une mairie)" in words(answer)
    assert "data: https://tuiles.example.fr;" in answer.headers["Content-Security-Policy"]
