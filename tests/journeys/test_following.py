"""An itinerary on a visitor's phone: begun where one stands, followed, taken along, and left."""

from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.journeys.conftest import CODES
from tests.journeys.test_led_walk import assert_open_to_all

LOOP = "/fr/itineraires/la-boucle"
HEAP, CHURCH, FOOT = (f"/fr/arrets/{slug}" for slug in ("terril-11-19", "arret-12", "arret-11"))
KEPT = "localStorage['visite.itineraire'] ?? null"
ANOTHER_VERSION = """async () => {
    const tours = await caches.open("visite-tours-1");
    const [key] = await tours.keys();
    const tour = await (await tours.match(key)).json();
    await tours.put(key, Response.json({ ...tour, version: "former" }));
}"""
HALTS = [{"key": key, "stop": key[0], "way": key != "a" or None} for key in ("a", "b", "c", "a2")]


def plates(page: Page) -> list[str]:
    """Return where the plates lead, the next halt first."""
    led = page.locator(".neighbour").evaluate_all(
        "all => all.map(each => each.getAttribute('href'))"
    )
    return list(led)


def test_an_itinerary_is_begun_at_a_sign_followed_round_and_left(
    page: Page, context: BrowserContext
) -> None:
    page.goto(f"/Q/{CODES[1]}")
    expect(page.locator(".tour-follow")).to_have_count(0)
    page.get_by_role("link", name="La boucle").click()
    page.wait_for_url(f"**{LOOP}#arret-arret-12")
    page.locator("[id='arret-arret-12']").get_by_role("button", name="Commencer ici").click()
    panel = page.locator(".follow")
    expect(panel.get_by_role("status")).to_contain_text("Haltes atteintes : 1 sur 3")
    expect(panel.get_by_role("heading")).to_be_focused()
    assert_open_to_all(page)

    panel.get_by_role("link", name="Suivante : Au pied du terril").click()
    page.wait_for_url(f"**{FOOT}")
    bar = page.get_by_role("complementary", name="Itinéraire suivi")
    expect(bar).to_contain_text("2 sur 3")
    expect(page.locator(".neighbour-next")).to_contain_text("à pied, ")
    expect(page.locator(".neighbour-prev")).to_contain_text("Halte précédente")
    assert plates(page) == [HEAP, CHURCH]
    assert_open_to_all(page)

    page.locator(".neighbour-prev").click()
    page.wait_for_url(f"**{CHURCH}")
    expect(bar).to_contain_text("2 sur 3")
    assert plates(page) == [FOOT]
    page.locator(".player audio").dispatch_event("ended")

    # Another stop of the visit is none of the itinerary's: it keeps its own neighbours.
    page.goto("/fr/arrets/toit-saint-vaast")
    expect(bar).to_contain_text("2 sur 3")
    expect(page.locator(".neighbour-prev")).to_contain_text("Arrêt précédent")
    page.goto("/fr/")
    bar.get_by_role("link", name="Suivante").click()
    page.wait_for_url(f"**{HEAP}")
    expect(bar).to_contain_text("Toutes les haltes sont atteintes.")
    # From its last halt, a loop leads back to where one began.
    assert plates(page) == [CHURCH, FOOT]
    page.goto("/en/arrets/arret-12")
    expect(page.locator(".neighbour-next")).to_contain_text("Next halt")
    assert plates(page)[0] == "/en/arrets/arret-11"

    page.goto(LOOP)
    expect(page.locator("[id='arret-arret-12']")).to_contain_text("Écoutée")
    expect(page.locator("[id='arret-arret-11.2']")).to_contain_text("Atteinte")
    expect(page.get_by_role("status")).to_contain_text("Toutes les haltes sont atteintes.")
    page.goto(HEAP)
    bar.get_by_role("button", name="Arrêter de suivre").click()
    expect(bar).to_have_count(0)
    assert page.evaluate(KEPT) is None
    expect(page.locator(".neighbour-next")).to_contain_text("Arrêt suivant")
    assert context.cookies() == []


def test_it_is_begun_at_its_first_halt_and_another_one_is_named(page: Page) -> None:
    page.goto(LOOP)
    page.get_by_role("button", name="Commencer au début").click()
    expect(page.get_by_role("status")).to_contain_text("0 sur 4")
    there_and_back(page)
    page.goto(LOOP)
    page.evaluate(
        """() => {
            const kept = JSON.parse(localStorage["visite.itineraire"]);
            kept.itinerary = { ...kept.itinerary, slug: "autre", title: "Un autre" };
            localStorage["visite.itineraire"] = JSON.stringify(kept);
        }"""
    )
    page.reload()
    expect(page.locator(".follow-other")).to_contain_text("Un autre")
    page.get_by_role("button", name="Commencer au début").click()
    expect(page.locator(".follow-other")).to_be_hidden()
    page.get_by_role("button", name="Arrêter de suivre").click()
    expect(page.get_by_role("button", name="Commencer au début")).to_be_focused()
    assert page.evaluate(KEPT) is None


def assert_shown(photograph: Locator, *, width: int) -> None:
    """Scroll to a photograph, and see that the phone has it."""
    photograph.scroll_into_view_if_needed()
    expect(photograph).to_have_attribute("width", str(width))
    # It fails where the bytes are not there, or are no picture.
    assert photograph.evaluate("image => image.decode().then(() => image.complete)")


def there_and_back(page: Page) -> None:
    """Go from the foot to the heap and back: plates tell the two times at the foot apart."""
    page.evaluate(
        """() => {
            const kept = JSON.parse(localStorage["visite.itineraire"]);
            kept.itinerary.halts.splice(2, 1);
            localStorage["visite.itineraire"] = JSON.stringify(kept);
        }"""
    )
    page.goto(HEAP)
    onward, back = (page.locator(f".neighbour-{rel}") for rel in ("next", "prev"))
    expect(back).to_contain_text("Halte précédente")
    back.click()
    page.wait_for_url(f"**{FOOT}")
    expect(onward).to_contain_text("Halte suivante")
    assert plates(page) == [HEAP]
    onward.click()
    page.wait_for_url(f"**{HEAP}")
    expect(onward).to_contain_text("Halte suivante")
    onward.click()
    page.wait_for_url(f"**{FOOT}")
    expect(back).to_contain_text("Halte précédente")
    assert plates(page) == [HEAP]


def test_an_itinerary_taken_along_is_followed_without_signal(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(LOOP)
    page.get_by_role("link", name="Emporter cet itinéraire").click()
    expect(page.locator('[data-weight="sound"]')).to_contain_text("o")
    page.get_by_role("button", name="Emporter cet itinéraire").click()
    expect(page.get_by_text("C’est fait.")).to_be_visible(timeout=30_000)
    assert_open_to_all(page)
    page.wait_for_function("navigator.serviceWorker.controller")
    context.set_offline(True)
    page.get_by_role("link", name="Revenir à l’itinéraire").click()
    expect(page.get_by_text("Pas de réseau : voici la page")).to_be_visible()
    assert_shown(page.locator("#arret-arret-11 picture img"), width=480)
    page.get_by_role("button", name="Commencer au début").click()
    page.get_by_role("link", name="Suivante : Au pied du terril").click()
    # The page before has a plate of that kind, too.
    page.wait_for_url(f"**{FOOT}")
    onward = page.locator(".neighbour-next")
    expect(onward).to_contain_text("Halte suivante")
    onward.click()
    page.wait_for_url(f"**{HEAP}")
    expect(page.get_by_role("complementary", name="Itinéraire suivi")).to_contain_text("2 sur 4")
    page.goto("/fr/arrets/toit-saint-vaast")
    expect(page.get_by_role("heading", level=1)).to_have_text("Pas de réseau")
    page.get_by_role("link", name="La boucle").click()
    page.wait_for_url(f"**{LOOP}")
    context.set_offline(False)

    notice = page.get_by_role("link", name="Une mise à jour de la visite emportée est prête.")
    page.goto(CHURCH)
    page.wait_for_function("() => localStorage['visite.demandes']?.includes('la-boucle')")
    page.evaluate(ANOTHER_VERSION)
    page.reload(wait_until="networkidle")
    expect(notice).to_be_hidden()
    page.evaluate("localStorage.removeItem('visite.demandes')")
    page.reload()
    notice.click()
    page.wait_for_url(f"**{LOOP}/emporter")
    page.get_by_role("button", name="Mettre à jour").click()
    expect(page.get_by_text("C’est fait.")).to_be_visible()
    expect(page.get_by_text("L’itinéraire est sur ce téléphone.")).to_be_visible()
    page.get_by_role("button", name="Retirer du téléphone").click()
    expect(page.get_by_text("L’itinéraire a été retiré de ce téléphone.")).to_be_visible()
    assert page.evaluate("caches.keys()") == []


@pytest.fixture
def run(page: Page) -> Any:  # noqa: ANN401 -- what a script returns
    """Return what runs an expression with the module of orders at hand."""
    page.goto(LOOP)
    source = page.locator("script[src$='following/page.js']").get_attribute("src") or ""
    module = source.replace("page.js", "order.js")
    return lambda expression, given=None: page.evaluate(
        f"async (given) => {{ const orders = await import('{module}'); return {expression}; }}",
        given,
    )


def test_the_order_begins_where_one_stands_and_wraps_round_a_loop(run: Any) -> None:  # noqa: ANN401 -- as above
    keys = ["a", "c", "a2", "unknown"]
    loop, line = ({"halts": HALTS, "is_loop": is_loop} for is_loop in (True, False))
    ordered = (
        "given[1].map((key) => orders.orderFrom(given[0], key).map((each) => each.key).join())"
    )
    assert run(ordered, [loop, keys]) == ["a,b,c,a2", "c,a2,b", "a,b,c,a2", "a,b,c,a2"]
    assert run(ordered, [line, keys]) == ["a,b,c,a2", "c,a2", "a2", "a,b,c,a2"]
    aside = "orders.haltsAside(given, 'c').map((halt) => halt.key)"
    assert (run(aside, line), run(aside, loop)) == (["a", "b"], [])
    after = "orders.haltAfter(given, orders.orderFrom(given, 'c'), 2)?.key ?? null"
    assert (run(after, loop), run(after, line)) == ("c", None)


def test_a_stop_is_found_where_one_is_and_what_was_passed_over_is_left(run: Any) -> None:  # noqa: ANN401 -- as above
    place = "given[1].map(([stop, at]) => orders.placeOf(given[0], stop, at) ?? null)"
    where = [["a", -1], ["a", 1], ["a", 2], ["x", 0]]
    assert run(place, [HALTS, where]) == [0, 0, 3, None]
    ahead = "given[1].map(([reached, at]) => orders.haltAhead(given[0], reached, at)?.key ?? null)"
    everything = dict.fromkeys(["a", "b", "c", "a2"], "opened")
    passed_over = dict.fromkeys(["a", "c", "a2"], "opened")
    how_far = [[{}, -1], [{"a": "heard"}, 0], [passed_over, 3], [everything, 3]]
    assert run(ahead, [HALTS, how_far]) == ["a", "b", "b", None]
