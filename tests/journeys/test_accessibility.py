"""What axe finds on the visitor's pages, and that nothing is cut off on the narrowest phone."""

from itertools import product

import pytest
from axe_playwright_python.base import AXE_SCRIPT  # type: ignore[import-untyped] # it ships none
from playwright.sync_api import Page

from tests.journeys.conftest import CODES

PAGES = {
    "home": "/",
    "stop": f"/Q/{CODES[0]}",
    "stop without sound": "/fr/arrets/terril-11-19",
    "stop not translated": "/en/arrets/terril-11-19",
    "unknown sign": "/Q/ZZZZZZ",
    "list": "/fr/arrets",
    "what was found": "/fr/arrets?q=terril",
    "nothing found": "/fr/arrets?q=zeppelin",
    "map": "/fr/carte",
    "unknown number": "/?numero=99",
}
SIZES = ((320, 640), (390, 844), (1280, 800))
FIND = """async () => {
    const found = await axe.run({ resultTypes: ["violations"] });
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`);
}"""


def hindrances(page: Page, *, dark: bool, size: tuple[int, int]) -> list[str]:
    """Return what axe finds wrong, and what does not fit into the width."""
    width, height = size
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme="dark" if dark else "light")
    found: list[str] = page.evaluate(FIND)
    is_cut = page.evaluate("document.documentElement.scrollWidth") > width
    return found + (["wider than the screen"] if is_cut else [])


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_no_page_shuts_anybody_out_by_day_or_night_on_any_screen(page: Page, path: str) -> None:
    page.goto(path)
    page.evaluate(AXE_SCRIPT)
    screens = product((False, True), SIZES)
    found = {(dark, size): hindrances(page, dark=dark, size=size) for dark, size in screens}
    assert not any(found.values()), found


def test_who_tells_that_a_sign_is_damaged_is_thanked_by_a_page_for_everybody(page: Page) -> None:
    page.goto(f"/Q/{CODES[0]}")
    page.get_by_text("Préciser").click()
    page.evaluate(AXE_SCRIPT)
    assert hindrances(page, dark=False, size=SIZES[0]) == []
    page.get_by_label("Ce qui ne va pas").fill("Il penche.")
    page.get_by_role("button", name="Ce panneau est abîmé").click()
    page.get_by_role("heading", name="Merci").wait_for()
    page.evaluate(AXE_SCRIPT)
    assert hindrances(page, dark=True, size=SIZES[1]) == []
