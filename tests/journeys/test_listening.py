"""The player and the narrative that follows it, in a real browser, by touch and by keyboard."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import CODES
from tests.running import wait_until

SHORT, LONG = (f"/Q/{code}" for code in CODES)
LAST = "Il se lit, il se suit, et il s’écoute encore."


def seconds(page: Page) -> float:
    moment: float = page.locator("audio").evaluate("audio => audio.currentTime")
    return moment


def is_playing(page: Page) -> bool:
    playing: bool = page.locator("audio").evaluate("audio => !audio.paused && !audio.ended")
    return playing


def play(page: Page) -> None:
    page.get_by_role("button", name="Écouter").click()
    wait_until(lambda: seconds(page) > 0)


def sentence(page: Page, text: str, number: int = 0) -> None:
    """Tap a sentence."""
    page.locator("[data-start]", has_text=text).nth(number).click()


def test_the_first_screen_shows_number_title_and_player(page: Page) -> None:
    page.goto(SHORT)
    shown = page.locator(".stop-number"), page.get_by_role("heading", level=1)
    keys = page.locator(".player button, .player select, .player input")
    assert keys.count() == 5
    for each in (*shown, *keys.all()):
        expect(each).to_be_in_viewport(ratio=1)
    boxes = [key.bounding_box() for key in keys.all()]
    assert all(box["width"] >= 44 and box["height"] >= 44 for box in boxes)


def test_length_and_weight_are_told_before_anything_is_loaded(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(SHORT, wait_until="networkidle")
    assert page.locator(".player-told").inner_text().endswith("ko")
    assert not [url for url in asked if url.endswith((".opus", ".mp3", ".vtt"))]


def test_one_key_plays_and_pauses_and_says_which(page: Page) -> None:
    page.goto(LONG)
    play(page)
    expect(page.locator(".player-told")).to_contain_text("0:01 / 0:")
    page.get_by_role("button", name="Mettre en pause").click()
    expect(page.get_by_role("button", name="Écouter")).to_be_focused()
    assert not is_playing(page)


def test_fifteen_seconds_on_and_back(page: Page) -> None:
    page.goto(LONG)
    page.get_by_role("button", name="Avancer de 15 secondes").click()
    expect(page.locator(".player-told")).to_contain_text("0:15 / 0:")
    play(page)
    wait_until(lambda: seconds(page) > 15)
    page.get_by_role("button", name="Reculer de 15 secondes").click()
    wait_until(lambda: seconds(page) < 15)


def test_the_position_is_moved_and_told_by_keyboard(page: Page) -> None:
    page.goto(LONG)
    bar = page.get_by_role("slider", name="Position dans le récit")
    bar.focus()
    for key in ("ArrowRight", "ArrowUp", "PageUp", "PageDown", "ArrowLeft"):
        page.keyboard.press(key)
    expect(bar).to_have_value("5")
    assert str(bar.get_attribute("aria-valuetext")).startswith("5\u00a0secondes sur ")
    page.keyboard.press("End")
    assert int(bar.input_value()) > 15
    page.keyboard.press("Home")
    expect(bar).to_have_value("0")


def test_the_chosen_speed_is_kept_on_the_phone(page: Page) -> None:
    page.goto(SHORT)
    page.get_by_label("Vitesse").select_option("1,5×")
    page.goto(LONG)
    expect(page.get_by_label("Vitesse")).to_have_value("1.5")
    play(page)
    assert page.locator("audio").evaluate("audio => audio.playbackRate") == 1.5


def test_a_clip_goes_on_where_one_stopped(page: Page) -> None:
    page.goto(LONG)
    page.get_by_role("slider").fill("9")
    play(page)
    wait_until(lambda: seconds(page) > 9)
    page.goto(SHORT)
    assert page.get_by_role("slider").input_value() == "0"
    page.goto(LONG)
    assert 9 <= int(page.get_by_role("slider").input_value()) <= 11
    play(page)
    wait_until(lambda: seconds(page) > 9)


def test_the_place_is_kept_while_it_plays_lest_the_phone_ends_the_browser(page: Page) -> None:
    page.goto(LONG)
    play(page)
    page.locator("audio").evaluate("audio => { audio.playbackRate = 2; }")
    kept = "JSON.parse(localStorage['visite.positions'] ?? '[]').length"
    wait_until(lambda: page.evaluate(kept) == 1 and is_playing(page))


def test_a_clip_that_was_heard_to_its_end_begins_anew(page: Page) -> None:
    page.goto(LONG)
    page.get_by_role("slider").fill("9")
    play(page)
    page.get_by_role("slider").press("End")
    wait_until(lambda: not is_playing(page))
    page.reload()
    assert page.get_by_role("slider").input_value() == "0"


def test_the_sentence_that_is_said_is_marked(page: Page) -> None:
    page.goto(SHORT)
    marked = page.locator(".is-said")
    play(page)
    expect(marked).to_have_text("Le terril est noir.")
    expect(marked).to_have_text("Il pousse ici 21 espèces rares.")
    wait_until(lambda: not is_playing(page))
    expect(marked).to_have_count(0)


def test_a_tapped_sentence_is_said(page: Page) -> None:
    page.goto(SHORT)
    sentence(page, "Il pousse ici")
    expect(page.locator(".is-said")).to_have_text("Il pousse ici 21 espèces rares.")
    wait_until(lambda: is_playing(page))
    start = page.locator(".is-said").get_attribute("data-start")
    assert seconds(page) >= float(start or 0) > 0


def test_words_that_are_chosen_are_not_a_tap(page: Page) -> None:
    page.goto(SHORT)
    page.get_by_text("Le terril est noir.").select_text()
    page.get_by_text("Le terril est noir.").dispatch_event("click")
    assert not is_playing(page)


def test_sentences_are_turned_by_keyboard(page: Page) -> None:
    page.goto(SHORT)
    page.get_by_role("button", name="Phrase suivante").press("Enter")
    expect(page.locator(".is-said")).to_have_text("Il pousse ici 21 espèces rares.")
    page.get_by_role("button", name="Phrase précédente").press("Enter")
    expect(page.locator(".is-said")).to_have_text("Le terril est noir.")


@pytest.mark.parametrize(("motion", "way"), [("reduce", "auto"), ("no-preference", "smooth")])
def test_the_text_follows_gently(page: Page, motion: str, way: str) -> None:
    page.add_init_script(
        "Element.prototype.scrollIntoView = (how) => { window.ways = [how.behavior]; };"
    )
    page.emulate_media(reduced_motion="reduce" if motion == "reduce" else "no-preference")
    page.goto(LONG)
    sentence(page, "Voici le passage", 0)
    sentence(page, "Voici le passage", 1)
    wait_until(lambda: page.evaluate("window.ways"))
    assert page.evaluate("window.ways") == [way]


def test_the_text_stays_where_it_is_when_told_so(page: Page) -> None:
    page.goto(LONG)
    page.get_by_role("button", name="Suivre le texte").click()
    page.reload()
    expect(page.get_by_role("button", name="Suivre le texte", pressed=False)).to_be_visible()
    sentence(page, LAST, 0)
    before = page.evaluate("scrollY")
    page.get_by_role("slider").press("End")
    page.get_by_role("slider").press("PageDown")
    wait_until(lambda: seconds(page) > 5)
    assert page.evaluate("scrollY") == before


def test_another_tab_falls_silent(page: Page) -> None:
    page.goto(LONG)
    play(page)
    other = page.context.new_page()
    other.goto(SHORT)
    play(other)
    wait_until(lambda: not is_playing(page))
    assert is_playing(other)


def test_the_lock_screen_tells_what_plays_and_where(page: Page) -> None:
    page.goto(SHORT)
    play(page)
    told = page.evaluate(
        "() => { const { title, artwork } = navigator.mediaSession.metadata;"
        " return [title, artwork[0].src, navigator.mediaSession.playbackState]; }"
    )
    assert told[0] == "11. Au pied du terril"
    assert page.request.get(told[1]).ok


def test_a_sound_that_does_not_come_says_so_and_can_be_asked_for_again(
    context: BrowserContext,
) -> None:
    page = context.new_page()
    page.goto(LONG)
    context.route("**/media/*.*", lambda route: route.abort())
    page.get_by_role("button", name="Écouter").click()
    expect(page.locator(".player-told")).to_contain_text("Le son ne vient pas.")
    context.unroute("**/media/*.*")
    play(page)


def test_a_stop_is_handed_on_under_its_lasting_address(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(SHORT)
    page.get_by_role("button", name="Partager cet arrêt").click()
    expect(page.get_by_text("L’adresse est copiée.")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator("link[rel=canonical]").get_attribute("href")


def test_where_nothing_may_be_copied_the_address_is_shown(page: Page) -> None:
    page.add_init_script("delete Navigator.prototype.clipboard;")
    page.goto(SHORT)
    page.get_by_role("button", name="Partager cet arrêt").click()
    expect(page.get_by_role("status").filter(has_text="/fr/arrets/arret-11")).to_be_visible()


def test_the_phones_own_sheet_is_used_where_there_is_one(page: Page) -> None:
    page.add_init_script("navigator.share = async (what) => { window.shared = what; };")
    page.goto(SHORT)
    page.get_by_role("button", name="Partager cet arrêt").click()
    assert page.evaluate("window.shared.title") == "Au pied du terril"
