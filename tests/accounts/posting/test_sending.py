"""A letter leaves if its act was done, by one worker, at least once: on both kinds of database."""

from datetime import timedelta

import pytest

from tests.accounts.posting.pillar import ANA, NEWS, NOON, Pillar, send, waiting, write
from tourapp.accounts.posting.services import FIRST_DELAY, write_letter
from tourapp.accounts.services import get_person
from tourapp.resources import Resources


class KilledError(BaseException):
    """Nothing that this is raised in goes on."""


def test_a_letter_leaves_once_its_act_is_done(resources: Resources, pillar: Pillar) -> None:
    assert not send(resources, pillar)
    write(resources)
    assert send(resources, pillar)
    [letter] = pillar.letters
    assert (letter["To"], letter["Subject"]) == (ANA, "À relire")
    assert letter["From"] == resources.settings.mail_from
    assert letter["Date"].datetime == NOON
    assert waiting(resources) == []
    assert not send(resources, pillar)


def test_an_act_that_is_undone_sends_nothing(resources: Resources, pillar: Pillar) -> None:
    def act() -> None:
        with resources.database.transaction() as session:
            write_letter(session, get_person(session, ANA), NEWS, at=NOON)
            session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        act()
    assert not send(resources, pillar)


def test_another_worker_does_not_send_it_meanwhile(resources: Resources, pillar: Pillar) -> None:
    write(resources)
    other: list[bool] = []
    pillar.before = lambda: other.append(send(resources, Pillar()))
    assert send(resources, pillar)
    assert (len(pillar.letters), other) == (1, [False])


def test_a_worker_killed_before_it_forgets_a_letter_has_it_sent_twice_under_one_name(
    resources: Resources, pillar: Pillar
) -> None:
    def die() -> None:
        raise KilledError

    write(resources)
    pillar.after = die
    with pytest.raises(KilledError):
        send(resources, pillar)
    pillar.after = lambda: None
    assert not send(resources, pillar, later=FIRST_DELAY - timedelta(seconds=1))
    assert send(resources, pillar, later=FIRST_DELAY)
    first, second = pillar.letters
    assert first.as_bytes() == second.as_bytes()
    assert waiting(resources) == []
