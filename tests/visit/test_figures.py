"""Figures as the pages of each language write them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from babel import Locale
from flask import Flask

from tourapp.visit.figures import (
    coordinates,
    day,
    direction,
    distance,
    spoken_duration,
    weight,
)

PARIS = ZoneInfo("Europe/Paris")
FRENCH = Locale("fr")


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
    assert weight(size, locale=FRENCH) == written


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
    assert distance(metres, locale=FRENCH) == written


@pytest.mark.parametrize(
    ("path", "degrees", "written"),
    [
        ("/", 0, "au nord"),
        ("/", 44, "au nord-est"),
        ("/fr/", 90, "à l’est"),
        ("/en/", 200, "south"),
        ("/nl/", 359, "naar het noorden"),
        ("/de/", 270, "nach Westen"),
    ],
)
def test_a_bearing_is_one_of_eight_winds(
    site: Flask, path: str, degrees: float, written: str
) -> None:
    with site.test_request_context(path):
        assert direction(degrees) == written


def test_a_position_is_written_with_its_hemispheres() -> None:
    assert coordinates(50.44306, 2.77788, locale=FRENCH) == "50,44306°\u00a0N, 2,77788°\u00a0E"
    assert coordinates(-1, -2.5, locale=FRENCH) == "1,00000°\u00a0S, 2,50000°\u00a0O"


def test_a_day_is_the_visitors_and_the_first_is_an_ordinal() -> None:
    assert (
        day(datetime(2026, 2, 28, 23, 30, tzinfo=UTC), zone=PARIS, locale=FRENCH)
        == "1er\u00a0mars\u00a02026"
    )
    assert (
        day(datetime(2026, 8, 9, 12, tzinfo=UTC), zone=PARIS, locale=FRENCH)
        == "9\u00a0août\u00a02026"
    )


@pytest.mark.parametrize(
    ("locale", "figures"),
    [
        ("en_GB", ("1.2 MB", "1.8 km", "50.44306° N, 2.50000° W", "1 March 2026")),
        ("nl", ("1,2 MB", "1,8 km", "50,44306° NB, 2,50000° WL", "1 maart 2026")),
        ("de", ("1,2 MB", "1,8 km", "50,44306° N, 2,50000° W", "1. März 2026")),
    ],
)
def test_each_language_writes_figures_its_own_way(locale: str, figures: tuple[str, ...]) -> None:
    spoken = Locale.parse(locale)
    written = (
        weight(1_234_000, locale=spoken),
        distance(1_849, locale=spoken),
        coordinates(50.44306, -2.5, locale=spoken),
        day(datetime(2026, 3, 1, tzinfo=UTC), zone=PARIS, locale=spoken),
    )
    assert tuple(figure.replace("\u00a0", " ") for figure in written) == figures


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/", "1,8\u202fkm, 1er\u00a0janvier\u00a02027"),
        ("/en/", "1.8\u00a0km, 1\u00a0January\u00a02027"),
        ("/nl/", "1,8\u00a0km, 1\u00a0januari\u00a02027"),
    ],
)
def test_templates_write_figures_in_the_language_of_the_page(
    site: Flask, path: str, expected: str
) -> None:
    template = site.jinja_env.from_string("{{ 1849 | distance }}, {{ moment | day }}")
    with site.test_request_context(path):
        assert template.render(moment=datetime(2026, 12, 31, 23, tzinfo=UTC)) == expected
