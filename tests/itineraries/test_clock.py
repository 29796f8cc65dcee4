"""The hour of a day as each language writes it."""

import re
from datetime import datetime

import pytest

from tourapp.itineraries.clock import clock


@pytest.mark.parametrize(
    ("lang", "hour", "minute", "written"),
    [
        ("fr", 10, 0, "10 h"),
        ("fr", 9, 5, "9 h 05"),
        ("fr", 0, 30, "0 h 30"),
        ("en", 14, 0, "14:00"),
        ("nl", 9, 5, "09:05"),
        ("de", 9, 5, "09:05"),
    ],
)
def test_an_hour_is_written_as_its_language_does(
    lang: str, hour: int, minute: int, written: str
) -> None:
    moment = datetime(2026, 12, 5, hour, minute)  # noqa: DTZ001 -- of no zone, it is told as it is
    assert re.sub(r"\s", " ", clock(moment, lang=lang)) == written
