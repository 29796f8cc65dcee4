"""Two guides at one itinerary: one turns its order round, the other removes halts, at once."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from itertools import pairwise
from threading import Barrier

from sqlalchemy import func, select

from tourapp.accounts.services import operator
from tourapp.errors import StaleError
from tourapp.itineraries.content import HaltContent, ItineraryContent
from tourapp.itineraries.models import Halt, Itinerary, Leg
from tourapp.itineraries.paths import DrawnPath
from tourapp.itineraries.queries import get_itinerary
from tourapp.itineraries.route import Point
from tourapp.itineraries.services import change_itinerary, create_itinerary
from tourapp.itineraries.ways import set_path
from tourapp.itineraries.writing import content_of, key_of
from tourapp.resources import Resources

INTERLEAVINGS = int(os.environ.get("INTERLEAVINGS", "40"))
SLUGS = ("terril", "arret-2", "arret-3")
FULL = tuple(HaltContent(stop=SLUGS[place % 3], stay_min=place) for place in range(9))
PATH = DrawnPath([Point(50.4, 2.7), Point(50.5, 2.8)], "GPS")

Halts = tuple[HaltContent, ...]
BY = operator("tests", now=datetime.now(UTC))


def changed(resources: Resources, wish: Callable[[Halts], Halts]) -> None:
    """Change the halts on the state that one sees, as often as another one was faster."""
    while True:
        with resources.database.reading() as session:
            seen = get_itinerary(session, "boucle", viewer=BY)
            tag, halts = str(seen.version), content_of(seen).halts
        try:
            with resources.database.transaction() as session:
                change_itinerary(session, "boucle", {"halts": wish(halts)}, tag=tag, by=BY)
        except StaleError:
            continue
        return


def refilled(resources: Resources) -> None:
    """Have nine halts again, with a path between the first two."""
    changed(resources, lambda _: FULL)
    with resources.database.transaction() as session:
        tag = str(get_itinerary(session, "boucle", viewer=BY).version)
        set_path(session, "boucle", 2, PATH, tag=tag, by=BY)


def check(resources: Resources) -> int:
    """Return how many halts there are, which follow each other; nothing else is left over."""
    with resources.database.reading() as session:
        itinerary = get_itinerary(session, "boucle", viewer=BY)
        positions = [halt.position for halt in itinerary.halts]
        following = set(pairwise(key_of(halt) for halt in itinerary.halts))
        ways = {(leg.start, leg.end) for leg in itinerary.legs}
        orphans = [
            session.scalar(
                select(func.count()).where(rows.itinerary_id.not_in(select(Itinerary.id)))
            )
            for rows in (Halt, Leg)
        ]
        count = session.scalar(select(func.count(Halt.id)))
    assert positions == list(range(1, len(positions) + 1))
    assert ways <= following
    assert orphans == [0, 0]
    assert count == len(positions)
    return len(positions)


def test_an_order_turned_round_while_halts_go_has_no_orphan_and_no_gap(seeded: Resources) -> None:
    with seeded.database.transaction() as session:
        create_itinerary(session, ItineraryContent(title="Boucle", summary=""), by=BY)
    together = Barrier(2)

    def turn() -> None:
        together.wait()
        changed(seeded, lambda halts: halts[::-1])

    def remove() -> None:
        together.wait()
        changed(seeded, lambda halts: halts[1:])

    left = 0
    with ThreadPoolExecutor(2) as pool:
        for _ in range(INTERLEAVINGS):
            if left < 3:
                refilled(seeded)
                left = len(FULL)
            for done in [pool.submit(turn), pool.submit(remove)]:
                done.result()
            left -= 1
            assert check(seeded) == left
