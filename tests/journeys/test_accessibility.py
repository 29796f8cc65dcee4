"""What axe finds on the visitor's pages, and that nothing is cut off on the narrowest phone."""

from dataclasses import dataclass
from typing import Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT  # type: ignore[import-untyped] # it ships none
from playwright.sync_api import Page, expect

from tests.journeys.conftest import CODES

PAGES = {
    "home": "/",
    "stop": f"/Q/{CODES[0]}",
    "stop without sound": "/fr/arrets/terril-11-19",
    "stop not translated": "/de/arrets/terril-11-19",
    "stop in plain words": "/fr/arrets/terril-11-19/facile",
    "unknown sign": "/Q/ZZZZZZ",
    "list": "/fr/arrets",
    "what was found": "/fr/arrets?q=terril",
    "nothing found": "/en/arrets?q=zeppelin",
    "map": "/fr/carte",
    "what was noticed": "/en/arrets/arret-11/remarques",
    "itineraries": "/nl/itineraires",
    "itinerary": "/fr/itineraires/la-boucle",
    "taking an itinerary along": "/de/itineraires/la-boucle/emporter",
    "accessibility": "/nl/accessibilite",
    "privacy": "/fr/confidentialite",
    "taking along": "/fr/emporter",
    "without signal": "/fr/hors-ligne",
    "unknown number": "/?numero=99",
}


@dataclass(frozen=True)
class Screen:
    """How a page is looked at; `chosen` is what the visitor switched on."""

    width: int
    height: int
    scheme: Literal["light", "dark"] = "light"
    chosen: str = ""
    colours: Literal["none", "active"] = "none"


USUAL_SCREENS = (
    Screen(320, 640),
    Screen(390, 844),
    Screen(390, 844, "dark"),
    Screen(1280, 800),
    Screen(1280, 800, "dark"),
    Screen(640, 400),  # a desktop at 200 %
)
SCREENS = (
    *USUAL_SCREENS,
    Screen(390, 844, "dark", chosen="contrast"),
    Screen(320, 640, chosen="text"),
    Screen(390, 844, colours="active"),
)
CHOOSE = """chosen => {
    for (const name of ["contrast", "text"]) {
        document.documentElement.toggleAttribute(`data-${name}`, name === chosen);
    }
}"""
FIND = """async (skipped) => {
    // What was just chosen is drawn first: colours are read as they are seen.
    await new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    const rules = Object.fromEntries(skipped.map(rule => [rule, { enabled: false }]));
    const found = await axe.run({ resultTypes: ["violations"], rules });
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`);
}"""


def hindrances(page: Page, screen: Screen) -> list[str]:
    """Return what axe finds wrong, and what does not fit into the width."""
    page.set_viewport_size({"width": screen.width, "height": screen.height})
    page.emulate_media(color_scheme=screen.scheme, forced_colors=screen.colours)
    page.evaluate(CHOOSE, screen.chosen)
    # Where the system chooses the colours, axe still reads ours.
    skipped = ["color-contrast"] if screen.colours == "active" else []
    found: list[str] = page.evaluate(FIND, skipped)
    is_cut = page.evaluate("document.documentElement.scrollWidth") > screen.width
    return found + (["wider than the screen"] if is_cut else [])


def assert_open_to_all(page: Page) -> None:
    page.evaluate(AXE_SCRIPT)
    found = {screen: hindrances(page, screen) for screen in SCREENS}
    assert {screen: each for screen, each in found.items() if each} == {}


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_no_page_shuts_anybody_out_by_day_or_night_on_any_screen(page: Page, path: str) -> None:
    page.goto(path)
    assert_open_to_all(page)


def test_nor_does_a_stop_while_it_is_heard(page: Page) -> None:
    page.goto(f"/Q/{CODES[1]}")
    page.get_by_role("button", name="Phrase suivante").click()
    expect(page.locator(".is-said")).to_be_visible()
    page.get_by_role("button", name="Mettre en pause").click()
    assert_open_to_all(page)


def test_who_tells_that_a_sign_is_damaged_is_thanked_by_a_page_for_everybody(page: Page) -> None:
    page.goto(f"/Q/{CODES[0]}")
    page.get_by_text("Préciser").click()
    page.evaluate(AXE_SCRIPT)
    assert hindrances(page, SCREENS[0]) == []
    page.get_by_label("Ce qui ne va pas").fill("Il penche.")
    page.get_by_role("button", name="Ce panneau est abîmé").click()
    page.get_by_role("heading", name="Merci").wait_for()
    page.evaluate(AXE_SCRIPT)
    assert hindrances(page, SCREENS[2]) == []
