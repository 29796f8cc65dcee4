import logging
from threading import Event, Thread

import pytest
from flask import Flask
from sqlalchemy import text

from tests.publishing.edges import Sides
from tests.running import wait_until
from tests.samples import CODES
from tourapp.app import create_app, create_restorer
from tourapp.catalogue.services import mark_stale
from tourapp.errors import UnavailableError
from tourapp.publishing import restoring
from tourapp.resources import Resources


def stale_topics(resources: Resources) -> int:
    with resources.database.reading() as session:
        count: int = session.execute(
            text("SELECT count(*) FROM topic WHERE fingerprint IS NULL"),
        ).scalar_one()
    return count


def test_everything_is_prepared_once(app: Flask, seeded: Resources) -> None:
    sides = Sides.of(app, seeded)
    assert sides.restore() == 4
    assert len(list(sides.prepared())) == 4 + 3 * 4 + 3
    assert sides.restore() == 0


def test_without_stops_there_are_the_lists(resources: Resources) -> None:
    sides = Sides.of(create_app(resources), resources)
    assert sides.restore() == 1
    assert [address for address, _ in sides.prepared()] == [
        "/",
        "/api/v1/stops",
        "/api/v1/stops.geojson",
        "/sitemap.xml",
    ]
    sides.assert_alike("/")


def test_what_changes_while_it_is_rendered_stays_stale(fresh: Sides) -> None:
    fresh.forget()
    seen: list[str] = []

    def change_once() -> None:
        if not seen:
            seen.append("changed")
            fresh.forget()

    fresh.app.before_request_funcs.setdefault(None, []).append(change_once)
    restorer = create_restorer(fresh.app, fresh.resources)
    assert restorer.restore_next()
    assert stale_topics(fresh.resources) == 4
    assert fresh.restore() == 4


def test_a_page_that_breaks_leaves_the_others_prepared(fresh: Sides) -> None:
    fresh.forget()

    def broken(code: str) -> str:
        raise ZeroDivisionError(code)

    fresh.app.testing = False
    fresh.app.view_functions["pages.sign"] = broken
    assert fresh.restore() == 4
    addresses = {address for address, _ in fresh.prepared()}
    assert "/fr/arrets/terril" in addresses
    assert f"/Q/{CODES[0]}" not in addresses


def test_an_application_that_cannot_answer_now_is_asked_later(fresh: Sides) -> None:
    fresh.forget()

    def away(slug: str) -> str:
        message = f"the database does not answer for {slug}"
        raise UnavailableError(message)

    fresh.app.view_functions["stops.get_stop"] = away
    restorer = create_restorer(fresh.app, fresh.resources)
    with pytest.raises(UnavailableError, match="cannot be rendered now"):
        fresh.restore()
    assert stale_topics(fresh.resources) > 0
    assert restorer is not None


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a restorer that fails try again soon."""
    monkeypatch.setattr(restoring, "PAUSE_S", 0.01)


@pytest.mark.usefixtures("hurried")
@pytest.mark.parametrize(
    ("error", "told"),
    [
        (UnavailableError("away"), "documents are restored later: away"),
        (ZeroDivisionError("broken"), "documents are not restored"),
    ],
)
def test_it_goes_on_whatever_happens(
    fresh: Sides, error: Exception, told: str, caplog: pytest.LogCaptureFixture
) -> None:
    restorer = create_restorer(fresh.app, fresh.resources)
    calls: list[bool] = []
    restore_next = restorer.restore_next

    def fail_once() -> bool:
        calls.append(True)
        if len(calls) == 1:
            raise error
        return restore_next()

    restorer.restore_next = fail_once  # type: ignore[method-assign]
    ended = Event()
    fresh.forget()
    with caplog.at_level(logging.WARNING):
        thread = Thread(target=restorer.keep_restoring, args=[ended])
        thread.start()
        wait_until(lambda: stale_topics(fresh.resources) == 0)
        with fresh.resources.database.transaction() as session:
            mark_stale(session, ["stops"])
        wait_until(lambda: stale_topics(fresh.resources) == 0)
        ended.set()
        thread.join()
    assert told in caplog.text
