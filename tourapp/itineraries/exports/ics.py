"""iCalendar after RFC 5545: an itinerary walked on a day."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from tourapp.itineraries.clock import clock
from tourapp.itineraries.outline import Outlined
from tourapp.web.addresses import Addresses

PRODUCT = "-//Le bassin minier, en marchant//FR"


def ics(
    outlined: Outlined,
    *,
    starts_at: datetime,
    zone: ZoneInfo,
    addresses: Addresses,
) -> bytes:
    """Return an itinerary as one event, which tells when the group is where, by the zone's clock.

    The event itself is in UTC, which every calendar shows in its own zone.
    """
    itinerary = outlined.itinerary
    timetable = _timetable(outlined, starts_at.astimezone(zone))
    starts_at = starts_at.astimezone(UTC)
    event = Event()
    event.add("uid", f"{itinerary.slug}-{starts_at:%Y%m%dT%H%M}@itineraires")
    event.add("dtstamp", itinerary.updated_at)
    event.add("dtstart", starts_at)
    event.add("dtend", starts_at + timedelta(seconds=outlined.plan.total_s))
    event.add("summary", itinerary.title)
    event.add("description", "\n".join([itinerary.summary, "", *timetable]))
    event.add("url", addresses.itinerary_page(itinerary.slug, lang=itinerary.lang))
    if itinerary.meeting:
        event.add("location", itinerary.meeting)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _timetable(outlined: Outlined, starts_at: datetime) -> list[str]:
    arrivals = (starts_at + timedelta(seconds=each.arrives_s) for each in outlined.plan.stages)
    lang = outlined.itinerary.lang
    return [
        f"{clock(arrives, lang=lang)} {place.title}"
        for arrives, place in zip(arrivals, outlined.places, strict=True)
    ]
