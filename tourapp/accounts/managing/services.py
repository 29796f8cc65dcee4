"""People invited, changed on the state that somebody saw, sent away."""

import hashlib
import json
from collections.abc import Sequence
from typing import Literal, TypedDict

from sqlalchemy.orm import Session

from tourapp.accounts.models import Person
from tourapp.accounts.services import (
    Actor,
    create_person,
    disable_person,
    enable_person,
    get_person_by_id,
    lock_people,
    record,
    set_roles,
)
from tourapp.accounts.signing.letters import INVITING, send_link
from tourapp.accounts.signing.sign_ins import end_every_sign_in
from tourapp.errors import StaleError
from tourapp.settings import Settings

Delivery = Literal["leaving", "kept"]
"""What becomes of a letter: handed to a server, or left in a folder where none is set."""


class PersonChanges(TypedDict, total=False):
    """What may be changed of somebody; what is not given stays as it is."""

    name: str
    roles: Sequence[str]
    is_disabled: bool


def invite(
    session: Session, *, email: str, name: str, roles: Sequence[str], secret_key: str, by: Actor
) -> tuple[Person, str]:
    """Make somebody known, send them a link, and return them with its secret. Raises as they do."""
    person = create_person(session, email=email, name=name, roles=roles, by=by)
    # The person's id is what link and letter refer to.
    session.flush()
    return person, send_link(session, person, INVITING, secret_key=secret_key, by=by)


def delivery_by(settings: Settings) -> Delivery:
    """Return what becomes of letters."""
    return "kept" if settings.mail_url.startswith("file:") else "leaving"


def tag_of(person: Person) -> str:
    """Return what a change of a person must name."""
    state = [person.id, person.name, person.roles, person.disabled_at is not None]
    return hashlib.sha256(json.dumps(state).encode()).hexdigest()[:16]


def change_person(
    session: Session, person_id: int, changes: PersonChanges, *, tag: str, by: Actor
) -> Person:
    """Change what is given of somebody.

    Raises NotFoundError, StaleError, InvalidError or LastAdministratorError.
    """
    lock_people(session)
    person = get_person_by_id(session, person_id)
    # Whoever changes themselves was read already, before the others had to wait.
    session.refresh(person)
    if tag != tag_of(person):
        message = "the person was changed since"
        raise StaleError(message)
    if changes.get("name", person.name) != person.name:
        _rename(session, person, changes["name"], by=by)
    if set(changes.get("roles", person.roles)) != set(person.roles):
        set_roles(session, person, changes["roles"], by=by)
    is_disabled = person.disabled_at is not None
    if changes.get("is_disabled", is_disabled) != is_disabled:
        (enable_person if is_disabled else send_away)(session, person, by=by)
    return person


def send_away(session: Session, person: Person, *, by: Actor) -> None:
    """Let nothing of somebody's work any more. Raises LastAdministratorError."""
    disable_person(session, person, by=by)
    end_every_sign_in(session, person, by=by)


def _rename(session: Session, person: Person, name: str, *, by: Actor) -> None:
    record(session, by, "person.rename", person.email, before=person.name, after=name)
    person.name = name
