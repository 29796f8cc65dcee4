"""Waiting longer with each failure, and going on whatever happens."""

import logging
from datetime import timedelta
from threading import Event

import pytest

from tourapp import retrying
from tourapp.errors import UnavailableError
from tourapp.retrying import keep_on, retry_delay


@pytest.mark.parametrize(
    ("attempts", "wait_s"), [(1, 30), (2, 60), (3, 120), (7, 1920), (8, 3600), (10_000, 3600)]
)
def test_waits_double_up_to_an_hour(attempts: int, wait_s: int) -> None:
    assert retry_delay(attempts, first=timedelta(seconds=30)).total_seconds() == wait_s


def test_whatever_goes_wrong_is_told_and_keeps_nothing_from_going_on(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(retrying, "PAUSE_S", 0.0)
    ended, taken = Event(), []
    outcomes: list[bool | Exception] = [
        UnavailableError("no database"),
        ZeroDivisionError(),
        True,
        False,
    ]

    def fail() -> bool:
        outcome = outcomes.pop(0)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def end() -> bool:
        taken.append(len(outcomes))
        if not outcomes:
            ended.set()
        return False

    doing, log = "printing signs", logging.getLogger("tests")
    keep_on([fail, end], ended, poll_s=0.0, doing=doing, log=log)
    assert taken == [3, 2, 1, 0]
    assert "printing signs comes later: no database" in caplog.text
    assert "printing signs failed" in caplog.text
