"""Road books for tests: values of their own, and pages read back as a reader's phone does."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise

import numpy as np
import pypdfium2
import zxingcpp
from numpy.typing import NDArray

from tests.signage.plates.printed import LONG_TITLE
from tourapp.settings import PROJECT_ROOT
from tourapp.signage.plates.content import Imprint
from tourapp.visit.roadbook.content import PaperFormat, PaperHalt, RoadBook
from tourapp.visit.roadbook.drawing import map_svg
from tourapp.visit.roadbook.setting import set_road_book
from tourapp.visit.roadbook.wording import locale_of
from tourapp.visit.touring.mapping import DrawnHalt, DrawnMap, DrawnWay

DAY = date(2026, 3, 1)

HALT = PaperHalt(
    position=1,
    title="Montée du terril",
    lede="Une montagne faite à la main.",
    lang="fr",
    number=1,
    way="Départ",
    arrives="0 h 00",
    leaves="0 h 20",
    stay="20 min",
    look="Regardez le sentier qui tourne.",
    safety="Schiste glissant.",
    place="50,44300° N, 2,77800° E",
    rescue_post=None,
    url="HTTPS://VISITE.EXAMPLE.FR/Q/000001",
    note="Compter le groupe.",
    question="Qu’entendez-vous ?",
)


def book_of(*halts: PaperHalt, **changed: object) -> RoadBook:
    """Return the guide's road book of these halts, on a zigzag."""
    at = [(60 + 680 * index // max(len(halts), 1), 60 + index % 3 * 120) for index in range(99)]
    places = at[: len(halts)]
    ways = [
        DrawnWay(f"{before[0]},{before[1]} {place[0]},{place[1]}", is_estimate=number % 2 == 0)
        for number, (before, place) in enumerate(pairwise(places))
    ]
    marks = [DrawnHalt(*place, str(number)) for number, place in enumerate(places, 1)]
    drawn = DrawnMap(420, tuple(ways), tuple(marks), 500, 150)
    book = RoadBook(
        title="La grande boucle",
        summary="Du terril à l’église, et retour.",
        lang="fr",
        version="guide",
        is_by_the_clock=False,
        facts=[("Distance", "9,4 km"), ("Pour qui", "Qui marche bien, " * 6)],
        map=map_svg(drawn, locale=locale_of("fr")),
        profile=None,
        halts=halts,
        day=DAY,
        written_day="1er mars 2026",
        address="visite.example.fr/fr/itineraires/la-grande-boucle",
        imprint=Imprint(organisation="Ville d’Œuf", logo=None, printed_on=DAY, trial=False),
    )
    return replace(book, **changed)  # type: ignore[arg-type] # a test names fields of its own


def many_halts(count: int) -> list[PaperHalt]:
    """Return halts with codes of their own, of which each other one has a long title."""
    return [
        replace(
            HALT,
            position=number,
            title=HALT.title if number % 2 else LONG_TITLE,
            url=f"HTTPS://VISITE.EXAMPLE.FR/Q/{number:06}",
        )
        for number in range(1, count + 1)
    ]


def printed(book: RoadBook, *, format_: PaperFormat = "a4") -> bytes:
    return set_road_book(book, format=format_, root=PROJECT_ROOT)


def page_texts(pdf: bytes) -> list[str]:
    """Return what stands on each page, its lines joined."""
    with pypdfium2.PdfDocument(pdf) as document:
        texts = [page.get_textpage().get_text_bounded() for page in document]
    return [" ".join(text.split()) for text in texts]


def text_of(pdf: bytes) -> str:
    return " ".join(page_texts(pdf))


def squeezed(text: str) -> str:
    """Return a text without spaces, of which lines and thin ones are told in several ways."""
    return "".join(text.split())


def codes_of(pdf: bytes, *, dpi: int = 150) -> list[str]:
    """Return what the codes of all pages say, as a printer of 150 dpi shows them."""
    return [code for image in drawn_pages(pdf, dpi=dpi) for code in _read(image)]


def drawn_pages(pdf: bytes, *, dpi: int) -> Iterator[NDArray[np.uint8]]:
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            yield page.render(scale=dpi / 72, grayscale=True).to_numpy().copy()


def _read(image: NDArray[np.uint8]) -> list[str]:
    formats = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    return [found.text for found in zxingcpp.read_barcodes(image, formats=formats)]
