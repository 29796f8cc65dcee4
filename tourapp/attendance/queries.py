"""Adding up what was counted: one statement, whatever is asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, cast, get_args
from zoneinfo import ZoneInfo

from sqlalchemy import (
    CTE,
    ColumnElement,
    Date,
    Integer,
    Select,
    and_,
    case,
    column,
    extract,
    func,
    select,
    values,
)
from sqlalchemy.orm import Session, aliased

from tourapp.attendance.days import Span, list_spans
from tourapp.audience.models import VisitCount
from tourapp.db import UtcDateTime
from tourapp.errors import InvalidError
from tourapp.signage.models import Sign
from tourapp.stops.models import FormerSlug, Stop

Part = Literal["stop", "sign", "lang", "day", "hour", "kind"]
PARTS: tuple[Part, ...] = get_args(Part)

MOST_DAYS = 366

_STOP_PAGE = "/__/arrets/%"
_PLAIN = "/facile"


@dataclass(frozen=True, slots=True, kw_only=True)
class AudienceQuery:
    """Which days are added up, the last one included, and by what."""

    first: date
    last: date
    by: tuple[Part, ...]

    def __post_init__(self) -> None:
        if not 0 <= (self.last - self.first).days < MOST_DAYS:
            message = f"expected from 1 to {MOST_DAYS} days, the first before the last"
            raise InvalidError(message)


@dataclass(frozen=True, slots=True)
class Sums:
    """Some sums, each with what it is the sum of, and how many there are in all."""

    shown: list[dict[str, Any]]
    count: int


def add_up(
    session: Session,
    query: AudienceQuery,
    *,
    zone: ZoneInfo,
    offset: int = 0,
    limit: int | None = None,
) -> Sums:
    """Return sums by every part that is asked for, in the order of the parts.

    Days and hours are those of the zone; the hour is one of the day, 0 to 23. What leads to no
    stop, such as the home page, has none.
    """
    by_subject = _added_by_subject(query, zone=zone, dialect=session.get_bind().dialect.name)
    names = (*query.by, "count")
    summed = _summed(query, by_subject).offset(offset).limit(limit)
    rows = session.execute(summed).mappings().all()
    return Sums([{name: row[name] for name in names} for row in rows], rows[0]["of"] if rows else 0)


def _added_by_subject(query: AudienceQuery, *, zone: ZoneInfo, dialect: str) -> CTE:
    """Add up what the table holds, before anything is joined to it: that is most of the work."""
    span = _spans(query, zone=zone)
    available: dict[str, Any] = {
        "kind": VisitCount.kind,
        "lang": VisitCount.lang,
        "day": span.c.day,
        "hour": (_utc_hour(dialect) + span.c.ahead_h + 24) % 24,
        "subject": VisitCount.subject,
    }
    wanted = {*query.by} | ({"kind", "subject"} if _names_places(query) else set())
    parts = {name: part for name, part in available.items() if name in wanted}
    within = and_(VisitCount.hour_at >= span.c.begins_at, VisitCount.hour_at < span.c.ends_at)
    return (
        select(*(part.label(name) for name, part in parts.items()), _sum(VisitCount.count))
        .select_from(span)
        .join(VisitCount, within)
        .group_by(*parts.values())
        .cte("by_subject")
    )


def _summed(query: AudienceQuery, by_subject: CTE) -> Select[Any]:
    parts: dict[str, ColumnElement[Any]] = dict(by_subject.c)
    sums = _sum(by_subject.c.count), func.count().over().label("of")
    chosen = cast("Select[Any]", select(*sums).select_from(by_subject))
    if _names_places(query):
        chosen, places = _with_places(chosen, by_subject)
        parts |= places
    columns = [parts[name] for name in query.by]
    labelled = [part.label(name) for name, part in zip(query.by, columns, strict=True)]
    return chosen.add_columns(*labelled).group_by(*columns).order_by(*columns)


def _with_places(
    chosen: Select[Any], by_subject: CTE
) -> tuple[Select[Any], Mapping[str, ColumnElement[Any]]]:
    """Join the stop that a page tells of, whatever it was called then, and that a sign leads to."""
    page, led = aliased(Stop), aliased(Stop)
    is_sign = by_subject.c.kind == "sign"
    is_page = and_(~is_sign, by_subject.c.subject.like(_STOP_PAGE))
    # Told in plain words, the stop is the same.
    slug = func.replace(func.substr(by_subject.c.subject, len(_STOP_PAGE)), _PLAIN, "")
    joined = (
        chosen.outerjoin(page, and_(is_page, page.slug == slug))
        .outerjoin(FormerSlug, and_(is_page, FormerSlug.slug == slug))
        .outerjoin(Sign, and_(is_sign, Sign.code == by_subject.c.subject))
        .outerjoin(led, led.id == func.coalesce(FormerSlug.stop_id, Sign.stop_id))
    )
    return joined, {
        "stop": func.coalesce(page.slug, led.slug),
        "sign": case((is_sign, by_subject.c.subject)),
    }


def _names_places(query: AudienceQuery) -> bool:
    return bool({"stop", "sign"} & set(query.by))


def _spans(query: AudienceQuery, *, zone: ZoneInfo) -> CTE:
    spans = list_spans(query.first, query.last, zone=zone)
    if not {"day", "hour"} & set(query.by):
        # Taken together, they ask the index once.
        spans = [Span(query.first, spans[0].begins_at, spans[-1].ends_at, 0)]
    table = values(
        column("day", Date),
        column("begins_at", UtcDateTime),
        column("ends_at", UtcDateTime),
        column("ahead_h", Integer),
        name="spans",
    )
    rows = [(span.day, span.begins_at, span.ends_at, span.ahead_h) for span in spans]
    return table.data(rows).cte("span")


def _utc_hour(dialect: str) -> ColumnElement[int]:
    # PostgreSQL would tell the hour where its session is.
    at: Any = VisitCount.hour_at
    return extract("hour", at if dialect == "sqlite" else func.timezone("UTC", at)).cast(Integer)


def _sum(counts: Any) -> ColumnElement[int]:  # noqa: ANN401 -- a column, of a table or not
    # PostgreSQL adds up whole numbers to a decimal one.
    return func.sum(counts).cast(Integer).label("count")
