"""Pictures are made in the worker, where they are wanted and lacking, once."""

import logging
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import select, text

from tests.pictures.stops import pictured_stop
from tests.publishing.edges import Sides
from tourapp.app import create_keeper
from tourapp.catalogue.services import mark_stale
from tourapp.errors import UnavailableError
from tourapp.pictures.models import PictureForm
from tourapp.publishing.picturing import Illustrator
from tourapp.publishing.seeding import store_media
from tourapp.stops.content import Picture, StopContent
from tourapp.stops.services import get_stop, set_place
from tourapp.visit.found.emblem import emblem_media

PAGE = "/fr/arrets/terril"


def made(sides: Sides) -> set[tuple[str, str]]:
    with sides.resources.database.reading() as session:
        return {
            ("the visit" if form.source_media == emblem_media() else "a stop", form.form)
            for form in session.scalars(select(PictureForm))
        }


def illustrate(sides: Sides) -> int:
    illustrator = Illustrator(sides.resources)
    count = 0
    while illustrator.make_next():
        count += 1
    return count


def test_what_is_wanted_is_made_once_and_shown(fresh: Sides) -> None:
    assert "og:image" not in fresh.edge.get(PAGE).text
    assert illustrate(fresh) == 3
    assert made(fresh) == {("the visit", "card"), ("the visit", "cover"), ("a stop", "card")}
    assert "og:image" in fresh.edge.get(PAGE).text
    assert "og:image" in fresh.edge.get("/fr/").text
    fresh.restore()
    assert "og:image" in fresh.edge.get(PAGE).text
    assert illustrate(fresh) == 0


def test_a_photograph_is_wanted_in_each_format_and_width(fresh: Sides) -> None:
    stop = pictured_stop(shades=("olive",))
    place_pictures(fresh, stop, *stop.place.pictures)
    assert illustrate(fresh) == 3 + 6 + 9 + 1
    assert {form for _, form in made(fresh)} == {
        "card",
        "card-20-40",
        "cover",
        *(f"{suffix}-{width}" for suffix in ("jpg", "webp", "avif") for width in (480, 500)),
        *(
            f"{shape}-{suffix}-{width}-20-40"
            for suffix in ("jpg", "webp", "avif")
            for shape, width in (("lead", 480), ("lead", 720), ("thumb", 320))
        ),
    }


def test_the_first_photograph_leads_its_page_and_stands_in_lists(fresh: Sides) -> None:
    stop = pictured_stop(shades=("olive", "navy"))
    fresh.restore()
    place_pictures(fresh, stop, *stop.place.pictures)
    illustrate(fresh)
    page, home = fresh.edge.get(PAGE).text, fresh.edge.get("/fr/").text
    assert 'width="720" height="480" alt="Le terril, olive." fetchpriority="high"' in page
    assert '<a href="#image-1">' in page
    assert '<figure id="image-2">' in page
    assert stop.place.drawing.media not in page
    assert 'width="320" height="240" alt="" loading="lazy"' in home
    assert home.count("<picture>") == 1


def test_another_point_makes_what_is_cut_anew_and_forgets_the_former(fresh: Sides) -> None:
    stop = pictured_stop(shades=("olive",))
    [picture] = stop.place.pictures
    place_pictures(fresh, stop, picture)
    illustrate(fresh)
    before = made(fresh)
    place_pictures(fresh, stop, replace(picture, focus=(0, 100)))
    assert 'height="480"' in fresh.edge.get(PAGE).text
    assert illustrate(fresh) == 10
    changed = {form.removesuffix("-20-40") + "-0-100" for _, form in before if "-20-40" in form}
    assert len(changed) == 10
    assert changed == {form for _, form in made(fresh) - before}
    assert len(made(fresh)) == len(before)


def test_the_forms_of_a_photograph_that_was_removed_are_forgotten(fresh: Sides) -> None:
    stop = pictured_stop(shades=("olive",))
    place_pictures(fresh, stop, *stop.place.pictures)
    illustrate(fresh)
    place_pictures(fresh, stop)
    illustrate(fresh)
    assert made(fresh) == {("the visit", "card"), ("the visit", "cover"), ("a stop", "card")}


def place_pictures(sides: Sides, stop: StopContent, *pictures: Picture) -> None:
    store_media(sides.resources.media, [stop])
    with sides.resources.database.transaction() as session:
        place = replace(stop.place, pictures=pictures)
        set_place(get_stop(session, "terril"), place, now=datetime.now(UTC))
        mark_stale(session, ["stops"])


def test_two_workers_that_make_the_same_agree(
    fresh: Sides, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = Illustrator(fresh.resources)
    make = first._make

    def late(wanted: object) -> None:
        illustrate(fresh)
        make(wanted)  # type: ignore[arg-type] # as it is given

    monkeypatch.setattr(first, "_make", late)
    assert first.make_next()
    assert made(fresh) == {("the visit", "card"), ("the visit", "cover"), ("a stop", "card")}


def test_it_looks_again_only_when_something_changed(fresh: Sides) -> None:
    illustrator = Illustrator(fresh.resources)
    while illustrator.make_next():
        """Every picture in turn."""
    with fresh.resources.database.transaction() as session:
        session.execute(text("DELETE FROM picture_form"))
    assert not illustrator.make_next()
    with fresh.resources.database.transaction() as session:
        mark_stale(session, ["stops"])
    assert illustrator.make_next()


def test_a_picture_that_cannot_be_made_hinders_no_other(
    fresh: Sides, caplog: pytest.LogCaptureFixture
) -> None:
    with fresh.resources.database.transaction() as session:
        session.execute(text(f"UPDATE stop SET drawing_media = '{'0' * 64}.svg' WHERE id = 1"))  # noqa: S608 -- our own table
    with caplog.at_level(logging.WARNING):
        assert illustrate(fresh) == 4
    assert "no card of 000" in caplog.text
    assert ("a stop", "card") in made(fresh)


def test_it_comes_back_to_what_cannot_be_made_now(
    fresh: Sides, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object, **__: object) -> str:
        message = "away"
        raise UnavailableError(message)

    illustrator = Illustrator(fresh.resources)
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(fresh.resources.media, "put", away)
        with pytest.raises(UnavailableError):
            illustrator.make_next()
    assert illustrator.make_next()


def test_the_worker_keeps_at_it(fresh: Sides) -> None:
    keeper = create_keeper(fresh.app, fresh.resources)
    assert keeper._illustrator.make_next()  # noqa: SLF001 -- what it keeps doing
