"""Letting others change an itinerary, one at a time."""

from sqlalchemy.orm import Session

from tourapp.accounts.permissions import granted
from tourapp.accounts.services import Actor, find_person
from tourapp.errors import InvalidError
from tourapp.itineraries.models import Itinerary
from tourapp.itineraries.services import get_for_change, set_editors


class NobodyError(InvalidError):
    """Nobody who writes itineraries has this address."""


def share_with(session: Session, slug: str, email: str, *, tag: str, by: Actor) -> Itinerary:
    """Let somebody change an itinerary too. Raises NobodyError, and as `set_editors` does."""
    person = find_person(session, email)
    if person is None or person.disabled_at or "itineraries:write" not in granted(person.roles):
        message = f"nobody who writes itineraries is known as {email!r}"
        raise NobodyError(message)
    itinerary = get_for_change(session, slug, tag=tag, by=by)
    people = [editor.person for editor in itinerary.editors if editor.person is not person]
    return set_editors(session, slug, [*people, person], tag=tag, by=by)


def stop_sharing_with(session: Session, slug: str, email: str, *, tag: str, by: Actor) -> Itinerary:
    """Let somebody change an itinerary no more; raises as `set_editors` does."""
    itinerary = get_for_change(session, slug, tag=tag, by=by)
    people = [editor.person for editor in itinerary.editors if editor.person.email != email]
    return set_editors(session, slug, people, tag=tag, by=by)
