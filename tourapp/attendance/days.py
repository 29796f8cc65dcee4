"""Days as the visitors live them, as spans of UTC, which counts are kept in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Span:
    """Hours of one day that are all as many hours ahead of UTC."""

    day: date
    begins_at: datetime
    ends_at: datetime
    ahead_h: int


def list_spans(first: date, last: date, *, zone: ZoneInfo) -> list[Span]:
    """Return the spans of the days from first to last: one a day, two where the clock is set.

    Where a day begins half past an hour, that hour belongs to the day that ends in it.
    """
    begins_at = datetime.combine(first, time(), zone).astimezone(UTC)
    ends_at = datetime.combine(last + timedelta(days=1), time(), zone).astimezone(UTC)
    places = groupby(_hours(begins_at, ends_at), key=lambda hour: _place(hour, zone))
    spans = [_span(day, ahead_h, list(within)) for (day, ahead_h), within in places]
    return [span for span in spans if first <= span.day <= last]


def _hours(begins_at: datetime, ends_at: datetime) -> Iterator[datetime]:
    hour = begins_at.replace(minute=0)
    while hour < ends_at:
        yield hour
        hour += _HOUR


def _place(hour: datetime, zone: ZoneInfo) -> tuple[date, int]:
    local = hour.astimezone(zone)
    ahead = local.utcoffset() or timedelta()
    return local.date(), ahead // _HOUR


def _span(day: date, ahead_h: int, hours: list[datetime]) -> Span:
    return Span(day, hours[0], hours[-1] + _HOUR, ahead_h)
