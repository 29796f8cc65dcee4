"""A code from a phone after the password (TOTP, RFC 6238), and codes for when it is lost."""

import secrets
from datetime import datetime

import pyotp
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from tourapp.accounts.models import Person
from tourapp.accounts.secrets import digest_of
from tourapp.accounts.services import Actor, record
from tourapp.accounts.signing.models import RecoveryCode
from tourapp.errors import ConflictError, UnauthenticatedError

ISSUER = "Bassin minier, bureau"
RECOVERY_CODES = 10

_STEP_S = 30
_DRIFT_STEPS = 1
# No letters that are taken for figures; 80 bits, so that a fast digest is enough.
_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
_LETTERS = 16


class WrongCodeError(UnauthenticatedError):
    """A code that is wrong, too old, or was used already."""


def begin_second_factor(session: Session, person: Person, *, by: Actor) -> None:
    """Choose the secret that a phone is to hold; nothing is asked for until it is confirmed."""
    if person.has_second_factor:
        end_second_factor(session, person, by=by)
    person.totp_secret = pyotp.random_base32()
    person.totp_step = None


def uri_of(person: Person) -> str:
    """Return what the phone's program reads from a QR code."""
    return pyotp.TOTP(str(person.totp_secret)).provisioning_uri(
        name=person.email, issuer_name=ISSUER
    )


def confirm_second_factor(session: Session, person: Person, code: str, *, by: Actor) -> list[str]:
    """Ask for codes from now on, where the phone shows the right one; return recovery codes.

    Raises WrongCodeError, or ConflictError where codes are asked for already: a form that is sent
    twice leaves the recovery codes that were written down good.
    """
    if person.has_second_factor:
        message = "the codes of the phone are asked for already"
        raise ConflictError(message)
    person.totp_step = _find_step(person, code, now=by.at)
    if person.totp_step is None:
        message = "the code of the phone is wrong"
        raise WrongCodeError(message)
    record(session, by, "second_factor.begin", person.email)
    return renew_recovery_codes(session, person, by=by)


def renew_recovery_codes(session: Session, person: Person, *, by: Actor) -> list[str]:
    """Return new recovery codes, this once; those before them are good no more."""
    _forget_codes(session, person)
    codes = [_new_code() for _ in range(RECOVERY_CODES)]
    session.add_all(
        RecoveryCode(digest=_digest_of(person, code), person_id=person.id) for code in codes
    )
    record(session, by, "recovery_codes.renew", person.email)
    return codes


def count_recovery_codes(session: Session, person: Person) -> int:
    """Return how many recovery codes are left."""
    counted = select(func.count()).where(RecoveryCode.person_id == person.id)
    return session.scalar(counted) or 0


def end_second_factor(session: Session, person: Person, *, by: Actor) -> None:
    """Ask for no codes any more."""
    person.totp_secret = person.totp_step = None
    _forget_codes(session, person)
    record(session, by, "second_factor.end", person.email)


def check_code(session: Session, person: Person, code: str, *, now: datetime) -> None:
    """Accept the phone's code or a recovery code, each of them once, or raise WrongCodeError."""
    step = _find_step(person, code, now=now)
    if step is not None and step > (person.totp_step or 0):
        person.totp_step = step
        return
    recovery = session.get(RecoveryCode, _digest_of(person, code))
    if recovery is None:
        message = "the code is wrong, too old, or was used already"
        raise WrongCodeError(message)
    session.delete(recovery)


def _find_step(person: Person, code: str, *, now: datetime) -> int | None:
    """Return the moment that a code stands for, counted in half minutes."""
    if person.totp_secret is None:
        return None
    totp = pyotp.TOTP(person.totp_secret)
    present = int(now.timestamp()) // _STEP_S
    steps = range(present - _DRIFT_STEPS, present + _DRIFT_STEPS + 1)
    given = "".join(code.split()).encode()
    return next(
        (step for step in steps if secrets.compare_digest(totp.generate_otp(step).encode(), given)),
        None,
    )


def _new_code() -> str:
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(_LETTERS))
    return "-".join(letters[at : at + 4] for at in range(0, _LETTERS, 4))


def _digest_of(person: Person, code: str) -> str:
    plain = "".join(letter for letter in code.upper() if letter in _ALPHABET)
    return digest_of(f"{person.id} {plain}")


def _forget_codes(session: Session, person: Person) -> None:
    session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person.id))
