"""Links to choose a password."""

from datetime import timedelta

import pytest

from tests.accounts.signing.callers import NOW, calling
from tests.post_office import arrived_links
from tests.staff.desk import PASSWORD
from tourapp.accounts.services import disable_person, get_person, operator
from tourapp.accounts.signing.attempts import TooManyAttemptsError
from tourapp.accounts.signing.doorkeeping import Doorkeeper
from tourapp.accounts.signing.links import INVITATION, UnknownLinkError, make_link
from tourapp.accounts.signing.passwords import PasswordError
from tourapp.resources import Resources

BY = operator("tests", now=NOW)
OTHER = "quatre autres mots ensemble"


def linked(resources: Resources, email: str) -> str:
    with resources.database.transaction() as session:
        return make_link(session, get_person(session, email), good_for=INVITATION, by=BY)


def test_a_link_gives_a_password_once_and_ends_every_sign_in(
    door: Doorkeeper, resources: Resources, ana: str
) -> None:
    before = door.sign_in(ana, PASSWORD, caller=calling()).secret
    secret = linked(resources, ana)
    door.use_link(secret, OTHER, caller=calling())
    assert door.recognise(before, now=NOW, request_id="r1") is None
    assert door.sign_in(ana, OTHER, caller=calling()).secret
    with pytest.raises(UnknownLinkError):
        door.use_link(secret, OTHER, caller=calling())


def test_a_weak_password_leaves_the_link_good(
    door: Doorkeeper, resources: Resources, ana: str
) -> None:
    secret = linked(resources, ana)
    with pytest.raises(PasswordError):
        door.use_link(secret, "motdepasse1234", caller=calling())
    assert door.use_link(secret, OTHER, caller=calling()).email == ana


def test_a_new_link_ends_the_one_before(door: Doorkeeper, resources: Resources, ana: str) -> None:
    first, second = linked(resources, ana), linked(resources, ana)
    with pytest.raises(UnknownLinkError):
        door.use_link(first, OTHER, caller=calling())
    assert door.use_link(second, OTHER, caller=calling())


def test_a_link_ends(door: Doorkeeper, resources: Resources, ana: str) -> None:
    secret = linked(resources, ana)
    with pytest.raises(UnknownLinkError):
        door.use_link(secret, OTHER, caller=calling(after_s=INVITATION.total_seconds()))


def test_the_link_of_somebody_who_left_is_good_for_nothing(
    door: Doorkeeper, resources: Resources, ana: str
) -> None:
    secret = linked(resources, ana)
    with resources.database.transaction() as session:
        disable_person(session, get_person(session, ana), by=BY)
    with pytest.raises(UnknownLinkError):
        door.use_link(secret, OTHER, caller=calling())
    door.rescue(ana, caller=calling())
    assert arrived_links(resources, now=NOW) == []


def test_a_forgotten_password_is_replaced_within_an_hour(
    door: Doorkeeper, resources: Resources, ana: str
) -> None:
    door.rescue(ana, caller=calling())
    [secret] = arrived_links(resources, now=NOW)
    hour_s = timedelta(hours=1).total_seconds()
    with pytest.raises(UnknownLinkError):
        door.use_link(secret, OTHER, caller=calling(after_s=hour_s))
    assert door.use_link(secret, OTHER, caller=calling(after_s=hour_s - 1))


def test_nobody_gets_a_hundred_letters(door: Doorkeeper, ana: str) -> None:
    for _ in range(3):
        door.rescue(ana, caller=calling())
    with pytest.raises(TooManyAttemptsError):
        door.rescue(ana, caller=calling())
