"""What came of a walk, on one page: stops reached, times, how many phones joined."""

import json
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale

from tourapp.itineraries.clock import clock, french_day
from tourapp.itineraries.walks.models import Walk, WalkHalt
from tourapp.typesetting import Typography

_TEMPLATE = "paper/walk.typ"
_FRENCH = Locale("fr")
_MINUTE_S = 60

_typography = lru_cache(maxsize=1)(Typography)


def walk_summary(
    walk: Walk, *, joined: int, organisation: str, zone: ZoneInfo, root: Path
) -> bytes:
    """Return the page of a walk as PDF, in French, as guides keep it.

    Raises UnavailableError without typefaces.
    """
    order = _order(walk, joined=joined, zone=zone) | {"organisation": organisation}
    written = json.dumps(order, ensure_ascii=False)
    day = walk.updated_at.astimezone(zone).date()
    return _typography(root).set_whatever_was_written(_TEMPLATE, written, day=day)


def _order(walk: Walk, *, joined: int, zone: ZoneInfo) -> dict[str, Any]:
    starts_at = walk.starts_at.astimezone(zone)
    reached = [halt for halt in walk.halts if halt.reached_at is not None]
    return {
        "title": walk.title,
        "group": walk.group_name,
        "day": french_day(starts_at.date(), "full"),
        "guide": walk.guide.name or walk.guide.email,
        "meeting": walk.meeting,
        "participants": walk.participants,
        "joined": joined,
        "reached": len(reached),
        "is_over": walk.ended_at is not None,
        "planned": _span(walk.starts_at, walk.planned_end_at),
        "taken": _span(walk.started_at, walk.ended_at),
        "begun": _clock(walk.started_at, zone),
        "ended": _clock(walk.ended_at, zone),
        "halts": [_told(halt, starts_at) for halt in walk.halts],
    }


def _told(halt: WalkHalt, starts_at: datetime) -> dict[str, Any]:
    zone = starts_at.tzinfo
    planned_at = starts_at + timedelta(seconds=halt.arrives_s)
    return {
        "position": halt.position,
        "title": halt.title,
        "planned": clock(planned_at, lang=_FRENCH.language),
        "reached": _clock(halt.reached_at, zone),
        "late": _late(halt.reached_at, planned_at),
        "stayed": _span(halt.reached_at, halt.left_at),
        "stay": _minutes((halt.leaves_s - halt.arrives_s) / _MINUTE_S),
    }


def _clock(moment: datetime | None, zone: Any) -> str:  # noqa: ANN401 -- the zone of a datetime
    return "" if moment is None else clock(moment.astimezone(zone), lang=_FRENCH.language)


def _late(reached_at: datetime | None, planned_at: datetime) -> str:
    if reached_at is None:
        return ""
    count = round((reached_at - planned_at).total_seconds() / _MINUTE_S)
    sign = "+" if count > 0 else "−" * (count < 0)
    return sign + _minutes(abs(count))


def _span(start: datetime | None, end: datetime | None) -> str:
    if start is None or end is None:
        return ""
    return _minutes((end - start).total_seconds() / _MINUTE_S)


def _minutes(count: float) -> str:
    hours, rest = divmod(round(count), 60)
    if not hours:
        return f"{rest}\N{NARROW NO-BREAK SPACE}min"
    return f"{hours}\N{NARROW NO-BREAK SPACE}h\N{NO-BREAK SPACE}{rest:02}"
