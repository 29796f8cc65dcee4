"""Plates set in type; equal plates give equal bytes, since the day is given."""

import json
import re
from dataclasses import asdict
from pathlib import Path
from typing import Any

import typst

from tourapp.signage.plates.content import Batch, Imprint, Plate, PlateError
from tourapp.signage.plates.formats import Layout, quiet_mm
from tourapp.signage.qr import count_modules, qr_svg
from tourapp.typesetting import Typography

_TITLE = "Panneaux de visite"
_SCAN = {
    "en": "Scan to listen",
    "nl": "Scan om te luisteren",
    "de": "Scannen und anhören",
}
_PICTOGRAMS = {
    "listen": "À écouter",
    "read": "Le texte se lit sur le téléphone",
    "easy": "Aussi en texte facile à lire",
    "wheelchair": "Accessible en fauteuil roulant",
}
_MINUTE_S = 60
_REFUSED = re.compile(r"panicked with: (?P<reason>.+)")


class Typesetter:
    """Sets plates, with the templates and the typefaces of an installation."""

    def __init__(self, root: Path) -> None:
        self._typography = Typography(root)

    def set_plates(self, batch: Batch, layout: Layout) -> bytes:
        """Return the plates as one PDF, as many on a page as the format holds.

        Raises PlateError, which names the sign, for what does not fit or cannot be shown, and
        UnavailableError where the typefaces were not installed.
        """
        order = json.dumps(_order(batch, layout), ensure_ascii=False)
        template = f"signs/{layout.page.template}"
        try:
            return self._typography.set_pages(template, order, day=batch.imprint.printed_on)
        except typst.TypstError as error:
            raise _refusal(error) from error


def listening_time(duration_s: float) -> str:
    """Write the length of a clip to the minute: a plate outlives its voice by years."""
    minutes = max(1, round(duration_s / _MINUTE_S))
    return f"{minutes}\N{NO-BREAK SPACE}minute{'s' if minutes > 1 else ''}"


def _order(batch: Batch, layout: Layout) -> dict[str, Any]:
    page = layout.page
    return {
        "title": _TITLE,
        "width_mm": page.width_mm,
        "height_mm": page.height_mm,
        "theme": layout.theme,
        "marks": layout.marks,
        "drawings": dict(batch.drawings),
        "plates": [_plate(plate, layout) for plate in batch.plates],
        **_imprint(batch.imprint),
    }


def _imprint(imprint: Imprint) -> dict[str, Any]:
    return {
        "organisation": imprint.organisation,
        "logo": imprint.logo,
        "printed": f"{imprint.printed_on:%d/%m/%Y}",
        "trial": imprint.trial,
    }


def _plate(plate: Plate, layout: Layout) -> dict[str, Any]:
    second = plate.second
    host, _, path = plate.url.partition("://")[2].partition("/")
    return {
        "code": plate.code,
        "quiet_mm": quiet_mm(layout, count_modules(plate.url)),
        "number": plate.number,
        "title": plate.title,
        "lede": plate.lede,
        "second": second and {**asdict(second), "scan": _SCAN[second.lang]},
        "length": plate.duration_s and listening_time(plate.duration_s),
        "pictograms": [{"name": name, "alt": _PICTOGRAMS[name]} for name in plate.pictograms],
        "version": plate.version,
        "host": host.lower(),
        "path": f"/{path}",
        "qr": qr_svg(plate.url).decode(),
        "qr_alt": f"Code QR de l’adresse {host.lower()}/{path}",
        "drawing": plate.drawing,
        "drawing_alt": plate.drawing_alt,
    }


def _refusal(error: typst.TypstError) -> PlateError:
    if refused := _REFUSED.search(error.message):
        return PlateError(refused["reason"])
    return PlateError(f"a plate cannot be set: {error.message}")
