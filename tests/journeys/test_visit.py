"""What a visitor does on the path, in a real browser, with scripts and without."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import CODES, PHONE
from tests.running import wait_until


@pytest.fixture
def plain_page(browser: Browser, live: str) -> Iterator[Page]:
    """Open a phone that runs no script of any page."""
    context = browser.new_context(
        base_url=live, viewport=PHONE, locale="fr-FR", java_script_enabled=False
    )
    yield context.new_page()
    context.close()


def walk(page: Page) -> None:
    """Scan a sign, hear and read its stop, go on, get lost, and key in a number."""
    page.goto(f"/Q/{CODES[0]}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Au pied du terril")
    assert_heard(page)
    expect(page.get_by_text("Il pousse ici 21 espèces rares.")).to_be_visible()
    page.get_by_role("link", name="Arrêt suivant").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("L’église")
    page.goto("/Q/ZZZZZZ")
    expect(page.get_by_role("heading", level=1)).to_have_text("Panneau inconnu")
    key_in(page, "99")
    expect(page.get_by_text("Aucun arrêt ne répond à « 99 ».")).to_be_visible()
    key_in(page, "11")
    expect(page.get_by_role("heading", level=1)).to_have_text("Au pied du terril")
    say(page, "On entend une alouette.")


def assert_heard(page: Page) -> None:
    """Play the sound by whichever keys there are, and hear it go on."""
    sound = page.locator("audio")
    assert sound.evaluate("audio => [audio.readyState, audio.paused]") == [0, True]
    ours = page.get_by_role("button", name="Écouter")
    (ours if ours.is_visible() else sound).focus()
    page.keyboard.press("Space")
    wait_until(lambda: sound.evaluate("audio => audio.currentTime") > 0.3)
    assert sound.evaluate("audio => audio.currentSrc").endswith(".opus")


def say(page: Page, text: str) -> None:
    """Say what one notices, and be thanked where one is, or by a page."""
    page.get_by_label("J’ai entendu").check()
    page.get_by_label("Votre remarque").fill(text)
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_text("Merci").first).to_be_visible()


def key_in(page: Page, number: str) -> None:
    page.get_by_label("Le numéro ou le code du panneau").fill(number)
    page.get_by_role("button", name="Y aller").click()


def test_a_visitor_scans_hears_reads_and_goes_on(page: Page) -> None:
    walk(page)


def test_so_does_a_visitor_without_scripts(plain_page: Page) -> None:
    walk(plain_page)


def test_a_sound_is_captioned_and_can_be_entered_anywhere(page: Page) -> None:
    page.goto(f"/Q/{CODES[0]}")
    player = page.locator("audio")
    player.evaluate("audio => { audio.textTracks[0].mode = 'hidden'; audio.play(); }")
    wait_until(lambda: player.evaluate("audio => audio.textTracks[0].cues?.length") == 2)
    player.evaluate("audio => { audio.currentTime = audio.duration - 0.5; }")
    wait_until(lambda: player.evaluate("audio => audio.ended"))


def test_everything_is_reached_by_keyboard_the_content_first(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Aller au contenu")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Le numéro ou le code du panneau")).to_be_focused()
    page.keyboard.type("12")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("L’église")
