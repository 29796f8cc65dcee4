"""When a sign is silent: by its own usual, and never for what befalls all signs at once."""

import random
from datetime import date, timedelta

import pytest

from tourapp.signage.rounds.silence import find_silence, probability_of_at_most

TODAY = date(2026, 7, 15)
Counts = dict[date, int]


def series(week: tuple[int, ...], *, days: int = 70, silent: int = 0) -> Counts:
    """Return the same week again and again, the last days without any scan."""
    past = [TODAY - timedelta(days=back) for back in range(1, days + 1)]
    return {day: 0 if back < silent else week[day.weekday()] for back, day in enumerate(past)}


BUSY = series((20, 20, 20, 20, 20, 60, 60))
LIVELY = series((2, 2, 3, 2, 3, 8, 9))
NONE: Counts = {}


def test_a_sign_that_is_scanned_as_ever_is_not_silent() -> None:
    assert find_silence(BUSY, NONE, today=TODAY) is None
    assert find_silence(LIVELY, NONE, today=TODAY) is None


def test_a_busy_sign_is_silent_after_a_day() -> None:
    silence = find_silence(series((20,) * 7, silent=1), NONE, today=TODAY)
    assert silence is not None
    assert (silence.days, silence.scans, silence.expected) == (1, 0, 20.0)
    assert silence.probability < 0.001


def test_a_lively_sign_is_silent_after_as_many_days_as_make_ten_scans() -> None:
    silence = find_silence(series((2, 2, 3, 2, 3, 8, 9), silent=7), NONE, today=TODAY)
    assert silence is not None
    assert (silence.days, silence.scans) == (3, 0)
    assert silence.expected == 13.0


def test_a_sign_that_nobody_scans_in_winter_is_not_judged() -> None:
    assert find_silence(series((1, 1, 1, 1, 1, 2, 2), silent=7), NONE, today=TODAY) is None
    assert find_silence(NONE, BUSY, today=TODAY) is None


def test_weekdays_are_compared_with_their_like() -> None:
    weekend = series((0, 0, 0, 0, 0, 40, 40))
    thursday = date(2026, 7, 16)
    assert find_silence(weekend, NONE, today=thursday) is None


def test_a_sign_that_hangs_since_a_month_has_no_usual_yet() -> None:
    counts = series((20,) * 7, silent=3)
    young = TODAY - timedelta(weeks=4)
    assert find_silence(counts, NONE, today=TODAY, since=young) is None
    assert find_silence(counts, NONE, today=TODAY, since=young - timedelta(weeks=1)) is not None


def test_what_makes_all_signs_quieter_makes_none_silent() -> None:
    rained = series((20,) * 7) | {TODAY - timedelta(days=1): 4}
    everybody = series((300,) * 7) | {TODAY - timedelta(days=1): 50}
    assert find_silence(rained, NONE, today=TODAY) is not None
    assert find_silence(rained, everybody, today=TODAY) is None


def test_a_broken_sign_stands_out_though_all_are_quieter() -> None:
    everybody = series((300,) * 7) | {TODAY - timedelta(days=1): 200}
    assert find_silence(series((30,) * 7, silent=1), everybody, today=TODAY) is not None


def test_a_sign_of_wild_weeks_is_given_more_leave() -> None:
    wild = {
        day: count * (1 if (TODAY - day).days // 7 % 2 else 9)
        for day, count in series((3,) * 7).items()
    }
    assert find_silence(wild | {TODAY - timedelta(days=1): 1}, NONE, today=TODAY) is None


def test_chance_alone_raises_hardly_any_alarm() -> None:
    dice = random.Random(1119)  # noqa: S311 -- a made series is no secret
    alarms = 0
    for _ in range(1000):
        counts = {
            TODAY - timedelta(days=back): sum(dice.random() < 0.1 for _ in range(120))
            for back in range(1, 71)
        }
        alarms += find_silence(counts, NONE, today=TODAY) is not None
    assert alarms <= 3


@pytest.mark.parametrize(
    ("count", "mean", "spread", "expected"),
    [
        (0, 10, 10, 4.54e-5),
        (5, 10, 10, 0.0671),
        (10, 10, 20, 0.588),
        (0, 3000, 3000, 0.0),
        (3000, 3000, 3000, 0.505),
    ],
)
def test_probabilities_are_those_of_the_tables(
    count: int, mean: float, spread: float, expected: float
) -> None:
    found = probability_of_at_most(count, mean=mean, spread=spread)
    assert found == pytest.approx(expected, rel=0.02, abs=1e-9)
