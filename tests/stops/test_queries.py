"""Reading what is published."""

from pathlib import Path

import pytest
from sqlalchemy import event

from tests.samples import sample_stop, write_samples
from tourapp.errors import NotFoundError
from tourapp.publishing.commands import seed
from tourapp.resources import Resources
from tourapp.stops.queries import (
    StopQuery,
    count_published_stops,
    find_neighbours,
    get_published_narrative,
    get_published_stop,
    get_published_stop_by_number,
    list_published_stops,
)
from tourapp.stops.search import fold
from tourapp.stops.services import get_narrative, get_stop


def _titles(resources: Resources, **query: object) -> list[str]:
    with resources.database.reading() as session:
        chosen = list_published_stops(session, StopQuery(**query))  # type: ignore[arg-type] # any part of a query
        return [each.revision.title for each in chosen]


@pytest.mark.parametrize(
    ("lang", "given"), [("en", "en"), ("fr", "fr"), ("nl", "fr"), ("de", "fr")]
)
def test_the_language_asked_comes_first_then_french(
    seeded: Resources, lang: str, given: str
) -> None:
    with seeded.database.reading() as session:
        assert get_published_stop(session, "arret-2", lang=lang).narrative.lang == given


def test_any_language_is_better_than_none(seeded: Resources) -> None:
    with seeded.database.transaction() as session:
        stop = get_stop(session, "arret-2")
        get_narrative(session, stop, lang="fr").published_revision_id = None
    with seeded.database.reading() as session:
        assert get_published_stop(session, "arret-2", lang="fr").narrative.lang == "en"


def test_a_missing_language_tells_those_that_there_are(seeded: Resources) -> None:
    with seeded.database.reading() as session, pytest.raises(NotFoundError, match="fr, en"):
        get_published_narrative(session, "arret-2", lang="nl")


def test_a_stop_is_found_by_its_number(seeded: Resources) -> None:
    with seeded.database.reading() as session:
        assert get_published_stop_by_number(session, 2, lang="fr").stop.slug == "arret-2"
        with pytest.raises(NotFoundError, match="number 9"):
            get_published_stop_by_number(session, 9, lang="fr")


def test_neighbours_follow_the_numbers(seeded: Resources) -> None:
    with seeded.database.reading() as session:
        first, second = (get_stop(session, slug) for slug in ("terril", "arret-2"))
        before, after = find_neighbours(session, second, lang="fr")
        assert before is not None
        assert after is not None
        assert (before.stop.slug, after.stop.slug) == ("terril", "arret-3")
        assert find_neighbours(session, first, lang="fr")[0] is None


def test_the_nearest_come_first(seeded: Resources) -> None:
    assert _titles(seeded, near=(50.47, 2.778)) == [
        "La résidence",
        "L’église et son toit",
        "Montée du terril",
    ]


def test_letters_fold_to_what_a_phone_types() -> None:
    assert fold("Cœur  d’ŒUVRE À l’été") == "coeur d'oeuvre a l'ete"


def test_thousands_of_stops_take_as_many_statements_as_a_few(
    resources: Resources, tmp_path: Path
) -> None:
    many = [sample_stop(number) for number in range(1, 5)]
    seed(resources, write_samples(tmp_path / "stops", *many))
    statements: list[str] = []
    engine = resources.database.engine
    event.listen(engine, "before_cursor_execute", lambda *call: statements.append(call[2]))
    with resources.database.reading() as session:
        assert count_published_stops(session) == 4
        assert len(list_published_stops(session, StopQuery(), offset=1, limit=2)) == 2
    selects = [statement for statement in statements if statement.startswith("SELECT")]
    assert len(selects) == 2
