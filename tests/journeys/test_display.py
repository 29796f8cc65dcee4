"""What a phone may choose of how pages look, and how they look where nobody chose."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import CODES, PHONE

SHORT, LONG = (f"/Q/{code}" for code in CODES)
COLOURS = "() => ['color', 'backgroundColor'].map(name => getComputedStyle(document.body)[name])"
BLACK_ON_WHITE = ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_in_full_sun_every_page_is_black_on_white(page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(SHORT)
    assert page.evaluate(COLOURS) != BLACK_ON_WHITE
    page.get_by_role("button", name="Plein soleil").click()
    for path in (SHORT, "/", "/Q/ZZZZZZ"):
        page.goto(path)
        expect(page.get_by_role("button", name="Plein soleil", pressed=True)).to_be_visible()
        assert page.evaluate(COLOURS) == BLACK_ON_WHITE
    page.get_by_role("button", name="Plein soleil").click()
    page.goto(SHORT)
    assert page.evaluate(COLOURS) != BLACK_ON_WHITE


def test_letters_are_larger_on_every_page(page: Page) -> None:
    size = "parseFloat(getComputedStyle(document.documentElement).fontSize)"
    page.goto(SHORT)
    usual = page.evaluate(size)
    page.get_by_role("button", name="Grands caractères").click()
    page.goto("/")
    assert page.evaluate(size) >= usual * 1.3


def test_the_choice_is_there_before_anything_is_painted(page: Page) -> None:
    page.add_init_script(
        "new MutationObserver(() => { window.first ??= document.body"
        " && document.documentElement.hasAttribute('data-contrast'); })"
        ".observe(document, { childList: true, subtree: true });"
    )
    page.goto(SHORT)
    page.get_by_role("button", name="Plein soleil").click()
    page.reload()
    assert page.evaluate("window.first") is True


def test_a_browser_that_keeps_nothing_shows_every_page(page: Page) -> None:
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('closed'); } });"
    )
    page.goto(SHORT)
    page.get_by_role("button", name="Plein soleil").click()
    assert page.evaluate(COLOURS) == BLACK_ON_WHITE
    page.get_by_label("Vitesse").select_option("1,25×")
    page.get_by_role("button", name="Écouter").click()
    expect(page.get_by_role("button", name="Mettre en pause")).to_be_visible()


def test_keys_that_need_scripts_are_not_there_without(browser: Browser, live: str) -> None:
    context = browser.new_context(
        base_url=live, viewport=PHONE, locale="fr-FR", java_script_enabled=False
    )
    page = context.new_page()
    page.goto(SHORT)
    for name in ("Plein soleil", "Grands caractères", "Suivre le texte", "Partager cet arrêt"):
        expect(page.get_by_role("button", name=name)).to_have_count(0)
    expect(page.locator("audio")).to_be_in_viewport(ratio=1)
    context.close()


def test_by_keyboard_everything_is_reached_and_nothing_is_hidden_by_the_player(page: Page) -> None:
    page.goto(LONG)
    covered = []
    for _ in range(80):
        page.keyboard.press("Tab")
        place = page.evaluate(
            """() => {
                const focused = document.activeElement;
                if (focused === document.body) return "body";
                const { left, top, width, height } = focused.getBoundingClientRect();
                const seen = document.elementFromPoint(left + width / 2, top + height / 2);
                const isSeen = focused.contains(seen) || seen?.contains(focused);
                return [isSeen, focused.outerHTML.slice(0, 90)];
            }"""
        )
        if place == "body":
            break
        covered += [] if place[0] else [place[1]]
    else:
        pytest.fail("the end of the page was not reached")
    assert covered == []


def test_a_sheet_is_printed_without_what_only_a_screen_can_do(page: Page) -> None:
    page.goto(LONG)
    page.emulate_media(media="print")
    for shown in (
        "Voici le passage numéro 1.",
        "Regardez le sentier qui tourne.",
        f"/Q/{CODES[1]}",
    ):
        expect(page.get_by_text(shown)).to_be_visible()
    for name in ("Écouter", "Plein soleil", "Partager cet arrêt", "Suivre le texte"):
        expect(page.get_by_role("button", name=name)).to_have_count(0)


@pytest.mark.parametrize("path", [SHORT, "/"])
def test_text_may_be_twice_as_large_without_anything_being_cut(page: Page, path: str) -> None:
    page.set_viewport_size({"width": 640, "height": 512})
    page.goto(path)
    page.get_by_role("button", name="Grands caractères").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 640
