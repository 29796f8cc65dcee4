"""Links that let somebody choose a password: an invitation, or a password that was forgotten."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from tourapp.accounts.models import Person
from tourapp.accounts.posting.services import forget_letters_with_link
from tourapp.accounts.secrets import digest_of, new_secret
from tourapp.accounts.services import Actor, record
from tourapp.accounts.signing.models import Link
from tourapp.accounts.signing.sign_ins import end_every_sign_in
from tourapp.errors import ConflictError, NotFoundError

INVITATION = timedelta(days=7)
RESCUE = timedelta(hours=1)


class UnknownLinkError(NotFoundError):
    """A link that never was, was used, has ended, or belongs to somebody who left."""


def make_link(session: Session, person: Person, *, good_for: timedelta, by: Actor) -> str:
    """Return the secret of a new link, this once; those before it are good no more.

    Raises ConflictError.
    """
    secret = new_secret()
    keep_link(session, person, secret, good_for=good_for, by=by)
    return secret


def keep_link(
    session: Session, person: Person, secret: str, *, good_for: timedelta, by: Actor
) -> None:
    """Let a secret be a link from now on; those before it are good no more.

    Raises ConflictError where it would let in nobody.
    """
    if person.disabled_at is not None:
        message = f"{person.email} is disabled: no link lets them in"
        raise ConflictError(message)
    _forget_links(session, person)
    link = Link(
        digest=digest_of(secret),
        person_id=person.id,
        created_at=by.at,
        ends_at=by.at + good_for,
    )
    session.add(link)
    record(session, by, "link.create", person.email, ends_at=link.ends_at.isoformat())


def get_linked(session: Session, secret: str, *, now: datetime) -> Person:
    """Return whose link this is, or raise UnknownLinkError."""
    chosen = select(Link).where(Link.digest == digest_of(secret), Link.ends_at > now)
    link = session.scalar(chosen)
    if link is None or link.person.disabled_at is not None:
        message = "the link is unknown, was used, or has ended"
        raise UnknownLinkError(message)
    return link.person


def use_link(session: Session, secret: str, *, password_hash: str, by: Actor) -> Person:
    """Give its person a password; every device has to sign in again. Raises UnknownLinkError."""
    # Of two who use it at once, the second one waits, and finds it gone.
    session.execute(select(Link).where(Link.digest == digest_of(secret)).with_for_update())
    person = get_linked(session, secret, now=by.at)
    _forget_links(session, person)
    set_password(session, person, password_hash=password_hash, by=by)
    return person


def set_password(session: Session, person: Person, *, password_hash: str, by: Actor) -> None:
    """Give a person another password; every device has to sign in again."""
    person.password_hash = password_hash
    end_every_sign_in(session, person, by=by)
    record(session, by, "password.change", person.email)


def _forget_links(session: Session, person: Person) -> None:
    forget_letters_with_link(session, person)
    session.execute(delete(Link).where(Link.person_id == person.id))
