"""Ways and times, against figures worked out by hand."""

import pytest

from tourapp.itineraries.route import (
    Measure,
    PaceName,
    Point,
    Transport,
    duration_s,
    estimate,
    measure,
    profile,
)

BASE = Point(50.4435, 2.7888)
TERRIL = Point(50.44306, 2.77788)
# A degree of the meridian is 111.2 km here: these are 1112 m apart.
CLIMB = [Point(50.0, 2.0, 40.0), Point(50.01, 2.0, 100.0), Point(50.02, 2.0, 70.0)]


def test_an_estimate_is_the_geodesic_with_its_usual_detour() -> None:
    assert estimate(BASE, TERRIL, "walk") == Measure(distance_m=1010)


def test_a_path_is_as_long_and_as_high_as_its_points() -> None:
    assert measure(CLIMB) == Measure(distance_m=2224, ascent_m=60, descent_m=30)


def test_heights_are_unknown_where_one_is() -> None:
    partly = [*CLIMB, Point(50.03, 2.0)]
    assert measure(partly) == Measure(distance_m=3336)
    assert profile(partly) == []


def test_what_a_height_trembles_by_is_not_climbed() -> None:
    trembling = [Point(50.0, 2.0 + i / 1000, 40.0 + i % 2) for i in range(50)]
    assert (measure(trembling).ascent_m, measure(trembling).descent_m) == (0, 0)


@pytest.mark.parametrize(
    ("measured", "transport", "pace", "minutes"),
    [
        (Measure(distance_m=4000), "walk", "adult", 60),
        (Measure(distance_m=4000), "walk", "school", 80),
        (Measure(distance_m=4000), "walk", "reduced", 120),
        # DIN 33466: an hour on the flat and an hour of ascent are an hour and a half.
        (Measure(distance_m=4000, ascent_m=300, descent_m=0), "walk", "adult", 90),
        (Measure(distance_m=1000, ascent_m=300, descent_m=500), "walk", "adult", 127.5),
        (Measure(distance_m=12_000), "bicycle", "adult", 63),
        (Measure(distance_m=15_000), "bus", "adult", 40),
    ],
)
def test_a_way_takes_its_time(
    measured: Measure, transport: Transport, pace: PaceName, minutes: float
) -> None:
    assert duration_s(measured, transport, pace) == minutes * 60


def test_a_profile_tells_each_height_at_its_distance() -> None:
    assert profile(CLIMB) == [(0, 40.0), (1112, 100.0), (2224, 70.0)]
