"""The stops round another."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.samples import sample_stop, write_samples
from tourapp.publishing.commands import seed
from tourapp.resources import Resources
from tourapp.stops.nearby import list_ids_around, list_nearby
from tourapp.stops.services import get_narrative, get_stop


@pytest.fixture
def around(seeded: Resources, tmp_path: Path) -> Resources:
    """Publish stops at 1.1, 2.2, 3.3 and 10 km to the north of the first."""
    far = replace(sample_stop(10), code="8M8M8M")
    seed(seeded, write_samples(tmp_path / "more", sample_stop(4), far))
    return seeded


def nearby(
    resources: Resources, slug: str, *, but: tuple[int, ...] = (), most: int = 9
) -> list[str]:
    with resources.database.reading() as session:
        stop = get_stop(session, slug)
        chosen = list_nearby(session, stop, lang="fr", but=but, most=most)
        return [each.stop.slug for each in chosen]


def test_the_nearest_come_first_and_the_distant_do_not(around: Resources) -> None:
    assert nearby(around, "terril") == ["arret-2", "arret-3", "arret-4"]
    assert nearby(around, "arret-4") == ["arret-3", "arret-2", "terril"]
    assert nearby(around, "arret-10") == []


def test_no_more_are_told_than_wanted_and_none_twice(around: Resources) -> None:
    assert nearby(around, "terril", most=1) == ["arret-2"]
    assert nearby(around, "terril", but=(2,)) == ["arret-3", "arret-4"]


def test_what_is_not_published_is_near_nothing(around: Resources) -> None:
    with around.database.transaction() as session:
        stop = get_stop(session, "arret-3")
        get_narrative(session, stop, lang="fr").published_revision_id = None
    assert nearby(around, "terril") == ["arret-2", "arret-4"]


def test_whoever_shows_a_stop_is_round_it(around: Resources) -> None:
    slugs = ["terril", "arret-2", "arret-3", "arret-4", "arret-10"]
    with around.database.reading() as session:
        stops = {slug: get_stop(session, slug) for slug in slugs}
        for slug, stop in stops.items():
            ids = list_ids_around(session, stop)
            showing = [other for other in slugs if slug in nearby(around, other)]
            assert {stops[other].id for other in showing} <= set(ids)
            assert (stops["arret-10"].id in ids) == (slug == "arret-10")
