from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import podcastparser
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from tests.samples import sample_stop, write_samples
from tourapp.app import create_app
from tourapp.media import MediaStore
from tourapp.narration.rendering import open_renderer
from tourapp.publishing.commands import seed
from tourapp.publishing.picturing import Illustrator
from tourapp.resources import Resources
from tourapp.stops.models import Revision
from tourapp.stops.renaming import rename_stop
from tourapp.stops.services import get_stop

SITE = "https://visite.example.fr"
FEED = "/fr/podcast.xml"


def read(client: FlaskClient, path: str = FEED) -> dict[str, Any]:
    """Return what a program that plays podcasts reads."""
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.content_type == "application/rss+xml; charset=utf-8"
    feed: dict[str, Any] = podcastparser.parse(SITE + path, BytesIO(answer.data))
    return feed


@pytest.fixture
def store(site: Flask) -> MediaStore:
    media: MediaStore = site.extensions["tourapp"].media
    return media


def test_every_sound_of_a_language_is_an_episode_in_the_order_of_the_walk(
    visitor: FlaskClient,
) -> None:
    feed = read(visitor)
    assert feed["title"] == "Le bassin minier, en marchant"
    assert feed["language"] == "fr"
    assert feed["link"] == f"{SITE}/fr/"
    assert feed["type"] == "serial"
    assert feed["itunes_categories"] == [["Society & Culture", "Places & Travel"]]
    numbers = {each["number"]: each["title"] for each in feed["episodes"]}
    assert numbers == {1: "Montée du terril", 2: "L’église et son toit", 3: "La résidence"}


def test_an_episode_is_told_to_the_byte(visitor: FlaskClient, store: MediaStore) -> None:
    for episode in read(visitor)["episodes"]:
        [enclosure] = episode["enclosures"]
        assert enclosure["mime_type"] == "audio/mpeg"
        name = enclosure["url"].removeprefix(f"{SITE}/media/")
        assert store.find_size(name) == enclosure["file_size"]
        assert episode["total_time"] >= 1
        assert datetime.fromtimestamp(episode["published"], UTC).year >= 2026
        assert episode["link"].startswith(f"{SITE}/fr/arrets/")


def test_another_language_has_a_podcast_of_its_own(visitor: FlaskClient) -> None:
    [episode] = read(visitor, "/en/podcast.xml")["episodes"]
    assert episode["title"] == "The black hill"


def test_a_language_in_which_nothing_is_spoken_has_none(visitor: FlaskClient) -> None:
    assert visitor.get("/de/podcast.xml").status_code == 404
    assert "podcast.xml" in visitor.get("/fr/").text
    assert "podcast.xml" not in visitor.get("/de/").text


def test_an_episode_stays_itself_whatever_changes(spoken: Resources) -> None:
    client = create_app(spoken).test_client()
    before = [each["guid"] for each in read(client)["episodes"]]
    assert len(set(before)) == 3
    with spoken.database.transaction() as session:
        stop = get_stop(session, "terril")
        rename_stop(session, stop, "montee")
        stop.number = 77
    assert sorted(each["guid"] for each in read(client)["episodes"]) == sorted(before)


def test_the_artwork_is_as_large_as_programs_want_it(spoken: Resources) -> None:
    client = create_app(spoken).test_client()
    assert "itunes:image" not in client.get(FEED).text
    illustrator = Illustrator(spoken)
    while illustrator.make_next():
        """Every picture in turn."""
    cover = read(client)["cover_url"]
    assert cover.startswith(f"{SITE}/media/")
    assert cover.endswith(".jpg")


def test_a_text_that_xml_cannot_hold_does_not_break_the_feed(
    resources: Resources, tmp_path: Path
) -> None:
    seed(resources, write_samples(tmp_path / "stops", sample_stop(1)))
    open_renderer(resources).render_due()
    # Nobody can write it now; a database may hold it since before.
    odd = update(Revision).values(title="A & B <c>\x07\ufffe", lede="« é »\x1b")
    with resources.database.transaction() as session:
        session.execute(odd)
    [episode] = read(create_app(resources).test_client())["episodes"]
    assert episode["title"] == "A & B <c>"
