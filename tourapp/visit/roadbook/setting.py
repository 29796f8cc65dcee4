"""A road book set in type: A4, A5, or A5 laid out on A4 to be folded; equal ones, equal bytes."""

import json
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import typst

from tourapp.errors import InvalidError
from tourapp.signage.qr import qr_svg
from tourapp.typesetting import Typography
from tourapp.visit.roadbook.content import PaperFormat, PaperHalt, RoadBook
from tourapp.visit.roadbook.folding import folded
from tourapp.visit.roadbook.words import WORDS

_TEMPLATE = "paper/roadbook.typ"

# As many as an itinerary may have halts, for a few itineraries: drawing one takes some 10 ms.
_code = lru_cache(maxsize=256)(qr_svg)

# Reading the typefaces takes longer than setting a page.
_typography = lru_cache(maxsize=1)(Typography)


def set_road_book(book: RoadBook, *, format: PaperFormat, root: Path) -> bytes:  # noqa: A002 -- the word that people ask with
    """Return a road book as PDF.

    Raises InvalidError for what cannot be set, and UnavailableError without typefaces.
    """
    paper = "a4" if format == "a4" else "a5"
    order = json.dumps(_order(book, paper=paper), ensure_ascii=False)
    try:
        pdf = _typography(root).set_whatever_was_written(_TEMPLATE, order, day=book.day)
    except typst.TypstError as error:
        message = f"the road book cannot be set: {error.message}"
        raise InvalidError(message) from error
    return folded(pdf, day=book.day) if format == "booklet" else pdf


def _order(book: RoadBook, *, paper: str) -> dict[str, Any]:
    told = asdict(book)
    imprint = told.pop("imprint")
    return told | {
        "paper": paper,
        "words": WORDS[book.lang],
        "day": book.day.isoformat(),
        "organisation": imprint["organisation"],
        "trial": imprint["trial"],
        "halts": [_halt(halt) for halt in book.halts],
    }


def _halt(halt: PaperHalt) -> dict[str, Any]:
    if halt.url is None:
        return asdict(halt) | {"qr": None, "address": None}
    parts = urlsplit(halt.url)
    return asdict(halt) | {
        "qr": _code(halt.url).decode(),
        "address": (parts.netloc.lower(), parts.path),
    }
