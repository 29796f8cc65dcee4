"""Finding a stop with a phone: its number, words, what is near, and the map."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Geolocation, Page, Route, expect

from tests.journeys.conftest import PHONE
from tourapp.settings import PROJECT_ROOT

ELSEWHERE = re.compile("https://.*")
LEAFLET = PROJECT_ROOT / "tourapp" / "static" / "vendor" / "leaflet.js"
AT_THE_CHURCH = Geolocation(latitude=50.4577, longitude=2.7934)
IN_PARIS = Geolocation(latitude=48.8566, longitude=2.3522)
TILE = (PROJECT_ROOT / "docs" / "pictures" / "home-phone.png").read_bytes()


@pytest.fixture
def walker(browser: Browser, live: str) -> Iterator[BrowserContext]:
    """Open a phone that tells its position where it is allowed to."""
    context = browser.new_context(base_url=live, viewport=PHONE, locale="fr-FR")
    yield context
    context.close()


def hidden_pins(page: Page) -> list[list[str]]:
    """Return the pins of the map that lie over one another."""
    found: list[list[str]] = page.locator(".map-stop").evaluate_all(
        """pins => pins.flatMap((one, place) => pins.slice(place + 1)
            .filter(other => {
                const [a, b] = [one, other].map(pin => pin.getBoundingClientRect());
                return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
            })
            .map(other => [one.textContent, other.textContent]))"""
    )
    return found


def ask_what_is_near(context: BrowserContext) -> Page:
    page = context.new_page()
    page.goto("/fr/arrets")
    page.get_by_role("button", name="Près de moi").click()
    return page


def test_the_keypad_shows_digits_and_gives_way_to_letters(page: Page) -> None:
    page.goto("/fr/")
    keypad = page.get_by_label("Le numéro ou le code du panneau")
    expect(keypad).to_have_attribute("inputmode", "numeric")
    page.get_by_role("button", name="Mon code a des lettres").click()
    expect(keypad).to_have_attribute("inputmode", "text")
    expect(keypad).to_be_focused()
    keypad.fill("def-567")
    keypad.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("L’église")


def test_a_letter_that_was_typed_keeps_the_letters(page: Page) -> None:
    page.goto("/fr/?numero=zz")
    expect(page.get_by_label("Le numéro ou le code du panneau")).not_to_have_attribute(
        "inputmode", "numeric"
    )
    expect(page.get_by_role("button", name="Mon code a des lettres")).to_be_hidden()


def test_a_word_that_was_mistyped_leads_to_its_stop(page: Page) -> None:
    page.goto("/fr/")
    page.get_by_label("Chercher dans les titres et les récits").fill("chenlet")
    page.get_by_role("button", name="Chercher").click()
    expect(page.get_by_role("heading", name="1 arrêt pour « chenlet »")).to_be_visible()
    page.get_by_role("link", name="Résidence Chènelet").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Résidence Chènelet")


def test_what_is_near_is_told_without_telling_anybody(walker: BrowserContext) -> None:
    walker.grant_permissions(["geolocation"])
    walker.set_geolocation(AT_THE_CHURCH)
    asked: list[str] = []
    walker.on("request", lambda request: asked.append(request.url + (request.post_data or "")))
    page = ask_what_is_near(walker)
    nearest = page.locator(".stops-near li").first
    expect(nearest).to_contain_text("Toit de l’église Saint-Vaast")
    expect(nearest).to_contain_text("0 m")
    expect(page.get_by_text("Les arrêts les plus proches de vous")).to_be_visible()
    assert not [each for each in asked if "50.4577" in each or "near=" in each]
    nearest.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Toit de l’église Saint-Vaast")


def test_from_far_away_the_nearest_are_told_all_the_same(walker: BrowserContext) -> None:
    walker.grant_permissions(["geolocation"])
    walker.set_geolocation(IN_PARIS)
    page = ask_what_is_near(walker)
    expect(page.get_by_text("Vous êtes loin du bassin minier.")).to_be_visible()
    expect(page.locator(".stops-near li")).to_have_count(5)
    expect(page.locator(".stops-near li").first).to_contain_text("km au nord")


def test_a_phone_that_refuses_is_told_what_else_there_is(walker: BrowserContext) -> None:
    page = ask_what_is_near(walker)
    expect(page.get_by_text("Votre téléphone n’a pas donné votre position.")).to_be_visible()
    expect(page.locator(".stops-near")).to_be_hidden()
    expect(page.get_by_role("button", name="Près de moi")).to_be_enabled()


def test_a_phone_without_a_position_is_told_to_try_again(walker: BrowserContext) -> None:
    walker.add_init_script(
        "navigator.geolocation.getCurrentPosition = (found, failed) => failed({ code: 2 });"
    )
    page = ask_what_is_near(walker)
    expect(page.get_by_text("Votre position n’a pas été trouvée.")).to_be_visible()


def test_a_list_that_does_not_come_is_told(walker: BrowserContext) -> None:
    walker.grant_permissions(["geolocation"])
    walker.set_geolocation(AT_THE_CHURCH)
    walker.route("**/*.geojson*", lambda route: route.abort())
    page = ask_what_is_near(walker)
    expect(page.get_by_text("La liste des arrêts n’est pas arrivée.")).to_be_visible()


@pytest.mark.skipif(
    not LEAFLET.exists(), reason="leaflet is not installed in tourapp/static/vendor"
)
def test_the_map_is_ours_until_tiles_are_wished_for(page: Page, live: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.route(ELSEWHERE, lambda route: route.fulfill(body=TILE, content_type="image/png"))
    page.goto("/fr/carte", wait_until="networkidle")
    assert hidden_pins(page) == []
    page.get_by_role("button", name="Arrêt 11 – Au pied du terril").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".leaflet-popup")).to_contain_text("Au pied du terril")
    page.keyboard.press("Escape")
    assert not [url for url in asked if not url.startswith(live)]
    page.get_by_role("button", name="Afficher le fond de carte").click()
    expect(page.locator(".leaflet-tile-loaded").first).to_be_visible()
    expect(page.locator(".leaflet-control-attribution")).to_contain_text("© IGN")
    foreign = {url.partition("?")[0] for url in asked if not url.startswith(live)}
    assert foreign == {"https://data.geopf.fr/wmts"}
    page.get_by_role("button", name="Afficher le fond de carte").click()
    expect(page.locator(".leaflet-tile")).to_have_count(0)


@pytest.mark.skipif(
    not LEAFLET.exists(), reason="leaflet is not installed in tourapp/static/vendor"
)
def test_tiles_that_do_not_come_leave_the_stops(walker: BrowserContext) -> None:
    walker.route(ELSEWHERE, lambda route: route.abort())
    page = walker.new_page()
    page.goto("/fr/carte")
    page.get_by_role("button", name="Afficher le fond de carte").click()
    expect(page.get_by_text("Le fond de carte ne répond pas.")).to_be_visible()
    expect(page.locator(".map-stop").first).to_be_visible()


def test_without_the_maps_library_there_is_the_list(walker: BrowserContext) -> None:
    def refuse(route: Route) -> None:
        route.abort()

    walker.route("**/leaflet.js", refuse)
    page = walker.new_page()
    page.goto("/fr/carte")
    expect(page.get_by_text("La carte n’est pas arrivée.")).to_be_visible()
    expect(page.locator(".map-frame")).to_be_hidden()
    page.get_by_role("link", name="Résidence Chènelet").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Résidence Chènelet")
