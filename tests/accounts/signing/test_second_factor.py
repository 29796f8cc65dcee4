"""The phone's code after the password, and the codes for when it is lost."""

import pyotp
import pytest

from tests.accounts.signing.callers import NOW, calling
from tests.staff.desk import PASSWORD
from tourapp.accounts.services import actor_of, get_person
from tourapp.accounts.signing.attempts import TooManyAttemptsError
from tourapp.accounts.signing.doorkeeping import Doorkeeper
from tourapp.accounts.signing.second_factor import (
    WrongCodeError,
    begin_second_factor,
    confirm_second_factor,
    count_recovery_codes,
    end_second_factor,
)
from tourapp.errors import UnauthenticatedError
from tourapp.resources import Resources

MINUTE_S = 60.0


class Phone:
    """A phone with an authenticator, and a slip of paper with recovery codes."""

    def __init__(self, secret: str, recovery: list[str]) -> None:
        self._totp = pyotp.TOTP(secret)
        self.recovery = recovery

    def code(self, *, after_s: float = 0) -> str:
        """Return what it shows so many seconds after nine o'clock."""
        return self._totp.at(calling(after_s=after_s).at)


@pytest.fixture
def phone(resources: Resources, ana: str) -> Phone:
    """Have a code asked for from Ana, since a minute before nine."""
    before = calling(after_s=-MINUTE_S).at
    with resources.database.transaction() as session:
        person = get_person(session, ana)
        by = actor_of(person, origin="page", now=before)
        begin_second_factor(session, person, by=by)
        totp = pyotp.TOTP(str(person.totp_secret))
        codes = confirm_second_factor(session, person, totp.at(before), by=by)
    return Phone(totp.secret, codes)


def halfway(door: Doorkeeper, ana: str) -> str:
    admitted = door.sign_in(ana, PASSWORD, caller=calling())
    assert admitted.needs_code
    return admitted.secret


def test_the_password_alone_lets_nobody_in(door: Doorkeeper, ana: str, phone: Phone) -> None:
    secret = halfway(door, ana)
    found = door.recognise(secret, now=NOW, request_id="r1")
    assert found is not None
    assert not found.is_whole
    whole = door.confirm(secret, phone.code(), caller=calling()).secret
    known = door.recognise(whole, now=NOW, request_id="r1")
    assert known is not None
    assert known.is_whole
    assert door.recognise(secret, now=NOW, request_id="r1") is None


@pytest.mark.parametrize("drift_s", [-30, 30])
def test_a_phone_may_be_half_a_minute_early_or_late(
    door: Doorkeeper, ana: str, phone: Phone, drift_s: float
) -> None:
    code = phone.code(after_s=drift_s)
    assert door.confirm(halfway(door, ana), f"{code[:3]} {code[3:]}", caller=calling()).secret


@pytest.mark.parametrize("drift_s", [-90, 90])
def test_no_more_than_that(door: Doorkeeper, ana: str, phone: Phone, drift_s: float) -> None:
    with pytest.raises(WrongCodeError):
        door.confirm(halfway(door, ana), phone.code(after_s=drift_s), caller=calling())


def test_a_code_works_once(door: Doorkeeper, ana: str, phone: Phone) -> None:
    door.confirm(halfway(door, ana), phone.code(), caller=calling())
    with pytest.raises(WrongCodeError):
        door.confirm(halfway(door, ana), phone.code(), caller=calling())


def test_a_recovery_code_stands_in_once_however_it_is_typed(
    door: Doorkeeper, ana: str, phone: Phone, resources: Resources
) -> None:
    typed = phone.recovery[3].lower().replace("-", " ")
    assert door.confirm(halfway(door, ana), typed, caller=calling()).secret
    with pytest.raises(WrongCodeError):
        door.confirm(halfway(door, ana), phone.recovery[3], caller=calling())
    with resources.database.reading() as session:
        assert count_recovery_codes(session, get_person(session, ana)) == 9


def test_who_tries_codes_waits(door: Doorkeeper, ana: str, phone: Phone) -> None:
    secret = halfway(door, ana)
    for _ in range(5):
        with pytest.raises(WrongCodeError):
            door.confirm(secret, "é00000", caller=calling())
    with pytest.raises(TooManyAttemptsError):
        door.confirm(secret, phone.code(), caller=calling())


def test_ten_minutes_after_the_password_the_code_comes_too_late(
    door: Doorkeeper, ana: str, phone: Phone
) -> None:
    late_s = 10 * MINUTE_S
    secret = halfway(door, ana)
    with pytest.raises(UnauthenticatedError, match="too long ago"):
        door.confirm(secret, phone.code(after_s=late_s), caller=calling(after_s=late_s))


def test_a_wrong_code_begins_nothing(resources: Resources, ana: str) -> None:
    with resources.database.transaction() as session:
        person = get_person(session, ana)
        by = actor_of(person, origin="page", now=NOW)
        begin_second_factor(session, person, by=by)
        with pytest.raises(WrongCodeError):
            confirm_second_factor(session, person, "000", by=by)
        assert not person.has_second_factor


@pytest.mark.usefixtures("phone")
def test_it_can_be_begun_anew_and_ended(door: Doorkeeper, resources: Resources, ana: str) -> None:
    with resources.database.transaction() as session:
        person = get_person(session, ana)
        by = actor_of(person, origin="page", now=NOW)
        begin_second_factor(session, person, by=by)
        assert count_recovery_codes(session, person) == 0
        end_second_factor(session, person, by=by)
    assert not door.sign_in(ana, PASSWORD, caller=calling()).needs_code
