from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from tests.visit.visits import NOON, SOUND, make_heard, make_neighbour, make_stop, make_visited
from tourapp.stops.distance import Way
from tourapp.stops.models import Narrative
from tourapp.visit.documents import geojson_document, stop_document, summary_document
from tourapp.visit.schemas import FeatureCollectionSchema, StopSchema, StopSummarySchema
from tourapp.visit.visited import Visited
from tourapp.web.addresses import Addresses

PUBLIC = Addresses("https://visite.example.fr")
FULL = make_visited(
    heard=make_heard(),
    way=Way(0, 0),
    previous=make_neighbour("before"),
    next=make_neighbour("after"),
    nearby=(make_neighbour("near"),),
)
BARE = make_visited(code=None)


def paths(document: object, at: str = "") -> set[str]:
    """Return the path of every value that a document holds."""
    if isinstance(document, list):
        return {path for each in document for path in paths(each, f"{at}[]")}
    if isinstance(document, Mapping):
        return {path for name, each in document.items() for path in paths(each, f"{at}.{name}")}
    return {at}


def stop_as_sent(visited: Visited) -> dict[str, Any]:
    sent: dict[str, Any] = StopSchema().dump(
        stop_document(visited, addresses=PUBLIC, today=NOON.date())
    )
    return sent


def test_a_stop_is_sent_with_all_that_its_document_says() -> None:
    document = stop_document(FULL, addresses=PUBLIC, today=NOON.date())
    left_out = {".distance_m", ".duration_s", ".passage"}
    assert paths(document) - paths(StopSchema().dump(document)) == left_out


def test_a_summary_is_sent_with_all_that_its_document_says() -> None:
    document = summary_document(FULL, addresses=PUBLIC, today=NOON.date())
    left_out = {".links.previous", ".links.next", ".links.observations"}
    assert paths(document) - paths(StopSummarySchema().dump(document)) == left_out


def test_a_map_is_sent_with_all_that_its_document_says() -> None:
    document = geojson_document([FULL, BARE], addresses=PUBLIC, today=NOON.date())
    assert paths(document) == paths(FeatureCollectionSchema().dump(document))


def test_a_stop_without_sound_sign_or_neighbours_says_null() -> None:
    sent = stop_as_sent(BARE)
    assert sent["narration"] is None
    assert sent["sign"] is None
    assert (sent["links"]["previous"], sent["links"]["next"]) == (None, None)


def test_the_way_to_each_neighbour_is_told() -> None:
    told = stop_as_sent(FULL)["neighbours"]
    assert [each["slug"] for each in (told["previous"], told["next"], *told["nearby"])] == [
        "before",
        "after",
        "near",
    ]
    assert told["nearby"][0] == {
        "slug": "near",
        "number": 1,
        "title": "Montée du terril",
        "lang": "fr",
        "distance_m": 1200,
        "direction_deg": 90,
        "url": "https://visite.example.fr/api/v1/stops/near",
    }


def test_a_stop_that_stands_here_is_no_metre_away() -> None:
    assert summary_document(FULL, addresses=PUBLIC, today=NOON.date())["distance_m"] == 0
    assert summary_document(BARE, addresses=PUBLIC, today=NOON.date())["distance_m"] is None


def test_a_place_of_unknown_height_says_null() -> None:
    stop = make_stop()
    stop.altitude_m = None
    assert stop_as_sent(make_visited(stop=stop))["position"]["altitude_m"] is None


def test_a_source_without_an_address_says_null() -> None:
    stop = make_stop()
    stop.sources = [{"title": "Une voisine", "url": None}]
    assert stop_as_sent(make_visited(stop=stop))["sources"] == [
        {"title": "Une voisine", "url": None}
    ]


@pytest.mark.parametrize("note", ["provisional", "older_than_text"])
def test_what_a_listener_should_know_of_a_sound_is_said(note: str) -> None:
    sent = stop_as_sent(make_visited(heard=make_heard(**{note: True})))
    assert sent["narration"][note] is True


def test_the_files_of_a_sound_are_named_by_their_hash_the_lightest_first() -> None:
    files = stop_as_sent(FULL)["narration"]["files"]
    assert files[0] == {
        "url": f"https://visite.example.fr/media/{SOUND}.opus",
        "type": "audio/ogg; codecs=opus",
        "bytes": 40_000,
        "sha256": SOUND,
    }
    assert files[1]["type"] == "audio/mpeg"


def test_a_time_names_its_zone() -> None:
    assert stop_as_sent(BARE)["updated_at"] == "2026-06-21T12:00:00+00:00"


def closed_from(day: int, *, until: int | None = None) -> dict[str, Any]:
    """Return a closure in June 2026, as the database keeps it; it is noon on the 21st."""
    return {
        "from_day": date(2026, 6, day).isoformat(),
        "until_day": None if until is None else date(2026, 6, until).isoformat(),
        "reason": {"fr": "Travaux."},
    }


@pytest.mark.parametrize(
    ("closure", "told", "closed_today"),
    [
        (closed_from(21), True, True),
        (closed_from(20, until=21), True, True),
        (closed_from(22), True, False),
        (closed_from(20, until=20), False, False),
    ],
)
def test_a_closure_is_told_until_it_is_over(
    closure: dict[str, Any], *, told: bool, closed_today: bool
) -> None:
    stop = make_stop()
    stop.closures = [closure]
    sent = stop_as_sent(make_visited(stop=stop))
    assert (bool(sent["closures"]), sent["closed_today"]) == (told, closed_today)


def test_closures_are_told_in_the_order_of_their_days_and_why_in_french_at_least() -> None:
    stop = make_stop()
    stop.closures = [closed_from(28), closed_from(23, until=24)]
    sent = stop_as_sent(make_visited(stop=stop, narrative=Narrative(lang="nl")))
    assert sent["closures"] == [
        {"from": "2026-06-23", "until": "2026-06-24", "reason": "Travaux.", "lang": "fr"},
        {"from": "2026-06-28", "until": None, "reason": "Travaux.", "lang": "fr"},
    ]


def test_a_map_of_nothing_is_empty() -> None:
    assert geojson_document([], addresses=PUBLIC, today=NOON.date()) == {
        "type": "FeatureCollection",
        "features": [],
    }
