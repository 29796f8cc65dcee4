"""What nobody could scan is refused, with the reason."""

from dataclasses import replace

import numpy as np
import pytest
from qrcode.constants import ERROR_CORRECT_L
from qrcode.image.pil import PilImage
from qrcode.main import QRCode

from tests.signage.plates.degrading import Grey
from tests.signage.plates.printed import PLATE, batch_of, needs_typefaces, print_batch
from tourapp.signage.plates.checking import check, checked_dpi, read_codes, rendered
from tourapp.signage.plates.content import PlateError
from tourapp.signage.plates.formats import Layout

pytestmark = needs_typefaces

A6 = Layout(format="a6")
DPI = checked_dpi([PLATE], A6)


@pytest.fixture(scope="module")
def page() -> Grey:
    [image] = rendered(print_batch(batch_of(PLATE)), dpi=DPI)
    return image


def paler(page: Grey) -> Grey:
    """Print the code in a pale grey."""
    return np.maximum(page, 180).astype(np.uint8)


def crowded(page: Grey) -> Grey:
    """Set a line of type into the quiet zone."""
    [code] = read_codes(page, 29)
    written = page.copy()
    row = round(code.top_px - 2 * code.side_px / 29)
    written[row, round(code.left_px) : round(code.left_px + code.side_px)] = 0
    return written


def weak(page: Grey) -> Grey:
    """Print a code of the same size that mends little."""
    code: QRCode[PilImage] = QRCode(error_correction=ERROR_CORRECT_L, image_factory=PilImage)
    code.add_data(PLATE.url)
    drawn = code.make_image().get_image().convert("L")
    [present] = read_codes(page, 29)
    wide = round(present.side_px * drawn.width / (code.modules_count * code.box_size))
    weakened = np.full_like(page, 255)
    weakened[:wide, :wide] = np.asarray(drawn.resize((wide, wide)))
    return weakened


def test_a_good_page_passes(page: Grey) -> None:
    check(page, [PLATE], A6, dpi=DPI)


def test_a_measure_is_taken_of_the_page(page: Grey) -> None:
    [code] = read_codes(page, 29)
    assert code.side_px / DPI * 25.4 == pytest.approx(35, rel=0.02)
    assert code.contrast == pytest.approx(1, abs=0.02)
    assert code.quiet_light == pytest.approx(1, abs=0.02)


def test_a_page_without_the_code_is_refused(page: Grey) -> None:
    other = replace(PLATE, code="X4T8RB", url=PLATE.url.replace("7K2M9Q", "X4T8RB"))
    with pytest.raises(PlateError, match="sign X4T8RB: its code cannot be read"):
        check(page, [other], A6, dpi=DPI)


def test_a_pale_code_is_refused(page: Grey) -> None:
    with pytest.raises(PlateError, match="the contrast of its code is 54%, of at least 70%"):
        check(paler(page), [PLATE], A6, dpi=DPI)


def test_a_crowded_code_is_refused(page: Grey) -> None:
    with pytest.raises(PlateError, match="4 modules around its code are not quiet"):
        check(crowded(page), [PLATE], A6, dpi=DPI)


def test_a_code_of_another_size_is_refused(page: Grey) -> None:
    with pytest.raises(PlateError, match=r"its code measures 35\.. mm, not 40\.0"):
        check(page, [PLATE], Layout(format="a6", distance_cm=40), dpi=DPI)


def test_a_code_that_mends_less_is_refused(page: Grey) -> None:
    [code] = read_codes(page, 29)
    assert code.level == "H"
    with pytest.raises(PlateError, match="corrects errors at level L, not H"):
        check(weak(page), [PLATE], A6, dpi=DPI)
