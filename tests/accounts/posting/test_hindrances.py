"""Letters that do not leave: tried again ever more seldom, given up, told, and forgotten."""

from datetime import timedelta
from threading import Event

import pytest

from tests.accounts.posting.pillar import ANA, NEWS, NOON, Pillar, send, waiting, write
from tests.post_office import PostOffice, opened
from tests.running import find_free_port
from tourapp.accounts.posting.models import Letter
from tourapp.accounts.posting.postman import Postman
from tourapp.accounts.posting.queries import find_delay, list_given_up
from tourapp.accounts.posting.services import NEWS_GOOD_FOR, TOLD_FOR
from tourapp.accounts.services import disable_person, get_person, operator
from tourapp.mail import UndeliveredError, open_mailer
from tourapp.resources import Resources

MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """Return one of one kind: a refusal is the same with either."""
    return sqlite_url


def tried_in_vain(resources: Resources, pillar: Pillar, *, later: timedelta = SECOND) -> Letter:
    with pytest.raises(UndeliveredError):
        send(resources, pillar, later=later)
    [letter] = waiting(resources)
    return letter


def test_a_letter_waits_longer_with_each_failure_and_then_leaves(
    resources: Resources, pillar: Pillar
) -> None:
    write(resources)
    pillar.hinder("busy", "451 later")
    waits, now = [], NOON
    for _ in range(7):
        letter = tried_in_vain(resources, pillar, later=now - NOON)
        assert letter.next_attempt_at is not None
        waits.append((letter.next_attempt_at - now) // MINUTE)
        now = letter.next_attempt_at
    assert waits == [2, 4, 8, 16, 32, 60, 60]
    assert (letter.attempts, letter.hindrance, letter.answer) == (7, "busy", "451 later")
    pillar.before = lambda: None
    assert send(resources, pillar, later=now - NOON)
    assert waiting(resources) == []


def test_a_real_server_that_was_away_gets_what_was_written_meanwhile(resources: Resources) -> None:
    office, port = PostOffice(), find_free_port()
    now = NOON
    mailer = open_mailer(f"smtp://127.0.0.1:{port}")
    postman = Postman(resources, mailer=mailer, clock=lambda: now)
    write(resources)
    with pytest.raises(UndeliveredError):
        postman.send_next()
    now += 2 * MINUTE
    with opened(office, port=port):
        assert postman.send_next()
    assert [letter["To"] for letter in office.letters] == [ANA]
    assert waiting(resources) == []


def test_what_waits_is_told_with_the_newest_answer(resources: Resources, pillar: Pillar) -> None:
    write(resources)
    with resources.database.reading() as session:
        assert find_delay(session, now=NOON + MINUTE) is None
        unseen = find_delay(session, now=NOON + 5 * MINUTE)
    assert unseen is not None
    assert (unseen.count, unseen.since, unseen.hindrance) == (1, NOON, None)
    pillar.hinder("silent", "timed out")
    tried_in_vain(resources, pillar)
    with resources.database.reading() as session:
        tried = find_delay(session, now=NOON + MINUTE)
    assert tried is not None
    assert (tried.count, tried.hindrance, tried.answer) == (1, "silent", "timed out")


def test_a_letter_that_is_refused_is_given_up_at_once(
    resources: Resources, pillar: Pillar, caplog: pytest.LogCaptureFixture
) -> None:
    write(resources)
    pillar.hinder("refused", "550 nobody here")
    assert send(resources, pillar)
    assert "a letter is given up" in caplog.text
    [letter] = waiting(resources)
    assert (letter.text, letter.next_attempt_at, letter.attempts) == ("", None, 1)
    assert not send(resources, pillar, later=TOLD_FOR - SECOND)
    with resources.database.reading() as session:
        assert [each.answer for each in list_given_up(session)] == ["550 nobody here"]
        assert find_delay(session, now=NOON + TOLD_FOR) is None
    send(resources, pillar, later=TOLD_FOR)
    assert waiting(resources) == []


def test_a_letter_is_given_up_after_some_days_in_vain(
    resources: Resources, pillar: Pillar, caplog: pytest.LogCaptureFixture
) -> None:
    write(resources)
    pillar.hinder("unreachable", "Connection refused")
    assert tried_in_vain(resources, pillar, later=NEWS_GOOD_FOR - SECOND).text == NEWS.text
    assert not send(resources, pillar, later=NEWS_GOOD_FOR)
    [letter] = waiting(resources)
    assert (letter.text, letter.next_attempt_at) == ("", None)
    assert (letter.subject, letter.hindrance) == ("À relire", "unreachable")
    assert "letters that did not leave in time are given up: 1" in caplog.text


def test_whoever_leaves_is_sent_nothing_of_what_waits(resources: Resources, pillar: Pillar) -> None:
    write(resources)
    with resources.database.transaction() as session:
        person = get_person(session, ANA)
        disable_person(session, person, by=operator("tests", now=NOON))
    assert waiting(resources) == []
    assert not send(resources, pillar)


def test_the_worker_goes_on_until_it_is_ended(resources: Resources, pillar: Pillar) -> None:
    ended = Event()
    write(resources)
    pillar.after = ended.set
    Postman(resources, mailer=pillar, clock=lambda: NOON).keep(ended)
    assert len(pillar.letters) == 1
