"""Pages of A5 laid out on sheets of A4: printed on both sides and folded, they are a book."""

import hashlib
import re
from collections.abc import Iterator
from datetime import date
from io import BytesIO

import pypdfium2
from pypdfium2 import PdfDocument, PdfMatrix, PdfPage

_PAGES_A_SHEET = 4
_MM = 72 / 25.4
_SHEET = (297 * _MM, 210 * _MM)

# What pypdfium2 takes from the clock and draws by chance: equal road books are equal bytes, and an
# identity is made of what a file holds (ISO 32000-1, 14.4).
_DRAWN_AT = re.compile(rb"/CreationDate\(D:\d{14}\+00'00'\)")
_IDENTITY = re.compile(rb"/ID\[<[0-9A-F]{32}><[0-9A-F]{32}>\]")


def folded(pdf: bytes, *, day: date) -> bytes:
    """Return the sheets of a book: to be printed on both sides, turned over on the short edge.

    It is for a printer: a screen reader is given the pages in their order, which have tags.
    """
    pages = pypdfium2.PdfDocument(pdf)
    sheets = PdfDocument.new()
    for left, right in spreads(len(pages)):
        side = sheets.new_page(*_SHEET)
        for number, x in ((left, 0.0), (right, _SHEET[0] / 2)):
            if number <= len(pages):
                _lay(side, pages, number, x)
        side.gen_content()
    written = BytesIO()
    sheets.save(written)
    sheets.close()
    pages.close()
    return _identified(written.getvalue(), day)


def spreads(pages: int) -> Iterator[tuple[int, int]]:
    """Yield the pages that lie side by side, front and back of each sheet; the rest stays white."""
    whole = -(-pages // _PAGES_A_SHEET) * _PAGES_A_SHEET
    for first in range(1, whole // 2, 2):
        yield whole - first + 1, first
        yield first + 1, whole - first


def _lay(side: PdfPage, pages: PdfDocument, number: int, x: float) -> None:
    drawn = pages.page_as_xobject(number - 1, side.pdf).as_pageobject()
    drawn.set_matrix(PdfMatrix().translate(x, 0))
    side.insert_obj(drawn)


def _identified(pdf: bytes, day: date) -> bytes:
    moment = b"/CreationDate(D:%b000000+00'00')" % f"{day:%Y%m%d}".encode()
    dated = _DRAWN_AT.sub(moment, pdf)
    nameless = _IDENTITY.sub(b"", dated)
    name = hashlib.sha256(nameless).hexdigest()[:32].upper().encode()
    return _IDENTITY.sub(b"/ID[<%b><%b>]" % (name, name), dated)
