"""Letting people in: an attempt is counted, then the password compared, then they are let in.

The first and the last are short transactions; the comparison, which takes a while on purpose,
stands between them and holds no lock.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NoReturn

from sqlalchemy import select

from tourapp.accounts.models import Person
from tourapp.accounts.services import Actor, actor_of, find_person, get_person_by_id, record
from tourapp.accounts.signing.attempts import Tried, count_attempt, forget_attempts
from tourapp.accounts.signing.devices import Devices
from tourapp.accounts.signing.letters import RESCUING, send_link
from tourapp.accounts.signing.links import get_linked, set_password, use_link
from tourapp.accounts.signing.passwords import Hasher, check_password
from tourapp.accounts.signing.second_factor import WrongCodeError, check_code
from tourapp.accounts.signing.sign_ins import (
    Lifetime,
    begin_sign_in,
    end_halfway,
    find_sign_in,
    is_to_be_noted,
    note_sign_in,
)
from tourapp.db import Database
from tourapp.errors import UnauthenticatedError
from tourapp.settings import Settings

log = logging.getLogger(__name__)


class WrongPasswordError(UnauthenticatedError):
    """An address and a password that do not belong together; which is wrong, nobody is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """From where somebody asks to come in, and when."""

    address: str
    device: str
    known_as: str
    at: datetime
    request_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Admitted:
    """Somebody with the right password: what their device shows from now on, and keeps."""

    person_id: int
    secret: str
    needs_code: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """A sign-in that was known again."""

    sign_in_id: int
    is_whole: bool
    person: Person
    by: Actor


class Doorkeeper:
    """Knows how people come in, and how long they stay."""

    def __init__(self, database: Database, settings: Settings, *, hasher: Hasher) -> None:
        self.hasher = hasher
        self.devices = Devices(settings.secret_key)
        self.lifetime = Lifetime(
            idle=timedelta(hours=settings.session_idle_h),
            longest=timedelta(hours=settings.session_longest_h),
        )
        self._database = database
        self._secret_key = settings.secret_key

    def sign_in(self, email: str, password: str, *, caller: Caller) -> Admitted:
        """Let somebody in. Raises TooManyAttemptsError or WrongPasswordError."""
        person, tried = self._count_password(email, caller)
        kept = person.password_hash if person is not None and person.disabled_at is None else None
        if not self.hasher.is_right(password, kept) or person is None:
            self._refuse(person, caller)
        with self._database.transaction() as session:
            # Not those of the address: its owner may try the passwords of others.
            forgotten = [each for each in tried if each.kind != "address"]
            forget_attempts(session, forgotten, secret_key=self._secret_key)
            secret = begin_sign_in(
                session,
                person,
                device=caller.device,
                is_whole=not person.has_second_factor,
                lifetime=self.lifetime,
                by=_acting(person, caller),
            )
        return Admitted(person_id=person.id, secret=secret, needs_code=person.has_second_factor)

    def confirm(self, secret: str, code: str, *, caller: Caller) -> Admitted:
        """Let somebody in who shows the phone's code too.

        Raises TooManyAttemptsError, WrongCodeError, or UnauthenticatedError where the password was
        given too long ago.
        """
        person_id = self._count_code(secret, caller)
        try:
            with self._database.transaction() as session:
                locked = select(Person).where(Person.id == person_id).with_for_update()
                person = session.scalars(locked).one()
                check_code(session, person, code, now=caller.at)
                end_halfway(session, secret)
                forget_attempts(session, [_coded(person_id)], secret_key=self._secret_key)
                whole = begin_sign_in(
                    session,
                    person,
                    device=caller.device,
                    is_whole=True,
                    lifetime=self.lifetime,
                    by=_acting(person, caller),
                )
        except WrongCodeError:
            log.warning("refused: a wrong code", extra={"person_id": person_id})
            raise
        return Admitted(person_id=person_id, secret=whole, needs_code=False)

    def recognise(self, secret: str, *, now: datetime, request_id: str) -> SignedIn | None:
        """Return whose device shows this secret, as long as it is good."""
        with self._database.reading() as session:
            found = find_sign_in(session, secret, lifetime=self.lifetime, now=now)
            if found is None:
                return None
            person, is_due = found.person, is_to_be_noted(found, now=now)
        if is_due:
            with self._database.transaction() as session:
                note_sign_in(session, found.id, now=now)
        by = actor_of(person, origin="page", now=now, request_id=request_id)
        return SignedIn(sign_in_id=found.id, is_whole=found.is_whole, person=person, by=by)

    def rescue(self, email: str, *, caller: Caller) -> None:
        """Send a link to whoever forgot a password; nothing where nobody has the address.

        Raises TooManyAttemptsError.
        """
        tried = [Tried("link", email.strip().lower()), Tried("address", caller.address)]
        with self._database.transaction() as session:
            count_attempt(session, tried, secret_key=self._secret_key, now=caller.at)
            person = find_person(session, email)
            if person is None or person.disabled_at is not None:
                log.warning("refused: a link for an address that nobody has")
            else:
                by = _acting(person, caller)
                send_link(session, person, RESCUING, secret_key=self._secret_key, by=by)

    def use_link(self, secret: str, password: str, *, caller: Caller) -> Person:
        """Give a link's person a password. Raises UnknownLinkError or PasswordError."""
        with self._database.reading() as session:
            person = get_linked(session, secret, now=caller.at)
        password_hash = self._hashed(password, person)
        with self._database.transaction() as session:
            return use_link(
                session, secret, password_hash=password_hash, by=_acting(person, caller)
            )

    def ask_again(self, password: str, *, by: Actor, caller: Caller) -> None:
        """Have somebody who is in prove it anew, before what matters changes.

        Raises TooManyAttemptsError or WrongPasswordError.
        """
        person, tried = self._count_password(by.who, caller)
        if person is None or not self.hasher.is_right(password, person.password_hash):
            self._refuse(person, caller)
        with self._database.transaction() as session:
            forget_attempts(session, tried, secret_key=self._secret_key)

    def change_password(self, wanted: str, *, by: Actor) -> None:
        """Give somebody another password; they sign in with it. Raises PasswordError."""
        with self._database.reading() as session:
            person = get_person_by_id(session, by.person_id)
        password_hash = self._hashed(wanted, person)
        with self._database.transaction() as session:
            same = get_person_by_id(session, by.person_id)
            set_password(session, same, password_hash=password_hash, by=by)

    def _hashed(self, password: str, person: Person) -> str:
        check_password(password, about=[person.email, *person.email.split("@"), person.name])
        return self.hasher.hash(password)

    def _count_password(self, email: str, caller: Caller) -> tuple[Person | None, list[Tried]]:
        with self._database.transaction() as session:
            person = find_person(session, email)
            device = self.devices.find(caller.known_as, None if person is None else person.id)
            tried = [Tried("account", email.strip().lower()), Tried("address", caller.address)]
            if device is not None:
                tried = [Tried("device", device)]
            count_attempt(session, tried, secret_key=self._secret_key, now=caller.at)
        return person, tried

    def _count_code(self, secret: str, caller: Caller) -> int:
        with self._database.transaction() as session:
            found = find_sign_in(session, secret, lifetime=self.lifetime, now=caller.at)
            if found is None or found.is_whole:
                message = "the password was given too long ago"
                raise UnauthenticatedError(message)
            tried = [_coded(found.person_id)]
            count_attempt(session, tried, secret_key=self._secret_key, now=caller.at)
            return found.person_id

    def _refuse(self, person: Person | None, caller: Caller) -> NoReturn:
        log.warning("refused: a wrong address or password")
        if person is not None:
            with self._database.transaction() as session:
                record(session, _acting(person, caller), "sign_in.refuse", person.email)
        message = "the address and the password do not belong together"
        raise WrongPasswordError(message)


def _coded(person_id: int) -> Tried:
    return Tried("code", str(person_id))


def _acting(person: Person, caller: Caller) -> Actor:
    return actor_of(person, origin="page", now=caller.at, request_id=caller.request_id)
