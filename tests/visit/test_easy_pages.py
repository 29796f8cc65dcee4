"""A stop in plain words: a page, a sound and an address of its own."""

from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.samples import NARRATIVE, sample_stop, write_samples
from tests.visit.reading import canonical, read, words
from tourapp.app import create_app
from tourapp.narration.rendering import open_renderer
from tourapp.publishing.commands import seed
from tourapp.resources import Resources

EASY = replace(NARRATIVE, text="C’est un tas de pierres noires.")


@pytest.fixture
def easy(resources: Resources, tmp_path: Path) -> FlaskClient:
    """Return a client of three stops, the first and the last told in plain words too."""
    stops = [sample_stop(1), sample_stop(2), sample_stop(3)]
    for stop in (stops[0], stops[2]):
        stop.narratives["fr", "facile"] = EASY
    seed(resources, write_samples(tmp_path / "stops", *stops))
    return create_app(resources).test_client()


def test_a_stop_is_told_in_plain_words_at_its_own_address(easy: FlaskClient) -> None:
    answer = easy.get("/fr/arrets/terril/facile")
    assert "C’est un tas de pierres noires." in words(answer)
    assert "Le terril est noir." not in words(answer)
    assert canonical(answer) == "https://visite.example.fr/fr/arrets/terril/facile"
    assert answer.headers["Content-Location"] == "/fr/arrets/terril/facile"


def test_the_two_ways_of_telling_lead_to_each_other(easy: FlaskClient) -> None:
    assert '<a href="/fr/arrets/terril/facile">' in easy.get("/fr/arrets/terril").text
    assert '<a href="/fr/arrets/terril">' in easy.get("/fr/arrets/terril/facile").text
    assert "/facile" not in easy.get("/fr/arrets/arret-2").text


def test_a_walk_in_plain_words_goes_on_in_plain_words(easy: FlaskClient) -> None:
    page = easy.get("/fr/arrets/terril/facile").text
    assert 'rel="next" href="/fr/arrets/arret-3/facile"' in page


def test_plain_words_that_nobody_translated_are_french_and_marked(easy: FlaskClient) -> None:
    answer = easy.get("/de/arrets/terril/facile")
    assert '<article class="stop" lang="fr">' in answer.text
    assert canonical(answer) == "https://visite.example.fr/fr/arrets/terril/facile"
    assert '<a href="/de/arrets/terril">' in answer.text


def test_a_stop_without_plain_words_has_no_such_page(easy: FlaskClient) -> None:
    assert easy.get("/fr/arrets/arret-2/facile").status_code == 404


def test_the_sitemap_knows_the_pages_in_plain_words(easy: FlaskClient) -> None:
    page = easy.get("/sitemap.xml").text
    assert "<loc>https://visite.example.fr/fr/arrets/terril/facile</loc>" in page
    assert "/fr/arrets/arret-2/facile" not in page


def test_the_api_tells_plain_words_to_whom_asks_for_them(easy: FlaskClient) -> None:
    whole, plain = read(easy, "stops/terril"), read(easy, "stops/terril?variant=facile")
    assert (whole["variant"], plain["variant"]) == ("standard", "facile")
    assert plain["narrative"]["text"] == EASY.text
    assert plain["links"]["page"].endswith("/fr/arrets/terril/facile")
    assert easy.get("/api/v1/stops/terril?variant=hard").status_code == 422


def test_plain_words_have_a_sound_of_their_own(resources: Resources, easy: FlaskClient) -> None:
    open_renderer(resources).render_due()
    heard = read(easy, "stops/terril/narrations/fr?variant=facile")
    assert [cue["text"] for cue in heard["cues"]["items"]] == [EASY.text]
    assert read(easy, "stops/terril/narrations/fr")["cues"] != heard["cues"]
