"""The live fields of a stop: what is changed of a place is seen at once, and closures in time."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourapp.accounts.services import Actor, record
from tourapp.catalogue.services import mark_stale
from tourapp.signage.register.numbers import check_number
from tourapp.stops.editing import check_tag, get_locked_stop, lock_every_stop
from tourapp.stops.models import Stop
from tourapp.stops.pictures import pictures_of
from tourapp.stops.renaming import rename_stop
from tourapp.stops.services import closures_of, place_of, set_place
from tourapp.stops.topics import list_topics_showing


def change_place(
    session: Session,
    slug: str,
    changes: Mapping[str, Any],
    *,
    tag: str,
    by: Actor,
) -> Stop:
    """Change any live field of a stop: its `slug`, or a part of its `Place`.

    Raises NotFoundError, StaleError where the stop is no longer in the state that `tag` names,
    SlugTakenError, NumberTakenError, or NumberCarriedError where plates outside say it.
    """
    # Nobody else may take the name or the number meanwhile.
    lock_every_stop(session)
    stop = get_locked_stop(session, slug)
    check_tag(str(stop.version), tag)
    before, topics = _told(stop), list_topics_showing(session, stop)
    parts = dict(changes)
    rename_stop(session, stop, parts.pop("slug", slug))
    place = replace(place_of(stop), **parts)
    check_number(session, stop, place.number)
    set_place(stop, place, now=by.at)
    stop.version += 1
    # Its neighbours are found by its number.
    session.flush()
    after = _told(stop)
    changed = {part: [before[part], after[part]] for part in after if before[part] != after[part]}
    record(session, by, "stop.place", slug, **changed)
    mark_stale(session, topics | list_topics_showing(session, stop))
    return stop


def is_turning(session: Session, *, today: date) -> bool:
    """Tell whether the closure of a stop began or ended by this day, and no page shows it yet."""
    return _find_turning(session, today) is not None


def turn_next(session: Session, *, today: date) -> bool:
    """Make stale what shows the stop whose closure begins or ends first; tell if there was any."""
    stop = _find_turning(session, today)
    if stop is None:
        return False
    get_locked_stop(session, stop.slug)
    session.refresh(stop)
    turns = (day for closure in closures_of(stop) for day in closure.turns)
    stop.closures_due_on = min((day for day in turns if day > today), default=None)
    mark_stale(session, list_topics_showing(session, stop))
    return True


def _find_turning(session: Session, today: date) -> Stop | None:
    turning = select(Stop).where(Stop.closures_due_on <= today)
    return session.scalar(turning.order_by(Stop.closures_due_on, Stop.id).limit(1))


def _told(stop: Stop) -> dict[str, Any]:
    return {
        "slug": stop.slug,
        "number": stop.number,
        "position": asdict(place_of(stop).position),
        "sources": stop.sources,
        "closures": stop.closures,
        "rescue_post": stop.rescue_post,
        "pictures": [asdict(picture) for picture in pictures_of(stop)],
    }
