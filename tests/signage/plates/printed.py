"""Plates for tests: values of their own, printed by the installation's own press."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.samples import CODES, DRAWING
from tourapp.settings import PROJECT_ROOT
from tourapp.signage.codes import sign_url
from tourapp.signage.plates.content import Batch, Imprint, Plate, SecondLanguage
from tourapp.signage.plates.formats import Layout
from tourapp.signage.plates.orders import Packing
from tourapp.signage.plates.printing import Press
from tourapp.signage.plates.typesetting import Typesetter

TYPEFACES = PROJECT_ROOT / "tourapp" / "static" / "vendor" / "typefaces"

needs_typefaces = pytest.mark.skipif(
    not TYPEFACES.is_dir(),
    reason="the typefaces of signs are not installed: no npm registry answered at set-up",
)

PUBLIC_URL = "https://visite.example.fr"
DAY = date(2026, 3, 1)

LONG_TITLE = (
    "L’ancienne cité-jardin des mineurs de Loos-en-Gohelle, cœur battant d’une vallée où l’été, "
    "dès l’aube, chantait l’œillet"
)
LONG_LEDE = (
    "« Là-haut, disait-on, l’air sent l’œuf et le soufre » : aujourd’hui, ce sont des orchidées, "
    "des crapauds calamites et des promeneurs essoufflés qui s’y donnent rendez-vous, chaque "
    "année, du premier redoux jusqu’aux brumes de novembre."
)

PLATE = Plate(
    code=CODES[0],
    url=sign_url(PUBLIC_URL, CODES[0]),
    number=1,
    title="Montée du terril",
    lede="Une montagne faite à la main.",
    second=SecondLanguage(lang="en", title="The black hill", lede="A hill made by hand."),
    duration_s=128.4,
    pictograms=("listen", "read", "easy", "wheelchair"),
    version=3,
    drawing="dessin",
    drawing_alt="Un cône noir.",
)
IMPRINT = Imprint(organisation="Ville d’Œuf", logo=None, printed_on=DAY, trial=False)


def numbered(count: int) -> tuple[Plate, ...]:
    """Return plates that differ in number, code and address."""
    codes = [f"{number:06}" for number in range(1, count + 1)]
    return tuple(
        replace(PLATE, number=number, code=code, url=sign_url(PUBLIC_URL, code))
        for number, code in enumerate(codes, 1)
    )


def batch_of(*plates: Plate, drawing: bytes = DRAWING, **imprint: Any) -> Batch:  # noqa: ANN401
    """Return a batch of these plates."""
    return Batch(
        plates=plates,
        drawings={"dessin": drawing.decode()},
        imprint=replace(IMPRINT, **imprint),
    )


def print_batch(batch: Batch, packing: Packing = "pdf", **layout: Any) -> bytes:  # noqa: ANN401
    """Print a batch in a layout, A6 unless another is asked for."""
    press = Press(Typesetter(PROJECT_ROOT), Layout(**{"format": "a6"} | layout))
    return press.print_packed(batch, packing)
