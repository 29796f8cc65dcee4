import logging
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

import pytest

from tests.publishing.edges import Sides
from tests.publishing.test_restoring import stale_topics
from tests.running import wait_until
from tourapp import retrying
from tourapp.app import create_keeper
from tourapp.catalogue.services import mark_stale
from tourapp.errors import UnavailableError
from tourapp.publishing.keeping import Keeper


@pytest.fixture
def keeper(fresh: Sides, monkeypatch: pytest.MonkeyPatch) -> Keeper:
    """Return what keeps a site up to date, and tries again soon where that fails."""
    monkeypatch.setattr(retrying, "PAUSE_S", 0.01)
    return create_keeper(fresh.app, fresh.resources)


@contextmanager
def kept(keeper: Keeper) -> Iterator[None]:
    ended = Event()
    thread = Thread(target=keeper.keep, args=[ended])
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (UnavailableError("away"), "bringing pages up to date comes later: away"),
        (ZeroDivisionError("broken"), "bringing pages up to date failed"),
    ],
)
def test_it_goes_on_whatever_happens(
    fresh: Sides,
    keeper: Keeper,
    error: Exception,
    told: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    act_on_due = keeper.act_on_due
    failures = [error]

    def fail_once() -> bool:
        if failures:
            raise failures.pop()
        return act_on_due()

    monkeypatch.setattr(keeper, "act_on_due", fail_once)
    fresh.forget()
    with caplog.at_level(logging.WARNING), kept(keeper):
        wait_until(lambda: stale_topics(fresh.resources) == 0)
        with fresh.resources.database.transaction() as session:
            mark_stale(session, ["stops"])
        wait_until(lambda: stale_topics(fresh.resources) == 0)
    assert told in caplog.text


def test_what_cannot_be_published_keeps_nothing_from_being_restored(
    fresh: Sides, keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> bool:
        raise ZeroDivisionError

    monkeypatch.setattr(keeper, "act_on_due", fail)
    fresh.forget()
    with kept(keeper):
        wait_until(lambda: stale_topics(fresh.resources) == 0)
