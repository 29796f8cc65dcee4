"""Figures as a French page writes them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from tourapp.visit.french import (
    coordinates,
    day,
    direction,
    distance,
    filters,
    spoken_duration,
    weight,
)

PARIS = ZoneInfo("Europe/Paris")


@pytest.mark.parametrize(
    ("seconds", "written"),
    [
        (0, "0\u202fs"),
        (9.4, "9\u202fs"),
        (59.6, "1\u202fmin\u00a000\u202fs"),
        (125, "2\u202fmin\u00a005\u202fs"),
    ],
)
def test_a_length_of_sound_is_written_to_the_second(seconds: float, written: str) -> None:
    assert spoken_duration(seconds) == written


@pytest.mark.parametrize(
    ("size", "written"),
    [
        (1, "1\u202fko"),
        (480_400, "480\u202fko"),
        (999_600, "1\u202fMo"),
        (1_250_000, "1,3\u202fMo"),
    ],
)
def test_a_weight_is_written_as_it_counts_on_a_phone(size: int, written: str) -> None:
    assert weight(size) == written


@pytest.mark.parametrize(
    ("metres", "written"),
    [
        (4, "0\u202fm"),
        (777, "780\u202fm"),
        (996, "1\u202fkm"),
        (1_849, "1,8\u202fkm"),
        (14_000, "14\u202fkm"),
    ],
)
def test_a_distance_is_as_exact_as_a_walker_needs_it(metres: float, written: str) -> None:
    assert distance(metres) == written


@pytest.mark.parametrize(
    ("degrees", "written"),
    [(0, "au nord"), (44, "au nord-est"), (90, "à l’est"), (200, "au sud"), (359, "au nord")],
)
def test_a_bearing_is_one_of_eight_winds(degrees: float, written: str) -> None:
    assert direction(degrees) == written


def test_a_position_is_written_with_its_hemispheres() -> None:
    assert coordinates(50.44306, 2.77788) == "50,44306°\u00a0N, 2,77788°\u00a0E"
    assert coordinates(-1, -2.5) == "1,00000°\u00a0S, 2,50000°\u00a0O"


def test_a_day_is_the_visitors_and_the_first_is_an_ordinal() -> None:
    assert day(datetime(2026, 2, 28, 23, 30, tzinfo=UTC), zone=PARIS) == "1er\u00a0mars\u00a02026"
    assert day(datetime(2026, 8, 9, 12, tzinfo=UTC), zone=PARIS) == "9\u00a0août\u00a02026"


def test_templates_write_days_where_the_visitors_are() -> None:
    write = filters(PARIS)["day"]
    assert write(datetime(2026, 12, 31, 23, tzinfo=UTC)) == "1er\u00a0janvier\u00a02027"
