from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import Connection, delete, func, insert, select, text, update
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.orm import Session

from tests.running import answers
from tourapp.accounts.services import operator
from tourapp.db import Database, insert_into
from tourapp.errors import ConflictError, UnavailableError
from tourapp.itineraries.content import HaltContent, ItineraryContent, Spot
from tourapp.itineraries.models import Halt
from tourapp.itineraries.services import create_itinerary
from tourapp.narration.models import Sentence

NOON = datetime(2026, 6, 21, 12, tzinfo=UTC)
NOBODY_LISTENS = "postgresql://tour:hush@127.0.0.1:1/tour"


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """Open a migrated database of either kind."""
    opened = Database(database_url)
    yield opened
    opened.close()


@pytest.fixture
def impatient(database_url: str) -> Iterator[Database]:
    """Open the same database once more, for a writer that hardly waits."""
    opened = Database(database_url, lock_wait_s=0.05)
    yield opened
    opened.close()


def keep(database: Database, digest: str, *, at: datetime = NOON) -> None:
    with database.transaction() as session:
        session.add(Sentence(digest=digest, media="a.flac", words=[], spoken_at=at))


def write_gap(session: Session) -> None:
    """Write a halt that follows none, which only the commit refuses."""
    spot = Spot(name="Une table", latitude=50.0, longitude=2.0)
    content = ItineraryContent(title="A", summary="", halts=(HaltContent(spot=spot),) * 3)
    itinerary = create_itinerary(session, content, by=operator("tests", now=NOON))
    session.execute(delete(Halt).where(Halt.itinerary_id == itinerary.id, Halt.position == 2))


def write_and_fail(connection: Connection) -> None:
    connection.execute(text("CREATE TABLE other (id INTEGER)"))
    connection.execute(
        insert(Sentence).values(digest="one", media="a.flac", words=[], spoken_at=NOON)
    )
    message = "no"
    raise ConflictError(message)


def count(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count(Sentence.digest))) or 0


def test_a_transaction_is_committed_at_its_end(database: Database) -> None:
    keep(database, "one")
    assert count(database) == 1


def test_an_error_undoes_the_whole_transaction(database: Database) -> None:
    with pytest.raises(ConflictError, match="no"), database.transaction() as session:
        write_and_fail(session.connection())
    assert count(database) == 0


def test_a_commit_that_fails_leaves_nothing_behind(database: Database) -> None:
    for _ in range(2):
        with pytest.raises(IntegrityError), database.transaction() as session:
            write_gap(session)
    keep(database, "one")
    assert count(database) == 1


def test_a_broken_constraint_is_no_outage(database: Database) -> None:
    keep(database, "one")
    with pytest.raises(IntegrityError):
        keep(database, "one")
    assert count(database) == 1


def test_reading_changes_nothing(database: Database) -> None:
    with database.reading() as session:
        session.add(Sentence(digest="one", media="a.flac", words=[], spoken_at=NOON))
    assert count(database) == 0


def test_reading_sees_one_state_whatever_is_written_meanwhile(database: Database) -> None:
    keep(database, "one")
    with database.reading() as session:
        before = session.scalars(select(Sentence.digest)).all()
        keep(database, "two")
        assert session.scalars(select(Sentence.digest)).all() == before
    assert count(database) == 2


def test_what_is_not_written_yet_is_not_read(database: Database) -> None:
    with database.transaction() as session:
        session.add(Sentence(digest="one", media="a.flac", words=[], spoken_at=NOON))
        session.flush()
        assert count(database) == 0


def test_writers_on_sqlite_wait_for_one_another(sqlite_url: str) -> None:
    database = Database(sqlite_url)

    def write(_: int) -> None:
        with database.transaction() as session:
            # Were two of them here at once, they would take the same number.
            number = session.scalar(select(func.count(Sentence.digest)))
            session.add(Sentence(digest=str(number), media="a.flac", words=[], spoken_at=NOON))

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(write, range(40)))
    assert count(database) == 40
    database.close()


def test_a_database_that_stays_locked_is_unavailable(
    database: Database, impatient: Database
) -> None:
    keep(database, "one")
    with database.transaction() as session:
        session.execute(update(Sentence).values(media="b.flac"))
        with (
            pytest.raises(UnavailableError, match="the database does not answer"),
            impatient.transaction() as other,
        ):
            other.execute(update(Sentence).values(media="c.flac"))


def test_readers_do_not_wait_for_a_writer(database: Database, impatient: Database) -> None:
    keep(database, "one")
    with database.transaction() as session:
        session.execute(update(Sentence).values(media="b.flac"))
        assert count(impatient) == 1


def test_a_server_that_is_away_is_unavailable() -> None:
    database = Database(NOBODY_LISTENS)
    with pytest.raises(UnavailableError) as refusal:
        count(database)
    assert "\n" not in str(refusal.value)
    with pytest.raises(UnavailableError), database.migrating():
        pass


def test_the_database_is_described_without_its_password() -> None:
    assert Database(NOBODY_LISTENS).described == "postgresql+psycopg://tour:***@127.0.0.1:1/tour"


def test_a_lost_connection_is_an_outage_and_is_made_again(postgresql_url: str) -> None:
    database = Database(postgresql_url)
    with pytest.raises(UnavailableError), database.reading() as session:
        session.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
    assert answers(database)
    database.close()


def test_a_missing_folder_is_made(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/new/var/tour.sqlite")
    assert answers(database)
    database.close()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("not a folder")
    with pytest.raises(UnavailableError, match=r"cannot be kept in .*/var"):
        Database(f"sqlite:///{tmp_path}/var/tour.sqlite")


@pytest.mark.parametrize(
    "at", [NOON, datetime(2026, 6, 21, 14, tzinfo=timezone(timedelta(hours=2)))]
)
def test_times_come_back_in_utc(database: Database, at: datetime) -> None:
    keep(database, "one", at=at)
    with database.reading() as session:
        session.execute(text("SELECT 1"))
        kept = session.scalar(select(Sentence.spoken_at))
    assert kept == NOON
    assert kept.tzinfo is UTC


def test_a_time_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="names no zone"):
        keep(database, "one", at=NOON.replace(tzinfo=None))


def test_two_writers_may_want_the_same_row(database: Database) -> None:
    keep(database, "one")
    with database.transaction() as session:
        row = {"digest": "one", "media": "b", "words": [], "spoken_at": NOON}
        wanted = insert_into(session, Sentence).values(row)
        session.execute(wanted.on_conflict_do_nothing())
    assert count(database) == 1


def test_a_migration_is_all_or_nothing(database: Database) -> None:
    with pytest.raises(ConflictError, match="no"), database.migrating() as connection:
        write_and_fail(connection)
    assert count(database) == 0


def test_a_migration_waits_for_another_longer_than_a_writer_would(
    database: Database, impatient: Database
) -> None:
    began, order = Event(), list[str]()

    def second() -> None:
        began.set()
        with impatient.migrating():
            order.append("second")

    with ThreadPoolExecutor(1) as threads:
        with database.migrating():
            waiting = threads.submit(second)
            began.wait()
            order.append("first")
        waiting.result()
    assert order == ["first", "second"]


def test_a_migration_that_breaks_references_is_refused(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    with pytest.raises(ConflictError, match="would break references"), database.migrating() as link:
        link.execute(text("INSERT INTO former_slug (slug, stop_id) VALUES ('terril', 7)"))
    with database.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM former_slug")) == 0
        assert session.scalar(text("PRAGMA foreign_keys")) == 1
    database.close()
