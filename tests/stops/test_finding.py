"""Published stops by their words, whatever is published meanwhile."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.samples import NARRATIVE
from tourapp.accounts.services import operator
from tourapp.narration.voicing import Voicing
from tourapp.publishing.services import publish_stop
from tourapp.resources import Resources
from tourapp.stops.finding import Finder
from tourapp.stops.queries import StopQuery
from tourapp.stops.services import add_revision, get_narrative, get_stop

NOW = datetime(2026, 11, 25, tzinfo=UTC)


@pytest.fixture
def finder() -> Finder:
    """Return one that knows nothing yet."""
    return Finder()


def ask(finder: Finder, resources: Resources, words: str, **query: object) -> list[int]:
    """Return the ids of the stops that are found."""
    asked = StopQuery(words=words, **query)  # type: ignore[arg-type] # any part of a query
    with resources.database.reading() as session:
        return [found.stop_id for found in finder.find(session, asked)]


def publish(resources: Resources, slug: str, text: str) -> None:
    """Publish another text of a stop."""
    with resources.database.transaction() as session:
        narrative = get_narrative(session, get_stop(session, slug), lang="fr")
        content = replace(NARRATIVE, text=text)
        add_revision(session, narrative, content, origin="staff", now=NOW)
        publish_stop(
            session, slug, by=operator("tests", now=NOW), voicing=Voicing.of(resources.settings)
        )


def test_a_title_counts_more_than_a_text(seeded: Resources, finder: Finder) -> None:
    assert ask(finder, seeded, "église") == [2]
    assert ask(finder, seeded, "terril") == [1, 2, 3]


def test_the_nearest_come_first_where_a_place_is_given(seeded: Resources, finder: Finder) -> None:
    assert ask(finder, seeded, "terril", near=(50.47, 2.778)) == [3, 2, 1]


def test_the_text_that_a_reader_is_given_is_the_one_that_is_searched(
    seeded: Resources, finder: Finder
) -> None:
    assert ask(finder, seeded, "hill", lang="en") == [2]
    assert ask(finder, seeded, "hill", lang="fr") == []
    assert ask(finder, seeded, "résidence", lang="en") == [3]


def test_what_is_published_is_found_by_the_very_next_question(
    seeded: Resources, finder: Finder
) -> None:
    assert ask(finder, seeded, "perdrix") == []
    publish(seeded, "arret-3", "Une perdrix s’envole.")
    assert ask(finder, seeded, "perdrix") == [3]
    publish(seeded, "arret-3", "Plus rien ne vole.")
    assert ask(finder, seeded, "perdrix") == []


def test_an_index_of_many_former_texts_is_made_anew(
    seeded: Resources, finder: Finder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tourapp.stops.finding._SPARED", 0)
    birds = ["pinson", "mésange", "traquet", "faucon", "rossignol", "hirondelle"]
    birds += ("bruant", "pipit", "alouette", "merle", "grive", "bergeronnette")
    for bird in birds:
        publish(seeded, "terril", f"On entend un {bird}.")
        assert ask(finder, seeded, bird) == [1]
    assert ask(finder, seeded, birds[0]) == []
