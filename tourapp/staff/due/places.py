"""What is to be seen to outside: closures that end, positions, signs."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from tourapp.itineraries.clock import french_day
from tourapp.signage.register.queries import SignQuery
from tourapp.staff.due.items import Item
from tourapp.staff.signs.queries import HANGING, list_register
from tourapp.staff.writing.queries import StandingStop
from tourapp.stops.models import Stop
from tourapp.stops.services import closures_of

VAGUE_M = 100
"""From what accuracy on visitors are told that a position is to be surveyed."""

_SOON = timedelta(days=7)


def list_reopening(session: Session, stops: Sequence[StandingStop], today: date) -> Iterator[Item]:
    """Yield the stops of which a closure ends within a week."""
    for stop, title in _places(session, stops, Stop.closures_due_on.is_not(None)):
        for closure in closures_of(stop):
            last = closure.until_day
            if last is not None and today <= last <= today + _SOON:
                told = f"dernier jour\u202f: {french_day(last, 'd MMMM')}"
                yield Item(text=title, url=f"/bureau/arrets/{stop.slug}/lieu", told=told)


def list_vague(session: Session, stops: Sequence[StandingStop]) -> Iterator[Item]:
    """Yield the stops whose position is to be surveyed."""
    for stop, title in _places(session, stops, Stop.accuracy_m > VAGUE_M):
        told = f"connue à {stop.accuracy_m}\u202fm près"
        yield Item(text=title, url=f"/bureau/arrets/{stop.slug}/lieu", told=told)


def list_pressing(session: Session, stops: Sequence[StandingStop], today: date) -> Iterator[Item]:
    """Yield the signs that are damaged, reported or silent."""
    titles = {stop.slug: stop.title for stop in stops}
    for each in list_register(session, SignQuery(states=HANGING), today=today):
        if each.is_pressing:
            sign = each.sign
            text = f"{sign.code}, {titles.get(sign.stop.slug, sign.stop.slug)}"
            yield Item(text=text, url=f"/bureau/panneaux/{sign.code}", told=sign.place)


def _places(
    session: Session,
    stops: Sequence[StandingStop],
    which: ColumnElement[bool],
) -> Iterator[tuple[Stop, str]]:
    titles = {stop.slug: stop.title for stop in stops}
    chosen = select(Stop).where(which, Stop.archived_at.is_(None)).order_by(Stop.number)
    for stop in session.scalars(chosen):
        yield stop, titles[stop.slug]
