from typing import Any

import pytest
from flask import Flask, abort, request
from sqlalchemy import text

from tests.publishing.edges import Sides
from tests.samples import CODES
from tourapp.app import create_app, create_restorer
from tourapp.errors import UnavailableError
from tourapp.publishing.restoring import Restorer
from tourapp.resources import Resources
from tourapp.web.limits import register_limits


def stale_topics(resources: Resources) -> int:
    with resources.database.reading() as session:
        count: int = session.execute(
            text("SELECT count(*) FROM topic WHERE fingerprint IS NULL"),
        ).scalar_one()
    return count


# What is prepared before there is any stop: lists, maps, podcasts, homes in four languages.
LISTS = 39
TOURS = 4


def test_everything_is_prepared_once(app: Flask, seeded: Resources) -> None:
    sides = Sides.of(app, seeded)
    assert sides.restore() == 5
    assert len(list(sides.prepared())) == LISTS + 3 * 4 + 3 + TOURS
    assert sides.restore() == 0


def test_without_stops_there_are_the_lists(resources: Resources) -> None:
    sides = Sides.of(create_app(resources), resources)
    assert sides.restore() == 1
    assert len(list(sides.prepared())) == LISTS
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
    assert stale_topics(fresh.resources) == 5
    assert fresh.restore() == 5


def test_a_page_that_breaks_leaves_the_others_prepared(fresh: Sides) -> None:
    fresh.forget()

    def broken(code: str) -> str:
        raise ZeroDivisionError(code)

    fresh.app.testing = False
    fresh.app.view_functions["pages.sign"] = broken
    assert fresh.restore() == 5
    addresses = {address for address, _ in fresh.prepared()}
    assert "/fr/arrets/terril" in addresses
    assert f"/Q/{CODES[0]}" not in addresses


def test_an_address_is_prepared_in_all_of_its_languages_or_in_none(fresh: Sides) -> None:
    fresh.forget()
    show = fresh.app.view_functions["pages.sign"]

    def broken_in_english(code: str) -> Any:  # noqa: ANN401 -- whatever a view answers
        if request.accept_languages.best == "en":
            raise ZeroDivisionError
        return show(code)

    fresh.app.testing = False
    fresh.app.view_functions["pages.sign"] = broken_in_english
    fresh.restore()
    fresh.app.view_functions["pages.sign"] = show
    answer = fresh.assert_alike(f"/Q/{CODES[1]}", Accept_Language="en")
    assert answer.headers["Content-Language"] == "en"


def test_the_machine_may_ask_itself_as_often_as_it_likes(seeded: Resources) -> None:
    app = create_app(seeded)
    register_limits(app, "memory://", unlimited=(), requests="2 per minute")
    sides = Sides.of(app, seeded)
    sides.restore()
    assert len(list(sides.prepared())) == LISTS + 3 * 4 + 3 + TOURS


def test_an_application_that_is_asked_too_much_is_asked_later(fresh: Sides) -> None:
    fresh.forget()

    def refusing() -> None:
        abort(429)

    fresh.app.before_request_funcs.setdefault(None, []).append(refusing)
    with pytest.raises(UnavailableError, match="cannot be rendered now"):
        fresh.restore()
    assert stale_topics(fresh.resources) == 5


def test_another_release_prepares_everything_once(fresh: Sides) -> None:
    mine = create_restorer(fresh.app, fresh.resources)
    theirs = Restorer(fresh.app, fresh.resources.database, fingerprint="theirs")
    theirs.begin()
    assert stale_topics(fresh.resources) == 5
    while theirs.restore_next():
        fresh.assert_alike("/")
    mine.begin()
    theirs.begin()
    rounds = 0
    while mine.restore_next() or theirs.restore_next():
        rounds += 1
    assert rounds == 5


def test_an_application_that_cannot_answer_now_is_asked_later(fresh: Sides) -> None:
    fresh.forget()

    def away(slug: str) -> str:
        message = f"the database does not answer for {slug}"
        raise UnavailableError(message)

    fresh.app.view_functions["stops.get_stop"] = away
    with pytest.raises(UnavailableError, match="cannot be rendered now"):
        fresh.restore()
    assert stale_topics(fresh.resources) > 0
