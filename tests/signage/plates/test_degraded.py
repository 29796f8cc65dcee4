"""A sign is read after ten years outside, by a poor phone, in poor light."""

from functools import cache

import numpy as np
import pytest
import zxingcpp

from tests.signage.plates.degrading import DAMAGES, MODULES, Damage, Grey
from tests.signage.plates.printed import PLATE, batch_of, needs_typefaces, print_batch
from tourapp.signage.plates.checking import Reading, read_codes, rendered
from tourapp.signage.plates.formats import FORMAT_NAMES, FormatName

pytestmark = needs_typefaces

TRIES = 30


@cache
def seen(format_: FormatName) -> tuple[Grey, Reading]:
    """Return what a phone sees from the distance that a sign is made for, and the code in it."""
    dpi = {"a6": 130, "a5": 90, "a4": 65, "a3": 45, "stickers": 190}[format_]
    [page] = rendered(print_batch(batch_of(PLATE), format=format_), dpi=dpi)
    [code] = read_codes(page, MODULES)
    around = round(code.side_px * 0.7)
    left, top = max(0, code.left_px - around), max(0, code.top_px - around)
    view = page[top : code.top_px + 3 * around, left : code.left_px + 3 * around]
    [code] = read_codes(view, MODULES)
    return view, code


def rate(format_: FormatName, damage: Damage) -> float:
    """Return how often a damaged page is still read."""
    page, code = seen(format_)
    chance = np.random.default_rng(7)
    read = [zxingcpp.read_barcodes(damage(page, code, chance)) for _ in range(TRIES)]
    return sum(any(each.text == PLATE.url for each in found) for found in read) / TRIES


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
@pytest.mark.parametrize("format_", FORMAT_NAMES)
def test_a_damaged_sign_is_read_all_the_same(format_: FormatName, damage: Damage) -> None:
    assert rate(format_, damage) >= DAMAGES[damage]
