"""Plates set, checked and packed: one file for all, or one a sign; equal batches, equal bytes."""

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from PIL import Image

from tourapp.signage.plates.checking import check, checked_dpi, rendered
from tourapp.signage.plates.content import Batch, Plate, PlateError
from tourapp.signage.plates.formats import Layout
from tourapp.signage.plates.orders import Packing
from tourapp.signage.plates.typesetting import Typesetter

Form = Literal["pdf", "png"]

PNG_DPI = 300

# What an archive holds of each sign.
_FORMS: dict[Packing, Form] = {"pdfs": "pdf", "pngs": "png"}
# What a ZIP can say at the earliest: an archive knows no day of its own.
_NO_DAY = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class PrintedFile:
    """The file of one sign."""

    name: str
    content: bytes


class Press:
    """Prints plates in one layout; nothing leaves it that was not read back.

    `after_each` is told of each sign that is printed. Every method raises PlateError, which names
    the sign, and UnavailableError where the typefaces were not installed.
    """

    def __init__(
        self,
        typesetter: Typesetter,
        layout: Layout,
        *,
        after_each: Callable[[], object] = lambda: None,
    ) -> None:
        self._typesetter = typesetter
        self._layout = layout
        self._after_each = after_each

    def print_packed(self, batch: Batch, packing: Packing) -> bytes:
        """Return all plates in one file."""
        if packing == "pdf":
            return self._checked_pdf(batch)
        if packing == "png":
            return self._picture(batch)
        return _archive(self.print_apart(batch, _FORMS[packing]))

    def print_apart(self, batch: Batch, form: Form) -> Iterator[PrintedFile]:
        """Yield a file for each sign."""
        printed = self._checked_pdf if form == "pdf" else self._checked_png
        for plate in batch.plates:
            name = f"{plate.number:03}-{plate.code}-{self._layout.format}.{form}"
            yield PrintedFile(name, printed(replace(batch, plates=(plate,))))

    def _picture(self, batch: Batch) -> bytes:
        if len(batch.plates) > 1:
            message = f"a picture shows one sign, not {len(batch.plates)}: ask for an archive"
            raise PlateError(message)
        return self._checked_png(batch)

    def _checked_pdf(self, batch: Batch) -> bytes:
        pdf = self._typesetter.set_plates(batch, self._layout)
        pages = _pages(batch.plates, self._layout.page.per_page)
        dpi = checked_dpi(batch.plates, self._layout)
        for image, plates in zip(rendered(pdf, dpi=dpi), pages, strict=True):
            self._check(image, plates, dpi=dpi)
        return pdf

    def _checked_png(self, batch: Batch) -> bytes:
        pdf = self._typesetter.set_plates(batch, self._layout)
        [image] = rendered(pdf, dpi=PNG_DPI, is_grey=False)
        file = io.BytesIO()
        Image.fromarray(image).save(file, "PNG", dpi=(PNG_DPI, PNG_DPI))
        # The file itself is read, not what it was made of.
        grey = np.asarray(Image.open(file, formats=["PNG"]).convert("L"))
        self._check(grey, batch.plates, dpi=PNG_DPI)
        return file.getvalue()

    def _check(self, image: np.ndarray, plates: Sequence[Plate], *, dpi: float) -> None:
        check(image, plates, self._layout, dpi=dpi)
        for _ in plates:
            self._after_each()


def _pages(plates: Sequence[Plate], per_page: int) -> Iterator[Sequence[Plate]]:
    for first in range(0, len(plates), per_page):
        yield plates[first : first + per_page]


def _archive(files: Iterable[PrintedFile]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for file in files:
            archive.writestr(zipfile.ZipInfo(file.name, _NO_DAY), file.content)
    return packed.getvalue()
