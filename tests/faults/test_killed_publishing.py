"""Server and worker are killed at any moment of a publication: nothing acknowledged is lost."""

import os
import random
from collections.abc import Callable
from threading import Thread

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.changing import hired
from tests.faults.live import (
    Bureau,
    Line,
    Office,
    UnansweredError,
    kill,
    open_lines,
    serving,
)
from tests.publishing.edges import Sides
from tests.running import let_pass, wait_until
from tests.staff.desk import CHEAP, seated
from tourapp.bureau import create_bureau
from tourapp.narration.models import Narration
from tourapp.resources import Resources
from tourapp.stops.models import Narrative, Revision, Stop

Publishing = Office | Bureau

KILLS = int(os.environ.get("PUBLISHING_KILLS", "3"))
LONGEST_S = 0.12


def published(resources: Resources) -> Revision:
    with resources.database.reading() as session:
        chosen = (
            select(Revision)
            .join(Narrative, Narrative.published_revision_id == Revision.id)
            .join(Stop, Stop.id == Narrative.stop_id)
            .where(Stop.slug == "arret-2", Narrative.lang == "fr")
        )
        return session.scalars(chosen).one()


def is_wanted(resources: Resources, revision: Revision) -> bool:
    with resources.database.reading() as session:
        wanted = select(Narration.id).where(Narration.revision_id == revision.id)
        return session.scalar(wanted.limit(1)) is not None


class Publisher(Thread):
    """Publishes one number after the other until nobody answers."""

    def __init__(self, office: Publishing, number: int) -> None:
        super().__init__()
        self.office = office
        self.acknowledged = number

    def run(self) -> None:
        """Publish without end."""
        try:
            while True:
                self.office.publish(f"Titre {self.acknowledged + 1}")
                self.acknowledged += 1
        except UnansweredError:
            """The server was killed."""


def by_the_api(app: Flask, resources: Resources) -> Callable[[Line], Publishing]:
    """Return who publishes by a program: it writes, submits and publishes in three requests."""
    token = hired(resources, app.test_client(), "publication").token
    return lambda line: Office(line, token)


def by_the_bureau(_app: Flask, resources: Resources) -> Callable[[Line], Publishing]:
    """Return who publishes in a browser: all of it is one request."""
    desk = seated(create_bureau(resources, nudge=lambda: None, hasher=CHEAP), "publication")
    token = desk.token()
    cookie = desk.client.get_cookie("__Host-bureau")
    assert cookie is not None
    return lambda line: Bureau(line, f"{cookie.key}={cookie.value}", token)


def kill_while_publishing(
    environ: dict[str, str],
    office: Callable[[Line], Publishing],
    *,
    first: int,
    after_s: float,
) -> int:
    """Kill everything some time after a publication, and return the last that was acknowledged."""
    with serving(environ) as (server, worker, port), open_lines(port, 1) as [line]:
        publisher = Publisher(office(line), first)
        publisher.start()
        wait_until(lambda: publisher.acknowledged > first)
        let_pass(after_s)
        kill(worker)
        kill(server)
        publisher.join()
    return publisher.acknowledged


def count_unpublished(resources: Resources) -> int:
    """Return how many revisions were submitted after the one that visitors see."""
    seen = published(resources)
    with resources.database.reading() as session:
        later = select(func.count(Revision.id)).where(
            Revision.narrative_id == seen.narrative_id, Revision.number > seen.number
        )
        return session.scalar(later) or 0


@pytest.mark.parametrize("way", [by_the_api, by_the_bureau])
def test_what_was_acknowledged_outlasts_a_kill_and_nothing_is_half_done(
    app: Flask,
    seeded: Resources,
    environ: dict[str, str],
    way: Callable[[Flask, Resources], Callable[[Line], Publishing]],
) -> None:
    office = way(app, seeded)
    sides = Sides.of(app, seeded)
    chance = random.Random(1119)  # noqa: S311 -- moments, not secrets
    shown = 0
    for _ in range(KILLS):
        moment_s = chance.uniform(0, LONGEST_S)
        acknowledged = kill_while_publishing(environ, office, first=shown, after_s=moment_s)
        revision = published(seeded)
        shown = int(revision.title.removeprefix("Titre "))
        # The last one may have been committed, and its answer lost.
        assert shown in {acknowledged, acknowledged + 1}
        assert is_wanted(seeded, revision)
        # A program submits in one request, and publishes in the next.
        assert count_unpublished(seeded) <= (1 if way is by_the_api else 0)
        for address, lang in list(sides.prepared()):
            sides.assert_alike(address, Accept_Language=lang)
