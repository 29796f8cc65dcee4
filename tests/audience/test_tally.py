from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread, Timer, active_count
from typing import NoReturn

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.audience.counts import counted
from tests.running import wait_until
from tourapp.audience.models import Kind, VisitBatch, VisitCount
from tourapp.audience.tally import Tally
from tourapp.db import Database
from tourapp.errors import UnavailableError
from tourapp.resources import Resources

MORNING = datetime(2026, 6, 21, 8, 59, 59, tzinfo=UTC)


@pytest.fixture
def tally(resources: Resources) -> Tally:
    """Return what counts at nine in the morning, almost."""
    return Tally(resources.database, clock=lambda: MORNING)


def visit(tally: Tally, kind: Kind, subject: str, *, lang: str) -> None:
    tally.add(tally.number(kind, subject, lang=lang))


def test_visits_are_added_up_by_what_was_opened(resources: Resources, tally: Tally) -> None:
    for lang in ("fr", "fr", "nl"):
        visit(tally, "sign", "7K2M9Q", lang=lang)
    visit(tally, "page", "/", lang="fr")
    tally.close()
    assert counted(resources.database) == {
        ("sign", "7K2M9Q", "fr"): 2,
        ("sign", "7K2M9Q", "nl"): 1,
        ("page", "/", "fr"): 1,
    }


def test_they_are_added_to_those_of_another_process(resources: Resources, tally: Tally) -> None:
    other = Tally(resources.database, clock=lambda: MORNING)
    for each in (tally, other, tally):
        visit(each, "page", "/", lang="fr")
        each.write()
    tally.close()
    other.close()
    assert counted(resources.database) == {("page", "/", "fr"): 3}


def test_nothing_is_known_but_the_hour(resources: Resources, tally: Tally) -> None:
    visit(tally, "page", "/", lang="fr")
    tally.close()
    with resources.database.reading() as session:
        [batch] = session.scalars(select(VisitBatch))
    assert batch.hour_at == MORNING.replace(minute=0, second=0)
    assert batch.counts == [["page", "fr", {"/": 1}]]
    counted(resources.database)
    with resources.database.reading() as session:
        [row] = session.scalars(select(VisitCount))
        assert session.scalars(select(VisitBatch)).all() == []
    assert row.hour_at == datetime(2026, 6, 21, 8, tzinfo=UTC)
    columns = {"hour_at", "kind", "subject", "lang", "count"}
    assert set(VisitCount.__table__.columns.keys()) == columns


def test_hours_are_kept_as_every_question_writes_them(resources: Resources, tally: Tally) -> None:
    visit(tally, "page", "/", lang="fr")
    tally.close()
    counted(resources.database)
    with resources.database.reading() as session:
        same = VisitCount.hour_at == MORNING.replace(minute=0, second=0)
        assert session.scalar(select(VisitCount.count).where(same)) == 1


def test_they_are_written_by_themselves(resources: Resources, tally: Tally) -> None:
    visit(tally, "page", "/", lang="fr")
    wait_until(lambda: counted(resources.database))
    visit(tally, "page", "/", lang="fr")
    wait_until(lambda: counted(resources.database) == {("page", "/", "fr"): 2})
    tally.close()


def test_they_outlast_a_database_that_is_away(tmp_path: Path, sqlite_url: str) -> None:
    file = Path(sqlite_url.removeprefix("sqlite:///"))
    away = file.rename(tmp_path / "away.sqlite")
    database = Database(sqlite_url)
    tally = Tally(database)
    visit(tally, "page", "/", lang="fr")
    tally.write()
    database.close()
    file.unlink()
    away.rename(file)
    tally.close()
    assert counted(database) == {("page", "/", "fr"): 1}


def test_what_is_counted_while_the_database_is_away_is_kept_too(
    resources: Resources, monkeypatch: pytest.MonkeyPatch, tally: Tally
) -> None:
    def away() -> NoReturn:
        visit(tally, "page", "/", lang="nl")
        raise UnavailableError

    visit(tally, "page", "/", lang="fr")
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(resources.database, "transaction", away)
        tally.write()
    tally.close()
    assert counted(resources.database) == {("page", "/", "fr"): 1, ("page", "/", "nl"): 1}


def test_who_closes_waits_for_what_is_being_written(
    resources: Resources, monkeypatch: pytest.MonkeyPatch, tally: Tally
) -> None:
    begun, may_end, transaction = Event(), Event(), resources.database.transaction

    @contextmanager
    def slow() -> Iterator[Session]:
        begun.set()
        may_end.wait(10)
        with transaction() as session:
            yield session

    visit(tally, "page", "/", lang="fr")
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(resources.database, "transaction", slow)
        Thread(target=tally.write).start()
        begun.wait(10)
        Timer(0.1, may_end.set).start()
        tally.close()
    assert counted(resources.database) == {("page", "/", "fr"): 1}


def test_what_was_closed_waits_for_nothing_more(resources: Resources, tally: Tally) -> None:
    tally.close()
    threads = active_count()
    visit(tally, "page", "/", lang="fr")
    assert active_count() == threads
    tally.close()
    assert counted(resources.database) == {("page", "/", "fr"): 1}


def test_nothing_counted_writes_nothing(resources: Resources, tally: Tally) -> None:
    tally.write()
    tally.close()
    assert counted(resources.database) == {}
