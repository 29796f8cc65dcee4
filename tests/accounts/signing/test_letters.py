"""Letters that bring a link: it works where it arrives, and is nowhere while it waits."""

import pytest
from sqlalchemy import text

from tests.accounts.posting.pillar import Pillar, waiting
from tests.accounts.signing.callers import NOW, calling
from tests.post_office import arrived_links
from tourapp.accounts.posting.postman import Postman
from tourapp.accounts.services import get_person, operator
from tourapp.accounts.signing.doorkeeping import Doorkeeper
from tourapp.accounts.signing.letters import INVITING, send_link
from tourapp.accounts.signing.links import INVITATION, make_link
from tourapp.resources import Resources

BY = operator("tests", now=NOW)


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """Return one of one kind: what is kept is the same in either."""
    return sqlite_url


def invite(resources: Resources, email: str, *, secret_key: str = "") -> str:
    with resources.database.transaction() as session:
        key = secret_key or resources.settings.secret_key
        return send_link(session, get_person(session, email), INVITING, secret_key=key, by=BY)


def test_the_link_that_arrives_is_the_one_that_was_shown(
    door: Doorkeeper, resources: Resources, ana: str
) -> None:
    shown = invite(resources, ana)
    assert arrived_links(resources, now=NOW) == [shown]
    assert door.use_link(shown, "quatre autres mots ensemble", caller=calling()).email == ana


def test_who_reads_the_database_while_a_letter_waits_finds_no_link(
    resources: Resources, ana: str
) -> None:
    shown = invite(resources, ana)
    with resources.database.reading() as session:
        [row] = session.execute(text("SELECT * FROM letter"))
    assert "{link}" in row.text
    assert shown not in str(row)
    assert arrived_links(resources, now=NOW) == [shown]


def test_a_seed_makes_another_link_under_another_key(resources: Resources, ana: str) -> None:
    shown = invite(resources, ana, secret_key="the key of another installation")
    [made] = arrived_links(resources, now=NOW)
    assert made != shown


def test_who_is_refused_keeps_no_seed_and_another_link_ends_the_telling(
    resources: Resources, ana: str
) -> None:
    invite(resources, ana)
    pillar = Pillar()
    pillar.hinder("refused", "550 nobody here")
    assert Postman(resources, mailer=pillar, clock=lambda: NOW).send_next()
    assert [(letter.text, letter.link_seed) for letter in waiting(resources)] == [("", "")]
    invite(resources, ana)
    [letter] = waiting(resources)
    assert letter.link_seed


def test_a_link_that_is_good_no_more_is_not_sent(resources: Resources, ana: str) -> None:
    invite(resources, ana)
    shown = invite(resources, ana)
    assert arrived_links(resources, now=NOW) == [shown]
    invite(resources, ana)
    with resources.database.transaction() as session:
        make_link(session, get_person(session, ana), good_for=INVITATION, by=BY)
    assert arrived_links(resources, now=NOW) == [shown]
