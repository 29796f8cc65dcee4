"""Making itineraries and changing them: halts as a whole list, on a state that one has seen."""

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourapp.accounts.models import Person
from tourapp.accounts.services import Actor, record
from tourapp.errors import ConflictError, ForbiddenError, InvalidError, StaleError
from tourapp.itineraries.content import (
    HaltContent,
    ItineraryContent,
    Spot,
    Visibility,
)
from tourapp.itineraries.models import Halt, Itinerary, ItineraryEditor, Leg
from tourapp.itineraries.paths import DrawnPath
from tourapp.itineraries.queries import find_itinerary, get_itinerary
from tourapp.stops.models import Narrative, Stop
from tourapp.stops.search import fold

_FIELDS = tuple(name for name in ItineraryContent.__dataclass_fields__ if name != "halts")
_LONGEST_SLUG = 80
_FEWEST_PUBLISHED = 2


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


def begin(
    session: Session, itinerary: Itinerary, content: ItineraryContent, *, now: datetime
) -> None:
    """Write a new itinerary, whose slug and visibility are given already. Raises InvalidError."""
    itinerary.secret = secrets.token_urlsafe(16)
    itinerary.version = 1
    itinerary.created_at = now
    write(session, itinerary, content, now=now)


def change_itinerary(
    session: Session,
    slug: str,
    changes: Mapping[str, Any],
    *,
    tag: str,
    by: Actor,
) -> Itinerary:
    """Write some of an itinerary's fields; `halts` are given as a whole, in their new order.

    Raises NotFoundError, ForbiddenError, InvalidError, or StaleError where it changed meanwhile.
    """
    itinerary = _get_at(session, slug, tag=tag, by=by)
    write(session, itinerary, replace(content_of(itinerary), **changes), now=by.at)
    itinerary.version += 1
    record(session, by, "itinerary.change", slug, fields=sorted(changes))
    return itinerary


def duplicate_itinerary(session: Session, slug: str, *, by: Actor) -> Itinerary:
    """Make a private copy of an itinerary, which is then one's own. Raises NotFoundError."""
    original = get_itinerary(session, slug, viewer=by)
    copy = create_itinerary(session, content_of(original), by=by)
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
    itinerary = _get_at(session, slug, tag=tag, by=by)
    if visibility != "private":
        _check_can_be_followed(session, itinerary)
    itinerary.visibility = visibility
    itinerary.version += 1
    itinerary.updated_at = by.at
    record(session, by, "itinerary.show", slug, visibility=visibility)
    return itinerary


def delete_itinerary(session: Session, slug: str, *, tag: str, by: Actor) -> None:
    """Delete an itinerary with its halts and paths; raises as `change_itinerary` does."""
    itinerary = _get_at(session, slug, tag=tag, by=by)
    record(session, by, "itinerary.delete", slug, title=itinerary.title)
    session.delete(itinerary)


def set_editors(
    session: Session,
    slug: str,
    people: Sequence[Person],
    *,
    tag: str,
    by: Actor,
) -> Itinerary:
    """Let these people, and no others beside the owner, change an itinerary too."""
    itinerary = _get_at(session, slug, tag=tag, by=by)
    itinerary.editors = [ItineraryEditor(person=person) for person in people]
    itinerary.version += 1
    emails = sorted(person.email for person in people)
    record(session, by, "itinerary.share", slug, editors=emails)
    return itinerary


def set_path(
    session: Session,
    slug: str,
    position: int,
    path: DrawnPath,
    *,
    tag: str,
    by: Actor,
) -> Itinerary:
    """Let a path lead to the halt at a position, in place of the estimate.

    Raises InvalidError for a position that no way leads to, and as `change_itinerary` does.
    """
    itinerary = _get_at(session, slug, tag=tag, by=by)
    start, end = _ends(itinerary, position)
    kept = [leg for leg in itinerary.legs if (leg.start, leg.end) != (start, end)]
    # The former path gives up its place before the new one takes it.
    itinerary.legs = kept
    session.flush()
    listed = [list(point) for point in path.points]
    itinerary.legs.append(Leg(start=start, end=end, source=path.source, points=listed))
    itinerary.version += 1
    record(session, by, "itinerary.path", slug, position=position, points=len(listed))
    return itinerary


def remove_path(session: Session, slug: str, position: int, *, tag: str, by: Actor) -> Itinerary:
    """Go back to the estimate for the way to a halt; raises as `set_path` does."""
    itinerary = _get_at(session, slug, tag=tag, by=by)
    ends = _ends(itinerary, position)
    itinerary.legs = [leg for leg in itinerary.legs if (leg.start, leg.end) != ends]
    itinerary.version += 1
    record(session, by, "itinerary.path", slug, position=position, points=0)
    return itinerary


def content_of(itinerary: Itinerary) -> ItineraryContent:
    """Return what an itinerary says."""
    fields = {name: getattr(itinerary, name) for name in _FIELDS}
    return ItineraryContent(**fields, halts=tuple(_halt_content(halt) for halt in itinerary.halts))


def key_of(halt: Halt) -> str:
    """Return what a path knows a halt by, whatever its place in the order."""
    if halt.stop_id is not None:
        return f"stop:{halt.stop_id}"
    return f"spot:{halt.latitude:.6f},{halt.longitude:.6f}"


def write(
    session: Session, itinerary: Itinerary, content: ItineraryContent, *, now: datetime
) -> None:
    """Write what an itinerary says; paths between halts that part are dropped."""
    stops = _stops_of(session, content.halts)
    for name in _FIELDS:
        setattr(itinerary, name, getattr(content, name))
    itinerary.updated_at = now
    session.add(itinerary)
    # The former halts give up their positions before the new ones take them.
    itinerary.halts = []
    session.flush()
    itinerary.halts = [
        _halt(halt, position, stops) for position, halt in enumerate(content.halts, 1)
    ]
    # A new halt knows its stop's id once it is written.
    session.flush()
    keys = [key_of(halt) for halt in itinerary.halts]
    following = set(pairwise(keys))
    itinerary.legs = [leg for leg in itinerary.legs if (leg.start, leg.end) in following]


def _get_at(session: Session, slug: str, *, tag: str, by: Actor) -> Itinerary:
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


def _stops_of(session: Session, halts: Sequence[HaltContent]) -> dict[str, Stop]:
    slugs = {halt.stop for halt in halts if halt.stop is not None}
    stops = {stop.slug: stop for stop in session.scalars(select(Stop).where(Stop.slug.in_(slugs)))}
    if unknown := sorted(slugs - set(stops)):
        message = f"there are no stops {', '.join(unknown)}"
        raise InvalidError(message)
    return stops


def _halt(content: HaltContent, position: int, stops: Mapping[str, Stop]) -> Halt:
    stop = None if content.stop is None else stops[content.stop]
    spot = content.spot
    return Halt(
        position=position,
        follows=position - 1 or None,
        stop=stop,
        spot_name=spot and spot.name,
        latitude=spot and spot.latitude,
        longitude=spot and spot.longitude,
        stay_min=content.stay_min,
        variant=content.variant,
        transport=content.transport,
        note=content.note,
        question=content.question,
    )


def _halt_content(halt: Halt) -> HaltContent:
    spot = None
    if halt.spot_name is not None and halt.latitude is not None and halt.longitude is not None:
        spot = Spot(name=halt.spot_name, latitude=halt.latitude, longitude=halt.longitude)
    return HaltContent(
        stop=None if halt.stop is None else halt.stop.slug,
        spot=spot,
        stay_min=halt.stay_min,
        variant=halt.variant,
        transport=halt.transport,
        note=halt.note,
        question=halt.question,
    )


def _ends(itinerary: Itinerary, position: int) -> tuple[str, str]:
    if not 1 < position <= len(itinerary.halts):
        message = f"no way leads to halt {position}; there are {len(itinerary.halts)} halts"
        raise InvalidError(message)
    return key_of(itinerary.halts[position - 2]), key_of(itinerary.halts[position - 1])


def _check_can_be_followed(session: Session, itinerary: Itinerary) -> None:
    if len(itinerary.halts) < _FEWEST_PUBLISHED:
        message = f"an itinerary that others follow has at least {_FEWEST_PUBLISHED} halts"
        raise ConflictError(message)
    told = select(Narrative.stop_id).where(Narrative.published_revision_id.is_not(None))
    published = set(session.scalars(told.distinct()))
    stops = [halt.stop for halt in itinerary.halts if halt.stop is not None]
    if hidden := sorted({stop.slug for stop in stops if stop.id not in published}):
        message = f"visitors do not see these stops yet: {', '.join(hidden)}"
        raise ConflictError(message)


def _free_slug(session: Session, title: str) -> str:
    stem = re.sub(r"[^a-z0-9]+", "-", fold(title))[:_LONGEST_SLUG].strip("-") or "itineraire"
    slug, count = stem, 1
    while find_itinerary(session, slug) is not None:
        count += 1
        slug = f"{stem}-{count}"
    return slug
