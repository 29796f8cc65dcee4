"""Plates as they leave: set in type, read back, packed."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from tests.signage.plates.printed import (
    LONG_LEDE,
    LONG_TITLE,
    PLATE,
    batch_of,
    needs_typefaces,
    numbered,
    print_batch,
)
from tourapp.errors import UnavailableError
from tourapp.signage.plates.checking import read_codes, rendered
from tourapp.signage.plates.content import PlateError, SecondLanguage, Theme
from tourapp.signage.plates.formats import FORMAT_NAMES, FORMATS, FormatName, Layout
from tourapp.signage.plates.typesetting import Typesetter
from tourapp.signage.qr import count_modules

pytestmark = needs_typefaces

MODULES = count_modules(PLATE.url)
MM_PER_POINT = 25.4 / 72
LONG = replace(
    PLATE,
    title=LONG_TITLE,
    lede=LONG_LEDE,
    second=SecondLanguage(lang="en", title=LONG_TITLE, lede=LONG_LEDE),
    number=112,
)


def texts(pdf: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]


def words(pdf: bytes) -> str:
    return " ".join("".join(texts(pdf)).replace("\u00a0", " ").split())


@pytest.mark.parametrize("dpi", [100, 150, 300])
@pytest.mark.parametrize("format_", FORMAT_NAMES)
def test_each_format_is_read_at_each_resolution(format_: FormatName, dpi: int) -> None:
    [page] = rendered(print_batch(batch_of(PLATE), format=format_), dpi=dpi)
    [code] = read_codes(page, MODULES)
    assert (code.text, code.level) == (PLATE.url, "H")


@pytest.mark.parametrize("format_", FORMAT_NAMES)
def test_a_page_is_as_large_as_its_format(format_: FormatName) -> None:
    [page] = pypdfium2.PdfDocument(print_batch(batch_of(PLATE), format=format_))
    measures = [points * MM_PER_POINT for points in page.get_size()]
    assert measures == pytest.approx([FORMATS[format_].width_mm, FORMATS[format_].height_mm])


def test_a_plate_says_everything_that_a_visitor_needs() -> None:
    said = words(print_batch(batch_of(PLATE)))
    for part in (
        "1",
        "Montée du terril",
        "Une montagne faite à la main.",
        "The black hill A hill made by hand.",
        "Scan to listen",
        "2 minutes",
        "visite.example.fr",
        "/Q/7K2M9Q",
        "7K2M9Q · v3 · 01/03/2026",
        "Ville d’Œuf",
    ):
        assert part in said


def test_a_plate_without_sound_or_translation_leaves_them_out() -> None:
    said = words(print_batch(batch_of(replace(PLATE, second=None, duration_s=None, pictograms=()))))
    assert "minute" not in said
    assert "Scan to listen" not in said


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("format_", FORMAT_NAMES)
def test_the_longest_texts_fit_in_every_format(format_: FormatName, theme: Theme) -> None:
    pdf = print_batch(batch_of(LONG), format=format_, theme=theme, hard=True)
    assert LONG_TITLE in words(pdf)


def test_names_with_hyphens_stay_on_one_line() -> None:
    [said] = texts(print_batch(batch_of(LONG)))
    assert {"Loos-en-Gohelle,", "cité-jardin", "d’une", "l’œillet"} <= set(said.split())


def test_a_word_that_is_wider_than_the_plate_is_refused() -> None:
    with pytest.raises(PlateError, match=r"7K2M9Q: the title does not fit"):
        print_batch(batch_of(replace(PLATE, title="Abcdefghij" * 12)))


def test_a_letter_that_the_typefaces_lack_is_refused() -> None:
    with pytest.raises(PlateError, match="☃"):
        print_batch(batch_of(replace(PLATE, title="Un bonhomme ☃")))


@pytest.mark.parametrize("format_", ["a6", "stickers"])
def test_a_plate_that_leads_to_this_machine_says_that_it_is_a_trial(format_: FormatName) -> None:
    essay = "ESSAI — ne pas poser"
    assert essay in words(print_batch(batch_of(PLATE, trial=True), format=format_))
    assert essay not in words(print_batch(batch_of(PLATE), format=format_))


def test_trim_marks_stand_outside_the_plate_with_its_colours_around() -> None:
    pdf = print_batch(batch_of(PLATE), marks=True)
    [page] = pypdfium2.PdfDocument(pdf)
    left, bottom, right, top = (points * MM_PER_POINT for points in page.get_trimbox())
    assert (left, bottom, right, top) == pytest.approx((10, 10, 115, 158))
    [image] = rendered(pdf, dpi=254, is_grey=False)
    inside, in_the_bleed, beyond = (image[int(at * 10), 300] for at in (11, 7.5, 6))
    assert tuple(inside) == tuple(in_the_bleed) == (0x1D, 0x1F, 0x22)
    assert tuple(beyond) == (255, 255, 255)


def test_a_code_is_as_large_as_the_distance_wants() -> None:
    with pytest.raises(PlateError, match=r"a code of 80 mm does not fit on a6.*at most 4"):
        print_batch(batch_of(PLATE), distance_cm=80)
    [page] = rendered(print_batch(batch_of(PLATE), distance_cm=32, hard=True), dpi=150)
    [code] = read_codes(page, MODULES)
    assert code.side_px / 150 * 25.4 == pytest.approx(40, rel=0.02)


def test_thirteen_stickers_take_two_sheets() -> None:
    pages = list(rendered(print_batch(batch_of(*numbered(13)), format="stickers"), dpi=150))
    assert [len(read_codes(page, MODULES)) for page in pages] == [12, 1]


def test_equal_plates_give_equal_bytes() -> None:
    batch = batch_of(*numbered(2))
    assert print_batch(batch) == print_batch(batch)
    assert print_batch(batch, "pdfs") == print_batch(batch, "pdfs")


def test_an_archive_holds_a_file_for_each_sign() -> None:
    packed = zipfile.ZipFile(io.BytesIO(print_batch(batch_of(*numbered(2)), "pdfs")))
    assert packed.namelist() == ["001-000001-a6.pdf", "002-000002-a6.pdf"]
    assert "/Q/000002" in words(packed.read("002-000002-a6.pdf"))


def test_a_picture_is_as_sharp_as_a_printer_wants() -> None:
    picture = Image.open(io.BytesIO(print_batch(batch_of(PLATE), "png")))
    assert picture.info["dpi"] == pytest.approx((300, 300), abs=0.1)
    assert picture.size == pytest.approx((1240, 1748), abs=1)


def test_a_picture_shows_one_sign() -> None:
    with pytest.raises(PlateError, match="one sign, not 2"):
        print_batch(batch_of(*numbered(2)), "png")
    packed = zipfile.ZipFile(io.BytesIO(print_batch(batch_of(*numbered(2)), "pngs")))
    assert packed.namelist() == ["001-000001-a6.png", "002-000002-a6.png"]


def test_without_the_typefaces_nothing_is_printed(tmp_path: Path) -> None:
    with pytest.raises(UnavailableError, match="typefaces of signs are not installed"):
        Typesetter(tmp_path).set_plates(batch_of(PLATE), Layout(format="a6"))


def test_a_logo_stands_beside_the_name() -> None:
    logo = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><path d="M0 0h4v4z"/></svg>'
    assert print_batch(batch_of(PLATE, logo=logo)) != print_batch(batch_of(PLATE))


def test_a_wide_drawing_fills_its_place() -> None:
    wide = (
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 5"><path d="M0 0h80v5H0z"/></svg>'
    )
    [page] = rendered(print_batch(batch_of(PLATE, drawing=wide)), dpi=150)
    assert (page[page.shape[0] // 2, 5:-5] == 0).all()
