"""Making itineraries and changing them: halts as a whole list, on a state that one has seen."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourapp.accounts.models import Person
from tourapp.accounts.services import Actor, record
from tourapp.errors import ForbiddenError, StaleError
from tourapp.itineraries.content import ItineraryContent, Visibility
from tourapp.itineraries.followable import check_can_be_followed
from tourapp.itineraries.former import go_back, keep_former
from tourapp.itineraries.models import Itinerary, ItineraryEditor, Leg
from tourapp.itineraries.passing import Passage, mark_passages, passages_of
from tourapp.itineraries.queries import find_itinerary, get_itinerary
from tourapp.itineraries.writing import begin, content_of, write
from tourapp.stops.search import fold

_LONGEST_SLUG = 80
# What is taken along bears the slug of its itinerary, or this one.
_EVERY_STOP = "tous-les-arrets"


def create_itinerary(session: Session, content: ItineraryContent, *, by: Actor) -> Itinerary:
    """Make an itinerary, private at first, and its maker's own. Raises InvalidError."""
    itinerary = Itinerary(
        slug=_free_slug(session, content.title),
        owner_id=by.person_id,
        visibility="private",
    )
    begin(session, itinerary, content, now=by.at)
    record(session, by, "itinerary.create", itinerary.slug)
    return itinerary


def change_itinerary(
    session: Session,
    slug: str,
    changes: Mapping[str, Any],
    *,
    tag: str,
    by: Actor,
) -> Itinerary:
    """Write some of an itinerary's fields; `halts` are given as a whole, in their new order.

    Raises NotFoundError, ForbiddenError, InvalidError, StaleError where it changed meanwhile, and
    ConflictError where those who follow it could do so no more.
    """
    itinerary = get_for_change(session, slug, tag=tag, by=by)
    passed, present = passages_of(itinerary), content_of(itinerary)
    content = replace(present, **changes)
    if content != present:
        keep_former(itinerary, present, dropped=write(session, itinerary, content, now=by.at))
        itinerary.version += 1
        record(session, by, "itinerary.change", slug, fields=sorted(changes))
    _hold_together(session, itinerary, present, passed)
    return itinerary


def undo_change(session: Session, slug: str, *, tag: str, by: Actor) -> Itinerary:
    """Let an itinerary say again what it said before the newest change of that; raises as that.

    Each time goes one change further back; NothingFormerError where there is none.
    """
    itinerary = get_for_change(session, slug, tag=tag, by=by)
    passed, present = passages_of(itinerary), content_of(itinerary)
    go_back(session, itinerary, now=by.at)
    itinerary.version += 1
    record(session, by, "itinerary.undo", slug)
    _hold_together(session, itinerary, present, passed)
    return itinerary


def duplicate_itinerary(session: Session, slug: str, *, by: Actor) -> Itinerary:
    """Make a private copy of an itinerary, which is then one's own. Raises NotFoundError.

    Notes and questions come along where one may read them.
    """
    original = get_itinerary(session, slug, viewer=by)
    content = content_of(original)
    told = content if may_lead(original, by) else content.for_others()
    copy = create_itinerary(session, told, by=by)
    copy.legs = [
        Leg(start=leg.start, end=leg.end, source=leg.source, points=leg.points)
        for leg in original.legs
    ]
    return copy


def set_visibility(
    session: Session,
    slug: str,
    visibility: Visibility,
    *,
    tag: str,
    by: Actor,
) -> Itinerary:
    """Show an itinerary to everyone, to who has its link, or to nobody else.

    Raises as `change_itinerary` does, and ConflictError where visitors could not follow it.
    """
    itinerary = get_for_change(session, slug, tag=tag, by=by)
    if visibility != "private":
        check_can_be_followed(session, itinerary)
    before = passages_of(itinerary)
    itinerary.visibility = visibility
    itinerary.version += 1
    itinerary.updated_at = by.at
    record(session, by, "itinerary.show", slug, visibility=visibility)
    mark_passages(session, before, passages_of(itinerary))
    return itinerary


def delete_itinerary(session: Session, slug: str, *, tag: str, by: Actor) -> None:
    """Delete an itinerary with its halts and paths; raises as `change_itinerary` does."""
    itinerary = get_for_change(session, slug, tag=tag, by=by)
    record(session, by, "itinerary.delete", slug, title=itinerary.title)
    session.delete(itinerary)
    mark_passages(session, passages_of(itinerary), set())


def set_editors(
    session: Session,
    slug: str,
    people: Sequence[Person],
    *,
    tag: str,
    by: Actor,
) -> Itinerary:
    """Let these people, and no others beside the owner, change an itinerary too."""
    itinerary = get_for_change(session, slug, tag=tag, by=by)
    itinerary.editors = [ItineraryEditor(person=person) for person in people]
    itinerary.version += 1
    emails = sorted(person.email for person in people)
    record(session, by, "itinerary.share", slug, editors=emails)
    return itinerary


def get_for_change(session: Session, slug: str, *, tag: str, by: Actor) -> Itinerary:
    """Return an itinerary that others change only after; raises as `change_itinerary` does."""
    session.execute(select(Itinerary.id).where(Itinerary.slug == slug).with_for_update())
    itinerary = get_itinerary(session, slug, viewer=by)
    if not may_change(itinerary, by):
        message = f"{by.who} may read itinerary {slug!r}, not change it"
        raise ForbiddenError(message)
    if tag != str(itinerary.version):
        message = f"itinerary {slug!r} changed meanwhile: it is at {itinerary.version}, not {tag}"
        raise StaleError(message)
    return itinerary


def may_change(itinerary: Itinerary, by: Actor) -> bool:
    """Tell whether somebody is its owner, an editor, or may publish anything."""
    own = {itinerary.owner_id, *(editor.person_id for editor in itinerary.editors)}
    return "stops:publish" in by.permissions or (by.person_id is not None and by.person_id in own)


def may_lead(itinerary: Itinerary, by: Actor) -> bool:
    """Tell whether somebody may read what is kept for who leads it.

    These are its authors; of an itinerary that is nobody's own, the house's, every guide.
    """
    is_the_house_s = itinerary.owner_id is None and "itineraries:write" in by.permissions
    return is_the_house_s or may_change(itinerary, by)


def _hold_together(
    session: Session, itinerary: Itinerary, former: ItineraryContent, passed: set[Passage]
) -> None:
    """Refuse what those who follow it could follow no more; pages of stops tell what holds now."""
    if itinerary.visibility != "private":
        check_can_be_followed(session, itinerary, known=former)
    mark_passages(session, passed, passages_of(itinerary))


def _free_slug(session: Session, title: str) -> str:
    stem = re.sub(r"[^a-z0-9]+", "-", fold(title))[:_LONGEST_SLUG].strip("-") or "itineraire"
    slug, count = stem, 1
    while slug == _EVERY_STOP or find_itinerary(session, slug) is not None:
        count += 1
        slug = f"{stem}-{count}"
    return slug
