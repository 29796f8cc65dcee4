"""Coming in, and being kept out: with a clock that the test holds."""

import pytest
from sqlalchemy import select

from tests.accounts.signing.callers import NOW, calling
from tests.staff.desk import PASSWORD
from tourapp.accounts.models import AuditEvent
from tourapp.accounts.services import disable_person, get_person, operator
from tourapp.accounts.signing.attempts import TooManyAttemptsError
from tourapp.accounts.signing.doorkeeping import Caller, Doorkeeper, WrongPasswordError
from tourapp.accounts.signing.models import Attempts
from tourapp.errors import UnauthenticatedError
from tourapp.resources import Resources

HOUR_S = 3600.0


def fail(door: Doorkeeper, email: str, caller: Caller) -> None:
    with pytest.raises(WrongPasswordError):
        door.sign_in(email, "not the password", caller=caller)


def is_known_again(door: Doorkeeper, secret: str, *, after_s: float) -> bool:
    at = calling(after_s=after_s).at
    return door.recognise(secret, now=at, request_id="r1") is not None


def test_the_right_password_lets_in_and_is_known_again(door: Doorkeeper, ana: str) -> None:
    admitted = door.sign_in(" Ana@Example.fr", PASSWORD, caller=calling())
    assert not admitted.needs_code
    found = door.recognise(admitted.secret, now=NOW, request_id="r1")
    assert found is not None
    assert (found.by.who, found.by.origin, found.by.request_id) == (ana, "page", "r1")


def test_an_unknown_address_is_refused_as_a_wrong_password_is(door: Doorkeeper, ana: str) -> None:
    for email in (ana, "nobody@example.fr"):
        fail(door, email, calling())


def test_somebody_who_left_does_not_come_in(
    door: Doorkeeper, ana: str, resources: Resources
) -> None:
    secret = door.sign_in(ana, PASSWORD, caller=calling()).secret
    with resources.database.transaction() as session:
        disable_person(session, get_person(session, ana), by=operator("tests", now=NOW))
    assert not is_known_again(door, secret, after_s=1)
    with pytest.raises(WrongPasswordError):
        door.sign_in(ana, PASSWORD, caller=calling())


def test_each_refusal_is_in_the_log(door: Doorkeeper, ana: str, resources: Resources) -> None:
    fail(door, ana, calling())
    with resources.database.reading() as session:
        last = session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert last is not None
    assert (last.action, last.subject, last.origin) == ("sign_in.refuse", ana, "page")


def test_who_tries_many_passwords_waits_longer_each_time(door: Doorkeeper, ana: str) -> None:
    for _ in range(5):
        fail(door, ana, calling())
    waits, at_s = [], 0.0
    for _ in range(12):
        with pytest.raises(TooManyAttemptsError) as refused:
            door.sign_in(ana, PASSWORD, caller=calling(after_s=at_s))
        waits.append(refused.value.retry_after_s)
        at_s += refused.value.retry_after_s or 0
        fail(door, ana, calling(after_s=at_s))
    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]


def test_while_one_waits_even_the_right_password_is_not_heard(door: Doorkeeper, ana: str) -> None:
    for _ in range(5):
        fail(door, ana, calling())
    with pytest.raises(TooManyAttemptsError):
        door.sign_in(ana, PASSWORD, caller=calling(after_s=0.5))
    assert door.sign_in(ana, PASSWORD, caller=calling(after_s=1)).secret


def test_a_device_that_is_known_is_not_kept_out_by_others(door: Doorkeeper, ana: str) -> None:
    person_id = door.sign_in(ana, PASSWORD, caller=calling()).person_id
    known_as = door.devices.introduce(person_id)
    for _ in range(5):
        fail(door, ana, calling(address="203.0.113.7"))
    with pytest.raises(TooManyAttemptsError):
        door.sign_in(ana, PASSWORD, caller=calling(address="203.0.113.7"))
    assert door.sign_in(ana, PASSWORD, caller=calling(known_as=known_as)).secret


def test_a_known_device_that_tries_passwords_waits_too(door: Doorkeeper, ana: str) -> None:
    known_as = door.devices.introduce(door.sign_in(ana, PASSWORD, caller=calling()).person_id)
    for _ in range(5):
        fail(door, ana, calling(known_as=known_as))
    with pytest.raises(TooManyAttemptsError):
        door.sign_in(ana, PASSWORD, caller=calling(known_as=known_as))


@pytest.mark.parametrize("forged", ["nonsense", "WzEsImEiXQ.aaaaaa.bbbb"])
def test_a_device_that_only_says_so_is_not_known(door: Doorkeeper, ana: str, forged: str) -> None:
    for _ in range(5):
        fail(door, ana, calling(known_as=forged))
    with pytest.raises(TooManyAttemptsError):
        door.sign_in(ana, PASSWORD, caller=calling(known_as=forged))


def test_one_address_does_not_try_one_password_on_everybody(door: Doorkeeper) -> None:
    for number in range(30):
        fail(door, f"person-{number}@example.fr", calling())
    with pytest.raises(TooManyAttemptsError):
        door.sign_in("another@example.fr", "not the password", caller=calling())
    fail(door, "another@example.fr", calling(address="198.51.100.4"))


def test_attempts_are_forgotten_after_a_success_or_a_day(door: Doorkeeper, ana: str) -> None:
    for _ in range(4):
        fail(door, ana, calling())
    door.sign_in(ana, PASSWORD, caller=calling())
    for _ in range(5):
        fail(door, ana, calling())
    fail(door, ana, calling(after_s=25 * HOUR_S))
    fail(door, ana, calling(after_s=25 * HOUR_S))


def test_no_address_and_no_account_is_kept_with_the_count(
    door: Doorkeeper, ana: str, resources: Resources
) -> None:
    fail(door, ana, calling())
    with resources.database.reading() as session:
        kept = " ".join(session.scalars(select(Attempts.key)))
    assert "192.0.2.1" not in kept
    assert ana not in kept


@pytest.mark.parametrize(
    ("sign_s", "asked_s", "is_known"),
    [
        ([], 8 * HOUR_S - 1, True),
        ([], 8 * HOUR_S, False),
        ([7 * HOUR_S], 14 * HOUR_S, True),
        ([hours * 7 * HOUR_S for hours in range(1, 24)], 167 * HOUR_S, True),
        ([hours * 7 * HOUR_S for hours in range(1, 24)], 168 * HOUR_S, False),
    ],
    ids=["at work", "idle", "a sign between", "a week at work", "after a week in any case"],
)
def test_a_sign_in_ends(
    door: Doorkeeper, ana: str, sign_s: list[float], asked_s: float, *, is_known: bool
) -> None:
    secret = door.sign_in(ana, PASSWORD, caller=calling()).secret
    for at_s in sign_s:
        assert is_known_again(door, secret, after_s=at_s)
    assert is_known_again(door, secret, after_s=asked_s) is is_known


def test_a_secret_that_never_was_is_nobodys(door: Doorkeeper) -> None:
    assert not is_known_again(door, "made up", after_s=0)


def test_without_a_password_given_no_code_is_heard(door: Doorkeeper, ana: str) -> None:
    whole = door.sign_in(ana, PASSWORD, caller=calling()).secret
    for secret in ("made up", whole):
        with pytest.raises(UnauthenticatedError):
            door.confirm(secret, "123456", caller=calling())
