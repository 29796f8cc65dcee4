"""Road books as they leave the printer."""

from dataclasses import replace
from datetime import date
from functools import cache
from io import BytesIO
from typing import Any

import pikepdf
import pytest

from tests.signage.plates.printed import LONG_TITLE, needs_typefaces
from tests.signage.plates.test_claims import tags
from tests.visit.roadbook.printed import (
    HALT,
    book_of,
    codes_of,
    many_halts,
    page_texts,
    printed,
    squeezed,
    text_of,
)
from tourapp.errors import InvalidError
from tourapp.typesetting import Typography
from tourapp.visit.roadbook.content import PAPER_FORMATS, PaperFormat
from tourapp.visit.roadbook.folding import spreads
from tourapp.visit.roadbook.words import WORDS

pytestmark = needs_typefaces

THIRTY = book_of(*many_halts(30))


@cache
def thirty(format_: PaperFormat) -> bytes:
    return printed(THIRTY, format_=format_)


@pytest.mark.parametrize("format_", PAPER_FORMATS)
def test_every_code_of_thirty_halts_is_read_from_the_paper(format_: PaperFormat) -> None:
    assert sorted(codes_of(thirty(format_))) == [halt.url for halt in THIRTY.halts]


@pytest.mark.parametrize("format_", PAPER_FORMATS)
def test_equal_road_books_are_equal_bytes(format_: PaperFormat) -> None:
    assert printed(THIRTY, format_=format_) == thirty(format_)
    assert b"2026-03-01" in thirty(format_) or b"D:20260301000000" in thirty(format_)


@pytest.mark.parametrize("format_", ["a4", "a5"])
def test_thirty_long_titles_are_set_whole(format_: PaperFormat) -> None:
    text = squeezed(text_of(thirty(format_)))
    # Once in the table of times, once before the halt, once on the page for emergencies.
    assert text.count(squeezed(LONG_TITLE)) == 3 * 15
    assert text.count("Compterlegroupe.") == 30


@pytest.mark.parametrize(("format_", "size"), [("a4", (210, 297)), ("a5", (148, 210))])
def test_a_page_has_its_size(format_: PaperFormat, size: tuple[int, int]) -> None:
    pages = opened(thirty(format_)).pages
    box = [float(edge) / 72 * 25.4 for edge in pages[0].mediabox]
    assert [round(edge) for edge in box[2:]] == list(size)


def test_a_booklet_is_folded_from_sheets_of_a4() -> None:
    sheets = opened(thirty("booklet")).pages
    pages = len(opened(thirty("a5")).pages)
    assert len(sheets) == 2 * -(-pages // 4)
    width, height = (round(float(edge) / 72 * 25.4) for edge in sheets[0].mediabox[2:])
    assert (width, height) == (297, 210)
    assert "1 /" in page_texts(thirty("booklet"))[0]


@pytest.mark.parametrize(
    ("pages", "laid"),
    [
        (1, [(4, 1), (2, 3)]),
        (4, [(4, 1), (2, 3)]),
        (5, [(8, 1), (2, 7), (6, 3), (4, 5)]),
    ],
)
def test_a_folded_sheet_is_read_in_order(pages: int, laid: list[tuple[int, int]]) -> None:
    assert list(spreads(pages)) == laid


@pytest.mark.parametrize("format_", ["a4", "a5"])
def test_a_road_book_can_be_read_aloud(format_: PaperFormat) -> None:
    pdf = opened(thirty(format_))
    with pdf.open_metadata() as claimed:
        assert (claimed["pdfaid:conformance"], claimed["pdfuaid:part"]) == ("A", "1")
        assert claimed["dc:title"] == "Feuille de route – La grande boucle"
    tree = pdf.Root.StructTreeRoot
    assert len([*tags(tree, "/H1")]) == 1
    assert len([*tags(tree, "/H3")]) == 31
    assert [*tags(tree, "/TH")]
    told = [str(figure.get("/Alt", "")) for figure in tags(tree, "/Figure")]
    assert len([alt for alt in told if alt.startswith("Code QR de l’adresse")]) == 30
    assert "Carte de l’itinéraire, le nord en haut" in told


def test_map_and_codes_are_drawn_not_painted() -> None:
    pages: Any = opened(thirty("a4")).pages
    assert not any(page.get_images() for page in pages)


def test_a_road_book_for_all_shows_nothing_of_the_guide_s() -> None:
    public = book_of(replace(HALT, note="", question=""), version="public")
    text = text_of(printed(public))
    assert "Note" not in text
    assert "Exemplaire du guide" not in text
    assert "Ce que le groupe a vu" not in text
    assert "Schiste glissant." in text


def test_the_last_page_tells_whom_to_call_and_where_one_is() -> None:
    post = replace(HALT, position=2, rescue_post="Borne A12", url=None, number=None)
    last = page_texts(printed(book_of(HALT, post)))[-1]
    assert "112" in last
    assert "Borne A12" in last
    assert "aucune connue" in last
    assert HALT.place in last.replace("\N{NO-BREAK SPACE}", " ")


def test_what_is_only_tried_says_so_on_each_page() -> None:
    trial = replace(book_of(HALT).imprint, trial=True)
    texts = page_texts(printed(book_of(HALT, imprint=trial)))
    assert all("ESSAI — adresse locale" in text for text in texts)


def test_a_letter_that_no_typeface_has_keeps_nothing_from_being_printed() -> None:
    written = replace(HALT, note="Tout droit → puis 😀 é et ☔.")
    assert squeezed("Tout droit > puis ? é et ?.") in squeezed(text_of(printed(book_of(written))))


def test_what_cannot_be_set_is_refused_in_a_sentence() -> None:
    with pytest.raises(InvalidError, match="the road book cannot be set"):
        printed(book_of(HALT, map="no drawing"))


@pytest.mark.parametrize("lang", WORDS)
def test_each_language_has_every_word(lang: str) -> None:
    assert WORDS[lang].keys() == WORDS["fr"].keys()
    assert all(WORDS[lang].values())
    assert WORDS[lang]["emergency"] in text_of(printed(book_of(HALT, lang=lang)))


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(pdf))


def test_a_letter_that_no_typeface_has_costs_no_second_setting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    set_pages, times = Typography.set_pages, []

    def counted(self: Typography, *what: str, day: date) -> bytes:
        times.append(what)
        return set_pages(self, *what, day=day)

    monkeypatch.setattr(Typography, "set_pages", counted)
    rare = replace(HALT, note="50°26\N{PRIME}07\N{DOUBLE PRIME} → la fosse\N{PEDESTRIAN}")
    assert "50°26’07” > la fosse?" in text_of(printed(book_of(rare), format_="a4"))
    assert len(times) == 1
