"""QR codes: read back from what is drawn."""

import re
from io import BytesIO

import pytest
import zxingcpp
from flask.testing import FlaskClient
from PIL import Image, ImageDraw

from tourapp.signage.codes import normalise_code, sign_url
from tourapp.signage.qr import qr_png, qr_svg

URL = "HTTPS://VISITE.EXAMPLE.FR/Q/7K2M9Q"
CELL = re.compile(r"M(\d+),(\d+)H(\d+)V(\d+)H\d+z")


def _painted(svg: bytes, *, scale: int = 8) -> Image.Image:
    """Paint the squares of the drawing's one path."""
    drawing = svg.decode()
    side = int(re.findall(r'viewBox="0 0 (\d+) \d+"', drawing)[0])
    image = Image.new("L", (side * scale, side * scale), 255)
    brush = ImageDraw.Draw(image)
    for cell in CELL.findall(drawing):
        left, top, right, bottom = (int(edge) * scale for edge in cell)
        brush.rectangle((left, top, right - 1, bottom - 1), fill=0)
    return image


def _read(image: Image.Image) -> zxingcpp.Barcode:
    [code] = zxingcpp.read_barcodes(image)
    return code


def test_both_drawings_say_the_address() -> None:
    assert _read(_painted(qr_svg(URL))).text == URL
    assert _read(Image.open(BytesIO(qr_png(URL)))).text == URL


def test_the_code_is_as_sturdy_and_as_small_as_can_be() -> None:
    code = _read(Image.open(BytesIO(qr_png(URL))))
    assert code.ec_level == "H"
    assert 'viewBox="0 0 37 37"' in qr_svg(URL).decode()


def test_four_modules_around_it_are_quiet() -> None:
    image = Image.open(BytesIO(qr_png(URL))).convert("L")
    box = image.point(lambda shade: 255 - shade).getbbox()
    margin = 4 * 16
    assert box == (margin, margin, image.width - margin, image.height - margin)


@pytest.mark.parametrize("typed", ["7K2M9Q", "7k2m9q", " 7k2-m9q ", "7K2M9q"])
def test_a_code_is_known_however_it_is_typed(typed: str) -> None:
    assert normalise_code(typed) == "7K2M9Q"


def test_letters_that_are_confused_with_digits_are_forgiven() -> None:
    assert normalise_code("oOiIlL") == "001111"


def test_an_address_is_all_in_capitals() -> None:
    assert sign_url("https://visite.example.fr", "7K2M9Q") == URL


@pytest.mark.parametrize("form", ["svg", "png"])
def test_the_code_of_a_stop_leads_to_it(client: FlaskClient, form: str) -> None:
    drawing = client.get(f"/api/v1/stops/terril/qr.{form}")
    image = _painted(drawing.data) if form == "svg" else Image.open(BytesIO(drawing.data))
    path = _read(image).text.removeprefix("HTTPS://VISITE.EXAMPLE.FR")
    assert "Montée du terril" in client.get(path).text
