from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from tourapp.audience import adding
from tourapp.audience.adding import PAUSE_S, Adder
from tourapp.audience.models import VisitCount
from tourapp.audience.services import hand_in
from tourapp.resources import Resources

MORNING = datetime(2026, 6, 21, 8, 59, 59, tzinfo=UTC)


class Seconds:
    """A clock that somebody sets."""

    now = 1_000.0

    def __call__(self) -> float:
        """Return the time."""
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    """Return the time that an adder goes by."""
    return Seconds()


@pytest.fixture
def adder(resources: Resources, seconds: Seconds) -> Adder:
    """Return what a worker adds visits up with."""
    return Adder(resources.database, clock=seconds)


def scan(resources: Resources, *, at: datetime = MORNING, times: int = 1) -> None:
    with resources.database.transaction() as session:
        for _ in range(times):
            hand_in(session, {("sign", "fr"): {"7K2M9Q": 2}}, now=at)


def sums(resources: Resources) -> list[tuple[datetime, int]]:
    with resources.database.reading() as session:
        counts = select(VisitCount.hour_at, VisitCount.count).order_by(VisitCount.hour_at)
        return [(hour_at, count) for hour_at, count in session.execute(counts)]


def test_batches_are_added_to_their_hours(resources: Resources, adder: Adder) -> None:
    scan(resources, times=2)
    scan(resources, at=MORNING + timedelta(seconds=1))
    assert adder.add_next()
    assert not adder.add_next()
    nine = datetime(2026, 6, 21, 9, tzinfo=UTC)
    assert sums(resources) == [(nine - timedelta(hours=1), 4), (nine, 2)]


def test_a_backlog_is_added_in_parts(
    resources: Resources, adder: Adder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adding, "_AT_A_TIME", 2)
    scan(resources, times=5)
    assert [adder.add_next() for _ in range(4)] == [True, True, True, False]
    assert [count for _, count in sums(resources)] == [10]


def test_what_comes_later_waits_for_the_next_time(
    resources: Resources, adder: Adder, seconds: Seconds
) -> None:
    assert not adder.add_next()
    scan(resources)
    assert not adder.add_next()
    seconds.now += PAUSE_S
    assert adder.add_next()
    assert [count for _, count in sums(resources)] == [2]
