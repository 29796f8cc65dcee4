"""What a file claims: PDF/A-2a, to be printed in ten years, and PDF/UA-1, to be read aloud."""

from collections.abc import Iterator
from functools import cache
from io import BytesIO
from typing import Any

import pikepdf
import pytest

from tests.signage.plates.printed import PLATE, batch_of, needs_typefaces, numbered, print_batch
from tourapp.signage.plates.formats import FORMAT_NAMES, FormatName

pytestmark = needs_typefaces

LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><path d="M0 0h4v4z"/></svg>'


@cache
def opened(format_: FormatName = "a6", signs: int = 1) -> pikepdf.Pdf:
    plates = (PLATE, *numbered(signs - 1))
    return pikepdf.open(BytesIO(print_batch(batch_of(*plates, logo=LOGO), format=format_)))


def tags(node: Any, role: str) -> Iterator[Any]:  # noqa: ANN401 -- pikepdf's own
    """Yield the elements of a role, in the order in which they are read."""
    if not isinstance(node, pikepdf.Dictionary):
        return
    if node.get("/S") == role:
        yield node
    children: Any = node.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        yield from tags(child, role)


@pytest.mark.parametrize("format_", FORMAT_NAMES)
def test_a_file_claims_both_standards(format_: FormatName) -> None:
    with opened(format_).open_metadata() as claimed:
        assert (claimed["pdfaid:part"], claimed["pdfaid:conformance"]) == ("2", "A")
        assert claimed["pdfuaid:part"] == "1"
        assert claimed["dc:title"] == "Panneaux de visite"
        assert claimed["xmp:CreateDate"].startswith("2026-03-01")


def test_a_file_is_marked_named_and_of_one_language() -> None:
    root = opened().Root
    assert root.MarkInfo.Marked
    assert root.ViewerPreferences.DisplayDocTitle
    assert str(root.Lang) == "fr"
    assert not {"/AcroForm", "/Names", "/OpenAction", "/AA"} & set(root.keys())


@pytest.mark.parametrize("format_", FORMAT_NAMES)
def test_each_sign_has_a_heading_and_each_picture_is_told(format_: FormatName) -> None:
    tree = opened(format_, signs=2).Root.StructTreeRoot
    assert len([*tags(tree, "/H1")]) == 2
    told = [str(figure.get("/Alt", "")) for figure in tags(tree, "/Figure")]
    assert all(told)
    assert "Code QR de l’adresse visite.example.fr/Q/7K2M9Q" in told


def test_pictograms_and_drawing_are_told_in_words() -> None:
    told = {str(figure.Alt) for figure in tags(opened().Root.StructTreeRoot, "/Figure")}
    assert told >= {"Un cône noir.", "À écouter", "Accessible en fauteuil roulant"}
    assert "Logo Ville d’Œuf" in told


def test_the_second_language_is_read_as_such() -> None:
    langs = {
        str(node.Lang)
        for role in ("/Span", "/P", "/Div")
        for node in tags(opened().Root.StructTreeRoot, role)
        if "/Lang" in node
    }
    assert "en" in langs


def test_every_typeface_is_inside() -> None:
    fonts = [
        each
        for each in opened().objects
        if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/FontDescriptor"
    ]
    assert {str(font.FontName).partition("+")[2].partition("-")[0] for font in fonts} == {
        "AtkinsonHyperlegibleNext",
        "BarlowCondensed",
    }
    assert all({"/FontFile2", "/FontFile3"} & set(font.keys()) for font in fonts)


def test_nothing_of_a_file_is_hidden_or_fetched() -> None:
    file = opened()
    assert not file.is_encrypted
    for each in file.objects:
        if isinstance(each, pikepdf.Dictionary):
            assert not {"/JS", "/URI", "/EF", "/Launch"} & set(each.keys())
