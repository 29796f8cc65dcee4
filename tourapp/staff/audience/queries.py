"""Sums of a period as the bureau shows them: by day, hour, stop and language, of each kind."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from tourapp.attendance.queries import AudienceQuery, add_up
from tourapp.itineraries.clock import french_day
from tourapp.staff.audience.charts import Chart, columns, rows
from tourapp.staff.writing.queries import list_titles
from tourapp.staff.writing.wording import LANGUAGE_NAMES

Part = Literal["day", "hour", "stop", "lang"]

KINDS = {
    "sign": "Panneaux lus",
    "page": "Pages vues",
    "play": "Écoutes",
    "whole_play": "Écoutes entières",
}
PARTS: dict[Part, str] = {
    "day": "Par jour",
    "hour": "Par heure",
    "stop": "Par arrêt",
    "lang": "Par langue",
}

_ELSEWHERE = "Hors des arrêts"
_HOURS = 24


@dataclass(frozen=True, slots=True)
class Line:
    """What was counted of one day, hour, stop or language, in the order of the kinds."""

    label: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Summed:
    """A part of the page: its lines as a table, and a chart of each kind."""

    part: Part
    lines: Sequence[Line]
    charts: Mapping[str, Chart]


@dataclass(frozen=True, slots=True)
class Period:
    """Days that are looked at, the last one included."""

    first: date
    last: date

    def by(self, part: Part) -> AudienceQuery:
        """Return what is asked for, by one part and by kind. Raises InvalidError."""
        return AudienceQuery(first=self.first, last=self.last, by=(part, "kind"))


def sum_up(session: Session, period: Period, *, zone: ZoneInfo) -> list[Summed]:
    """Return the sums of a period by each part; a day or an hour without any is told too."""
    names = _names(session, period)
    return [_summed(session, period, part, names[part], zone=zone) for part in PARTS]


def total(summed: Summed) -> dict[str, int]:
    """Return how much there is of each kind."""
    sums = (sum(column) for column in zip(*(line.counts for line in summed.lines), strict=True))
    return dict(zip(KINDS.values(), sums, strict=True))


def _summed(
    session: Session,
    period: Period,
    part: Part,
    names: Mapping[Any, str],
    *,
    zone: ZoneInfo,
) -> Summed:
    is_timely = part in {"day", "hour"}
    found = {(row[part], row["kind"]): row["count"] for row in _rows(session, period, part, zone)}
    wanted = names if is_timely else {key: names.get(key, str(key)) for key, _ in found}
    lines = [
        Line(label, tuple(found.get((key, kind), 0) for kind in KINDS))
        for key, label in wanted.items()
    ]
    if not is_timely:
        lines.sort(key=lambda line: (-sum(line.counts), line.label))
    draw = columns if is_timely else rows
    charts = {
        title: draw([(line.label, line.counts[number]) for line in lines])
        for number, title in enumerate(KINDS.values())
    }
    return Summed(part, lines, charts)


def _rows(session: Session, period: Period, part: Part, zone: ZoneInfo) -> Sequence[dict[str, Any]]:
    return add_up(session, period.by(part), zone=zone).shown


def _names(session: Session, period: Period) -> dict[Part, dict[Any, str]]:
    """Return how each day, hour, stop and language is called."""
    stops: dict[Any, str] = dict(list_titles(session))
    return {
        "day": {day: french_day(day, "d\u00a0MMM") for day in _days(period)},
        "hour": {hour: f"{hour}\u202fh" for hour in range(_HOURS)},
        "stop": stops | {None: _ELSEWHERE},
        "lang": dict(LANGUAGE_NAMES),
    }


def _days(period: Period) -> Iterator[date]:
    for number in range((period.last - period.first).days + 1):
        yield period.first + timedelta(days=number)
