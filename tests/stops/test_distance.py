"""Ways between places, against figures that are known."""

import pytest

from tourapp.stops.distance import Way, way_between

TERRIL = (50.44306, 2.77788)
LOUVRE_LENS = (50.43056, 2.80333)


@pytest.mark.parametrize(
    ("start", "end", "way"),
    [
        # Quarters of the WGS 84 meridian and equator, then degrees of each.
        ((0.0, 0.0), (90.0, 0.0), Way(10_001_966, 0)),
        ((0.0, 0.0), (0.0, 90.0), Way(10_018_754, 90)),
        ((0.0, 179.5), (0.0, -179.5), Way(111_319, 90)),
        ((50.0, 2.0), (49.0, 2.0), Way(111_219, 180)),
        (TERRIL, LOUVRE_LENS, Way(2281, 128)),
        (LOUVRE_LENS, TERRIL, Way(2281, 308)),
    ],
)
def test_a_way_is_the_geodesic(
    start: tuple[float, float], end: tuple[float, float], way: Way
) -> None:
    assert way_between(start, end) == way


def test_a_place_is_no_way_from_itself() -> None:
    assert way_between(TERRIL, TERRIL).distance_m == 0


def test_a_direction_just_west_of_north_is_north() -> None:
    assert way_between((50.0, 2.0), (51.0, 1.999)).direction_deg == 0
