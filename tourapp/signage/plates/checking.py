"""Every plate is read before it leaves, from the page as it is printed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pypdfium2
import zxingcpp
from numpy.typing import NDArray

from tourapp.signage.codes import QUIET_ZONE
from tourapp.signage.plates.content import Plate, PlateError
from tourapp.signage.plates.formats import Layout
from tourapp.signage.qr import count_modules

MODULE_PX = 5
"""How many pixels of a module are looked at: no more than a poor phone sees of it."""

LEAST_CONTRAST = 0.7
"""Of ISO/IEC 15415's grade A: how much more light the ground gives back than the modules."""

LEAST_QUIET_LIGHT = 0.9
"""How light the quiet zone has to be, to the code's own ground."""

_POINTS_PER_INCH = 72
_MM_PER_INCH = 25.4
_QR_CODES = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
_SIZE_TOLERANCE = 0.03
_BLURRED_PX = 1.5
_DARKEST = 0.001

Image = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was measured of one code, on the page as it is printed."""

    text: str
    level: str
    left_px: float
    top_px: float
    side_px: float
    contrast: float
    quiet_light: float


def checked_dpi(plates: Sequence[Plate], layout: Layout) -> float:
    """Return the resolution that plates are looked at in."""
    return MODULE_PX * count_modules(plates[0].url) / layout.code_mm * _MM_PER_INCH


def rendered(pdf: bytes, *, dpi: float, is_grey: bool = True) -> Iterator[Image]:
    """Yield the pages of a file as they are printed, in grey or in red, green and blue."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            bitmap = page.render(
                scale=dpi / _POINTS_PER_INCH, grayscale=is_grey, rev_byteorder=True
            )
            yield bitmap.to_numpy().copy()
            page.close()
    finally:
        document.close()


def check(image: Image, plates: Sequence[Plate], layout: Layout, *, dpi: float) -> None:
    """Raise PlateError, which names the sign and the reason, for a page that nobody could scan."""
    readings = {found.text: found for found in read_codes(image, count_modules(plates[0].url))}
    for plate in plates:
        if plate.url not in readings:
            message = f"sign {plate.code}: its code cannot be read from the page"
            raise PlateError(message)
        _require(plate, readings[plate.url], layout, dpi=dpi)


def read_codes(image: Image, modules: int) -> list[Reading]:
    """Read every code of a page, and measure each as one of so many modules."""
    found = zxingcpp.read_barcodes(image, formats=_QR_CODES)
    return [_measured(image, code, modules) for code in found]


def _measured(image: Image, code: Any, modules: int) -> Reading:  # noqa: ANN401 -- zxing's own
    start, end = code.position.top_left, code.position.bottom_right
    side = (end.x - start.x + end.y - start.y) / 2
    zone = side / modules * QUIET_ZONE - _BLURRED_PX
    around = _square(image, start.x - zone, start.y - zone, side + 2 * zone)
    inside = around[_middle(zone, side)]
    light, dark = (_reflectance(float(np.percentile(inside, part))) for part in (95, 5))
    quiet = around.copy()
    quiet[_middle(zone - _BLURRED_PX, side + 2 * _BLURRED_PX)] = 255
    return Reading(
        text=code.text,
        level=code.ec_level,
        left_px=start.x,
        top_px=start.y,
        side_px=side,
        contrast=light - dark,
        quiet_light=_reflectance(float(quiet.min())) / max(light, _DARKEST),
    )


def _square(image: Image, left: float, top: float, side: float) -> Image:
    rows, columns = (slice(max(0, round(at)), round(at + side)) for at in (top, left))
    return image[rows, columns]


def _middle(margin: float, side: float) -> tuple[slice, slice]:
    middle = slice(round(margin), round(margin + side))
    return middle, middle


def _reflectance(grey: float) -> float:
    """Return how much light a printed grey gives back: what sRGB means by it."""
    share = grey / 255
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4  # noqa: PLR2004


def _require(plate: Plate, reading: Reading, layout: Layout, *, dpi: float) -> None:
    side_mm = reading.side_px / dpi * _MM_PER_INCH
    faults = {
        f"its code corrects errors at level {reading.level}, not H": reading.level != "H",
        f"its code measures {side_mm:.1f} mm, not {layout.code_mm:.1f}": (
            abs(side_mm / layout.code_mm - 1) > _SIZE_TOLERANCE
        ),
        f"the contrast of its code is {reading.contrast:.0%}, of at least {LEAST_CONTRAST:.0%}": (
            reading.contrast < LEAST_CONTRAST
        ),
        f"the {QUIET_ZONE} modules around its code are not quiet": (
            reading.quiet_light < LEAST_QUIET_LIGHT
        ),
    }
    if found := [fault for fault, is_found in faults.items() if is_found]:
        message = f"sign {plate.code}: {'; '.join(found)}"
        raise PlateError(message)
