"""Sign-ins: begun, known again, ended by their person, by idleness, or by their age."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from tourapp.accounts.models import Person
from tourapp.accounts.secrets import digest_of, new_secret
from tourapp.accounts.services import Actor, record
from tourapp.accounts.signing.models import SignIn
from tourapp.errors import NotFoundError

# Between the password and the code of the phone.
HALFWAY = timedelta(minutes=10)

# So that reading a page does not write each time.
_NOTED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Lifetime:
    """After how long without a sign a person is asked again, and after how long in any case."""

    idle: timedelta
    longest: timedelta


def begin_sign_in(
    session: Session,
    person: Person,
    *,
    device: str,
    is_whole: bool,
    lifetime: Lifetime,
    by: Actor,
) -> str:
    """Let a person in, and return the secret that their device shows from now on."""
    _end_outdated(session, lifetime, now=by.at)
    secret = new_secret()
    sign_in = SignIn(
        digest=digest_of(secret),
        person_id=person.id,
        device=device,
        began_at=by.at,
        seen_at=by.at,
        is_whole=is_whole,
    )
    session.add(sign_in)
    if is_whole:
        record(session, by, "sign_in.begin", person.email, device=device)
    return secret


def find_sign_in(
    session: Session,
    secret: str,
    *,
    lifetime: Lifetime,
    now: datetime,
) -> SignIn | None:
    """Return the sign-in that a device shows the secret of, while it lasts."""
    found = session.scalar(select(SignIn).where(SignIn.digest == digest_of(secret)))
    if found is None or found.person.disabled_at is not None:
        return None
    idle = lifetime.idle if found.is_whole else HALFWAY
    is_over = found.seen_at <= now - idle or found.began_at <= now - lifetime.longest
    return None if is_over else found


def is_to_be_noted(sign_in: SignIn, *, now: datetime) -> bool:
    """Tell whether it is time to write down that its person is still there."""
    return sign_in.is_whole and sign_in.seen_at <= now - _NOTED_EVERY


def note_sign_in(session: Session, sign_in_id: int, *, now: datetime) -> None:
    """Write down that somebody is still there."""
    session.execute(update(SignIn).where(SignIn.id == sign_in_id).values(seen_at=now))


def list_sign_ins(session: Session, person_id: int | None) -> Sequence[SignIn]:
    """Return where a person is signed in, the newest sign first."""
    chosen = select(SignIn).where(SignIn.person_id == person_id, SignIn.is_whole)
    return session.scalars(chosen.order_by(SignIn.seen_at.desc())).all()


def end_halfway(session: Session, secret: str) -> None:
    """Let a password that was followed by its code be good no more."""
    session.execute(delete(SignIn).where(SignIn.digest == digest_of(secret)))


def end_sign_in(session: Session, sign_in_id: int, *, by: Actor) -> None:
    """End one of one's own sign-ins, or raise NotFoundError."""
    own = select(SignIn).where(SignIn.id == sign_in_id, SignIn.person_id == by.person_id)
    sign_in = session.scalar(own)
    if sign_in is None:
        message = "there is no such sign-in"
        raise NotFoundError(message)
    session.delete(sign_in)
    record(session, by, "sign_in.end", by.who, device=sign_in.device)


def end_every_sign_in(session: Session, person: Person, *, by: Actor) -> None:
    """Have every device of a person sign in again."""
    session.execute(delete(SignIn).where(SignIn.person_id == person.id))
    record(session, by, "sign_in.end_all", person.email)


def _end_outdated(session: Session, lifetime: Lifetime, *, now: datetime) -> None:
    is_over = or_(
        SignIn.seen_at <= now - lifetime.idle,
        SignIn.began_at <= now - lifetime.longest,
        ~SignIn.is_whole & (SignIn.began_at <= now - HALFWAY),
    )
    session.execute(delete(SignIn).where(is_over))
