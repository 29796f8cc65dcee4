"""What links show of themselves, and what search engines are told."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.samples import sample_stop, write_samples
from tests.visit.visits import NOON, make_heard, make_stop, make_visited
from tourapp.app import create_app
from tourapp.publishing.commands import seed
from tourapp.publishing.picturing import Illustrator
from tourapp.resources import Resources
from tourapp.visit.found.sharing import shared_stop, spoken_length
from tourapp.web.addresses import Addresses

SITE = "https://visite.example.fr"


@pytest.fixture
def illustrated(seeded: Resources) -> FlaskClient:
    """Return a client of the small stops, whose pictures are made."""
    illustrator = Illustrator(seeded)
    while illustrator.make_next():
        """Every picture in turn."""
    return create_app(seeded).test_client()


def properties(page: str) -> dict[str, str]:
    return dict(re.findall(r'<meta (?:property|name)="([\w:]+)" content="([^"]*)">', page))


def alternates(page: str) -> dict[str, str]:
    return dict(re.findall(r'<link rel="alternate" hreflang="([\w-]+)" href="([^"]*)">', page))


def linked(page: str) -> dict[str, Any]:
    [data] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    told: dict[str, Any] = json.loads(data)
    return told


def test_a_stop_is_known_in_each_language_that_it_is_told_in(visitor: FlaskClient) -> None:
    french = visitor.get("/fr/arrets/arret-2").text
    assert alternates(french) == {
        "fr": f"{SITE}/fr/arrets/arret-2",
        "en": f"{SITE}/en/arrets/arret-2",
        "x-default": f"{SITE}/fr/arrets/arret-2",
    }
    assert alternates(visitor.get("/en/arrets/arret-2").text) == alternates(french)
    # It is not told in Dutch: what stands there is the French page.
    assert alternates(visitor.get("/nl/arrets/arret-2").text) == alternates(french)


def test_the_home_page_is_known_in_every_language_and_in_none(visitor: FlaskClient) -> None:
    for path in ("/", "/en/"):
        assert alternates(visitor.get(path).text) == {
            **{lang: f"{SITE}/{lang}/" for lang in ("fr", "en", "nl", "de")},
            "x-default": f"{SITE}/",
        }


def test_a_page_that_is_none_is_known_nowhere(visitor: FlaskClient) -> None:
    for path in ("/fr/nowhere", "/fr/?numero=99"):
        page = visitor.get(path).text
        assert alternates(page) == {}
        assert "og:title" not in page
        assert "canonical" not in page


def test_a_link_to_a_stop_shows_its_picture(illustrated: FlaskClient) -> None:
    shown = properties(illustrated.get("/fr/arrets/arret-2").text)
    assert shown["og:title"] == "2. L’église et son toit"
    assert shown["og:description"] == "Une montagne faite à la main."
    assert shown["og:url"] == f"{SITE}/fr/arrets/arret-2"
    assert (shown["og:locale"], shown["og:locale:alternate"]) == ("fr_FR", "en_GB")
    assert (shown["og:image:width"], shown["og:image:height"]) == ("1200", "630")
    assert shown["og:image:alt"] == "Un cône noir."
    assert shown["twitter:card"] == "summary_large_image"
    picture = illustrated.get(shown["og:image"].removeprefix(SITE), buffered=True)
    assert picture.content_type == "image/jpeg"


def test_a_link_to_the_home_page_shows_the_visit(illustrated: FlaskClient) -> None:
    shown = properties(illustrated.get("/en/").text)
    assert shown["og:type"] == "website"
    assert shown["og:url"] == f"{SITE}/en/"
    assert shown["og:image"].startswith(f"{SITE}/media/")


def test_a_link_without_a_picture_yet_is_a_link_all_the_same(visitor: FlaskClient) -> None:
    shown = properties(visitor.get("/fr/arrets/terril").text)
    assert shown["twitter:card"] == "summary"
    assert "og:image" not in shown


def test_a_search_engine_is_told_of_the_place_and_its_sound(visitor: FlaskClient) -> None:
    told = linked(visitor.get("/fr/arrets/terril").text)
    assert told["@type"] == "TouristAttraction"
    assert told["@id"] == told["url"] == f"{SITE}/fr/arrets/terril"
    assert told["geo"] == {
        "@type": "GeoCoordinates",
        "latitude": 50.443,
        "longitude": 2.778,
        "elevation": 186,
    }
    sound = told["subjectOf"]
    assert (sound["@type"], sound["encodingFormat"]) == ("AudioObject", "audio/mpeg")
    assert sound["contentUrl"].startswith(f"{SITE}/media/")
    assert re.fullmatch(r"PT0M\d\dS", sound["duration"])
    assert "specialOpeningHoursSpecification" not in told


def test_a_search_engine_is_told_of_the_whole_visit(visitor: FlaskClient) -> None:
    told = linked(visitor.get("/nl/").text)
    assert (told["@type"], told["inLanguage"], told["url"]) == ("WebSite", "nl", f"{SITE}/nl/")


def test_a_closed_place_is_told_to_be_closed() -> None:
    stop = make_stop()
    stop.altitude_m = None
    stop.closures = [
        {"from_day": "2026-06-21", "until_day": "2026-06-22", "reason": {"fr": "Gel."}},
        {"from_day": "2026-07-01", "until_day": None, "reason": {"fr": "Gel."}},
    ]
    visited = make_visited(stop=stop, heard=make_heard())
    shared = shared_stop(visited, addresses=Addresses(SITE), today=NOON.date())
    closed = {"@type": "OpeningHoursSpecification", "opens": "00:00", "closes": "00:00"}
    assert shared.linked_data["specialOpeningHoursSpecification"] == [
        closed | {"validFrom": "2026-06-21", "validThrough": "2026-06-22"},
        closed | {"validFrom": "2026-07-01"},
    ]
    assert "elevation" not in shared.linked_data["geo"]


def test_what_a_title_holds_never_ends_the_data(resources: Resources, tmp_path: Path) -> None:
    title = "</script><script>alert(1)</script>"
    seed(resources, write_samples(tmp_path / "stops", sample_stop(1, title=title)))
    page = create_app(resources).test_client().get("/fr/arrets/terril").text
    assert linked(page)["name"] == title


@pytest.mark.parametrize(("seconds", "written"), [(9.6, "PT0M10S"), (125, "PT2M05S")])
def test_a_length_is_written_as_machines_read_it(seconds: float, written: str) -> None:
    assert spoken_length(seconds) == written
