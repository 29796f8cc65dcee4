from datetime import UTC, date, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

from tourapp.attendance.days import Span, list_spans

PARIS = ZoneInfo("Europe/Paris")


def at(day: int, hour: int, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


def test_a_day_begins_where_the_visitors_are() -> None:
    [day] = list_spans(date(2026, 1, 2), date(2026, 1, 2), zone=PARIS)
    assert day == Span(date(2026, 1, 2), at(1, 23, 1), at(2, 23, 1), 1)


def test_the_day_on_which_the_clock_is_set_has_two_parts() -> None:
    spans = list_spans(date(2026, 3, 28), date(2026, 3, 30), zone=PARIS)
    assert spans == [
        Span(date(2026, 3, 28), at(27, 23), at(28, 23), 1),
        Span(date(2026, 3, 29), at(28, 23), at(29, 1), 1),
        Span(date(2026, 3, 29), at(29, 1), at(29, 22), 2),
        Span(date(2026, 3, 30), at(29, 22), at(30, 22), 2),
    ]


def test_days_follow_each_other_without_a_gap() -> None:
    for zone in ("Europe/Paris", "Pacific/Auckland", "America/Lima", "Asia/Kolkata"):
        spans = list_spans(date(2026, 1, 1), date(2026, 12, 31), zone=ZoneInfo(zone))
        assert len({span.day for span in spans}) == 365
        assert all(one.ends_at == next_.begins_at for one, next_ in pairwise(spans))
