"""A guide's walks as iCalendar after RFC 5545; nothing of the participants but their group."""

from collections.abc import Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from tourapp.itineraries.clock import clock
from tourapp.itineraries.exports.ics import PRODUCT
from tourapp.itineraries.walks.models import Walk

_REFRESHED = timedelta(hours=1)


def walks_calendar(walks: Sequence[Walk], *, zone: ZoneInfo) -> bytes:
    """Return walks as events, each known again when it is told anew."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Mes marches")
    calendar.add("refresh-interval", _REFRESHED, parameters={"VALUE": "DURATION"})
    for walk in walks:
        calendar.add_component(_event(walk, zone=zone))
    return bytes(calendar.to_ical())


def _event(walk: Walk, *, zone: ZoneInfo) -> Event:
    event = Event()
    event.add("uid", f"marche-{walk.id}@itineraires")
    event.add("dtstamp", walk.updated_at)
    event.add("sequence", walk.version - 1)
    event.add("dtstart", walk.starts_at)
    event.add("dtend", walk.ended_at or walk.planned_end_at)
    event.add("summary", f"{walk.title} – {walk.group_name}" if walk.group_name else walk.title)
    event.add("description", "\n".join(_timetable(walk, zone)))
    if walk.meeting:
        event.add("location", walk.meeting)
    return event


def _timetable(walk: Walk, zone: ZoneInfo) -> list[str]:
    starts_at = walk.starts_at.astimezone(zone)
    arrivals = ((starts_at + timedelta(seconds=halt.arrives_s), halt) for halt in walk.halts)
    return [f"{clock(arrives, lang=walk.lang)} {halt.title}" for arrives, halt in arrivals]
