import json

import pytest
from flask.testing import FlaskClient

from tests.visit.reading import read
from tourapp.app import create_app
from tourapp.resources import Resources

HOST = "https://visite.example.fr"
API = f"{HOST}/api/v1/stops"
ALL = ["terril", "arret-2", "arret-3", "arret-4"]


def slugs(visitor: FlaskClient, query: str = "") -> list[str]:
    return [stop["slug"] for stop in read(visitor, f"stops?{query}")]


def pagination(visitor: FlaskClient, query: str) -> dict[str, int]:
    told: dict[str, int] = json.loads(
        visitor.get(f"/api/v1/stops?{query}").headers["X-Pagination"],
    )
    return told


def test_stops_are_listed_by_number(visitor: FlaskClient) -> None:
    assert slugs(visitor) == ALL


def test_a_list_tells_enough_to_choose(visitor: FlaskClient) -> None:
    [_, second, *_] = read(visitor, "stops")
    assert second.pop("updated_at").endswith("+00:00")
    assert second.pop("duration_s") > 1
    assert second.pop("position")["lat"] == pytest.approx(50.453)
    assert second == {
        "slug": "arret-2",
        "number": 2,
        "title": "L’église et son toit",
        "lede": "Une montagne faite à la main.",
        "lang": "fr",
        "languages": ["fr", "en"],
        "closed_today": False,
        "distance_m": None,
        "passage": None,
        "links": {"self": f"{API}/arret-2", "page": f"{HOST}/fr/arrets/arret-2"},
    }


def test_a_stop_without_sound_is_listed_without_a_length(visitor: FlaskClient) -> None:
    [*_, silent] = read(visitor, "stops")
    assert silent["slug"] == "arret-4"
    assert silent["duration_s"] is None


def test_a_list_is_cut_into_pages(visitor: FlaskClient) -> None:
    assert slugs(visitor, "page_size=3") == ALL[:3]
    assert slugs(visitor, "page_size=3&page=2") == ALL[3:]
    assert pagination(visitor, "page_size=3&page=2") == {
        "total": 4,
        "total_pages": 2,
        "first_page": 1,
        "last_page": 2,
        "page": 2,
        "previous_page": 1,
    }


def test_a_page_holds_a_hundred_stops_at_most(visitor: FlaskClient) -> None:
    assert slugs(visitor, "page_size=100") == ALL
    assert pagination(visitor, "page_size=1")["next_page"] == 2


@pytest.mark.parametrize("page", [2, 9_999_999_999, 10**30])
def test_a_page_beyond_the_end_is_empty_and_tells_where_the_end_is(
    visitor: FlaskClient, page: int
) -> None:
    assert slugs(visitor, f"page={page}") == []
    assert pagination(visitor, f"page={page}") == {
        "total": 4,
        "total_pages": 1,
        "first_page": 1,
        "last_page": 1,
    }


def test_titles_come_in_the_language_asked_where_it_exists(visitor: FlaskClient) -> None:
    listed = read(visitor, "stops?lang=en&page_size=2")
    assert [(stop["lang"], stop["title"]) for stop in listed] == [
        ("fr", "Montée du terril"),
        ("en", "The black hill"),
    ]
    assert listed[1]["links"]["page"] == f"{HOST}/en/arrets/arret-2"


def test_the_nearest_stop_comes_first_with_its_distance(visitor: FlaskClient) -> None:
    listed = read(visitor, "stops?near=50.4731,2.778")
    assert [stop["slug"] for stop in listed] == ["arret-4", "arret-3", "arret-2", "terril"]
    assert [stop["distance_m"] for stop in listed] == pytest.approx([11, 1124, 2236, 3349], abs=1)


def test_the_passage_that_says_what_was_searched_for_is_told(visitor: FlaskClient) -> None:
    [found, *_] = read(visitor, "stops?q=pousse rares&page_size=1")
    assert found["passage"] == "Il pousse ici 21 espèces rares."
    [titled] = read(visitor, "stops?q=silence")
    assert titled["passage"] is None


def test_what_is_found_is_cut_into_pages_too(visitor: FlaskClient) -> None:
    assert slugs(visitor, "q=terril&page_size=3&page=2") == ["arret-4"]
    assert pagination(visitor, "q=terril&page_size=3")["total"] == 4
    assert slugs(visitor, "q=terril&page=99") == []


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("terril", ALL),
        ("EGLISE", ["arret-2"]),
        ("l'église toit", ["arret-2"]),
        ("montee", ["terril"]),
        ("église silence", []),
        ("eglize", ["arret-2"]),
        ("residance", ["arret-3"]),
        ("%", []),
        ("_", []),
        ("' OR 1=1 --", []),
        ("  ", ALL),
        ("é" * 200, []),
    ],
)
def test_words_find_stops_whatever_their_case_and_accents(
    visitor: FlaskClient, words: str, found: list[str]
) -> None:
    answer = visitor.get("/api/v1/stops", query_string={"q": words})
    assert [stop["slug"] for stop in answer.get_json()] == found


def test_words_are_sought_in_the_language_asked(visitor: FlaskClient) -> None:
    assert slugs(visitor, "q=black") == []
    assert slugs(visitor, "q=black&lang=en") == ["arret-2"]


@pytest.mark.parametrize(
    ("query", "where"),
    [
        ("lang=xx", ["query.lang"]),
        ("lang=", ["query.lang"]),
        ("lang=FR", ["query.lang"]),
        ("near=", ["query.near"]),
        ("near=here", ["query.near"]),
        ("near=50.4", ["query.near"]),
        ("near=50.4,2.7,1", ["query.near"]),
        ("near=50,4;2,7", ["query.near"]),
        ("near=91,2", ["query.near"]),
        ("near=50,181", ["query.near"]),
        ("near=nan,nan", ["query.near"]),
        ("near=inf,0", ["query.near"]),
        ("q=" + "a" * 201, ["query.q"]),
        ("page=0", ["query.page"]),
        ("page=-1", ["query.page"]),
        ("page=one", ["query.page"]),
        ("page_size=0", ["query.page_size"]),
        ("page_size=101", ["query.page_size"]),
        ("page=0&page_size=x", ["query.page", "query.page_size"]),
        ("lang=xx&near=1", ["query.lang", "query.near"]),
    ],
)
def test_wrong_values_are_named_with_what_is_expected(
    visitor: FlaskClient, query: str, where: list[str]
) -> None:
    answer = visitor.get(f"/api/v1/stops?{query}")
    problem = answer.get_json(force=True)
    assert answer.status_code == problem["status"] == 422
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert sorted(error["where"] for error in problem["errors"]) == where
    assert all(error["what"].endswith(".") for error in problem["errors"])


@pytest.mark.parametrize("path", ["stops/terril?lang=xx", "stops.geojson?lang=xx"])
def test_a_wrong_language_is_named_everywhere(visitor: FlaskClient, path: str) -> None:
    problem = visitor.get(f"/api/v1/{path}").get_json(force=True)
    assert problem["errors"] == [{"where": "query.lang", "what": "Must be one of: fr, en, nl, de."}]


def test_what_is_not_known_of_a_query_is_ignored(visitor: FlaskClient) -> None:
    assert slugs(visitor, "utm_source=poster") == ALL


def test_before_anything_is_published_lists_are_empty(resources: Resources) -> None:
    empty = create_app(resources).test_client()
    assert read(empty, "stops") == []
    assert read(empty, "stops?near=50,2") == []
    assert read(empty, "stops.geojson") == {"type": "FeatureCollection", "features": []}
    assert pagination(empty, "") == {"total": 0, "total_pages": 0}
