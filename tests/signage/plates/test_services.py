"""Plates as the database tells them."""

import io
from collections.abc import Sequence
from datetime import date

import pytest
from PIL import Image

from tests.samples import CODES, DRAWING
from tests.signage.plates.printed import PLATE, batch_of, needs_typefaces, print_batch
from tourapp.errors import InvalidError, NotFoundError
from tourapp.media import media_name
from tourapp.resources import Resources
from tourapp.signage.models import Sign
from tourapp.signage.plates import services
from tourapp.signage.plates.checking import rendered
from tourapp.signage.plates.content import Plate, PlateError
from tourapp.signage.plates.formats import Layout
from tourapp.signage.plates.gathering import as_svg, gather, is_local
from tourapp.signage.plates.orders import Choice, Order
from tourapp.signage.plates.services import list_chosen
from tourapp.stops.services import get_narrative, get_stop

DAY = date(2026, 3, 1)


def ordered(choice: Choice, *, wheelchair: bool = False) -> Order:
    layout = Layout(format="a6")
    return Order(choice=choice, layout=layout, wheelchair=wheelchair, printed_on=DAY)


def plates(resources: Resources, choice: Choice, *, wheelchair: bool = False) -> Sequence[Plate]:
    return gather(resources, ordered(choice, wheelchair=wheelchair)).plates


def codes(resources: Resources, choice: Choice) -> list[str]:
    with resources.database.reading() as session:
        return [sign.code for sign in list_chosen(session, choice)]


def test_a_plate_is_made_for_each_sign_of_a_stop(seeded: Resources) -> None:
    with seeded.database.transaction() as session:
        stop = get_stop(session, "terril")
        session.add(Sign(code="ZZZZZZ", stop_id=stop.id, created_at=stop.updated_at))
    first, second = plates(seeded, Choice(stops=("terril",)))
    assert (first.code, second.code) == (CODES[0], "ZZZZZZ")
    assert second.url == "HTTPS://VISITE.EXAMPLE.FR/Q/ZZZZZZ"
    assert (first.title, first.number, first.version) == ("Montée du terril", 1, 1)


def test_signs_are_chosen_by_stop_by_code_or_all(seeded: Resources) -> None:
    assert codes(seeded, Choice(codes=("x4t8rb",), stops=("terril",))) == list(CODES[:2])
    assert codes(seeded, Choice(all=True)) == list(CODES[:3])


def test_a_plate_tells_a_second_language_small_and_what_the_visit_offers(
    seeded: Resources,
) -> None:
    [plate] = plates(seeded, Choice(stops=("arret-2",)), wheelchair=True)
    assert plate.second is not None
    assert (plate.second.lang, plate.second.title) == ("en", "The black hill")
    assert plate.pictograms == ("read", "wheelchair")
    assert plate.duration_s is None


def test_a_plate_tells_how_long_the_clip_is(spoken: Resources) -> None:
    [plate] = plates(spoken, Choice(stops=("terril",)))
    assert plate.second is None
    assert plate.pictograms == ("listen", "read")
    assert plate.duration_s is not None
    assert plate.duration_s > 1


def test_a_sign_that_would_be_scanned_in_vain_is_not_printed(seeded: Resources) -> None:
    with seeded.database.transaction() as session:
        narrative = get_narrative(session, get_stop(session, "terril"), lang="fr")
        narrative.published_revision_id = None
    with pytest.raises(PlateError, match="7K2M9Q: nothing of stop 'terril' is published in French"):
        plates(seeded, Choice(all=True))


@pytest.mark.parametrize("choice", [Choice(stops=("nowhere",)), Choice(codes=("000000",))])
def test_what_does_not_exist_is_told(seeded: Resources, choice: Choice) -> None:
    with pytest.raises(NotFoundError):
        codes(seeded, choice)


def test_a_batch_has_its_measure(seeded: Resources, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "MOST_PLATES", 2)
    for choice in (Choice(), Choice(all=True)):
        with pytest.raises(InvalidError, match="1 to 2 signs"):
            codes(seeded, choice)


def test_drawings_come_from_the_media_store(seeded: Resources) -> None:
    batch = gather(seeded, ordered(Choice(all=True)))
    assert batch.drawings == {media_name(DRAWING, suffix="svg"): DRAWING.decode()}


@pytest.mark.parametrize(
    ("url", "local"),
    [
        ("http://127.0.0.1:8000", True),
        ("http://192.168.1.12", True),
        ("http://[::1]:8000", True),
        ("http://localhost:8000", True),
        ("http://poste", True),
        ("http://serveur.lan", True),
        ("https://visite.example.fr", False),
        ("http://91.198.174.192", False),
    ],
)
def test_an_address_that_no_phone_reaches_is_known(url: str, *, local: bool) -> None:
    assert is_local(url) is local


def test_a_drawing_is_set_as_it_is() -> None:
    assert as_svg(b"<svg/>", suffix=".svg") == "<svg/>"


@needs_typefaces
def test_a_photograph_is_printed_like_a_drawing() -> None:
    file = io.BytesIO()
    Image.new("RGB", (160, 100), "#a4452c").save(file, "PNG")
    drawing = as_svg(file.getvalue(), suffix=".png").encode()
    [page] = rendered(print_batch(batch_of(PLATE, drawing=drawing)), dpi=50, is_grey=False)
    assert page[page.shape[0] // 2, 20].tolist() == pytest.approx([0xA4, 0x45, 0x2C], abs=6)
