"""When a sign is scanned far less than its own usual: from counts per sign and day alone.

The last days, as few as make ten expected scans and a week at most, are compared with the same
weekdays of the eight weeks before. A sign is silent where so few scans, or fewer, would come once
in a thousand times by chance: by a negative binomial with the mean and the spread of those weeks,
never a narrower one than Poisson's. A sign that nobody scans in winter expects less than ten a
week, and is not judged; rain and the end of holidays make all signs quieter, and what is expected
with them.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean, variance

WEEKS = 8
FEWEST_WEEKS = 4
LONGEST_DAYS = 7
LEAST_EXPECTED = 10.0
RAREST = 0.001

HISTORY = timedelta(weeks=WEEKS, days=LONGEST_DAYS)
"""How far back a judgement looks."""

Counts = Mapping[date, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """Over so many days, so few scans where so many were expected, and how likely that is."""

    days: int
    scans: int
    expected: float
    probability: float


def find_silence(
    own: Counts,
    others: Counts,
    *,
    today: date,
    since: date = date.min,
) -> Silence | None:
    """Tell whether a sign is silent, judging by whole days: those before `today`.

    `others` are the scans of all other signs together. `since` is when the sign began to hang as it
    does: with less than four weeks from then on there is no usual yet.
    """
    for days in range(1, LONGEST_DAYS + 1):
        weeks = _list_weeks(own, today=today, days=days, since=since)
        if len(weeks) < FEWEST_WEEKS:
            return None
        expected = fmean(weeks) * _trend(others, today=today, days=days)
        if expected >= LEAST_EXPECTED:
            observed = _count(own, last=today, days=days)
            spread = variance(weeks) * (1 + 1 / len(weeks))
            probability = probability_of_at_most(observed, mean=expected, spread=spread)
            if probability >= RAREST:
                return None
            return Silence(
                days=days,
                scans=observed,
                expected=round(expected, 1),
                probability=probability,
            )
    return None


def probability_of_at_most(count: int, *, mean: float, spread: float) -> float:
    """Return how likely a negative binomial of this mean and variance is at most a count."""
    # A variance that is no larger than the mean is Poisson's, which this nearly reaches.
    size = mean * mean / (max(spread, mean * 1.001) - mean)
    seldom, often = math.log(size / (size + mean)), math.log(mean / (size + mean))
    return math.fsum(
        math.exp(
            math.lgamma(size + each)
            - math.lgamma(size)
            - math.lgamma(each + 1)
            + size * seldom
            + each * often
        )
        for each in range(count + 1)
    )


def _list_weeks(own: Counts, *, today: date, days: int, since: date) -> list[int]:
    """Return the sums over the same weekdays of each week before, the latest first."""
    ends = [today - timedelta(weeks=week) for week in range(1, WEEKS + 1)]
    return [_count(own, last=end, days=days) for end in ends if (end - since).days >= days]


def _trend(others: Counts, *, today: date, days: int) -> float:
    """Return how much quieter the other signs are than usual: 1 where they are not."""
    usual = fmean(_list_weeks(others, today=today, days=days, since=date.min))
    if usual < LEAST_EXPECTED:
        return 1.0
    return min(1.0, _count(others, last=today, days=days) / usual)


def _count(counts: Counts, *, last: date, days: int) -> int:
    """Return the sum over so many days before a day."""
    return sum(counts.get(last - timedelta(days=back), 0) for back in range(1, days + 1))
