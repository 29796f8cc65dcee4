"""From an empty itinerary to a road book and a led walk, with three phones that follow."""

import re
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from axe_playwright_python.base import AXE_SCRIPT  # type: ignore[import-untyped] # it ships none
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.conftest import PHONE
from tests.journeys.test_accessibility import USUAL_SCREENS, hindrances
from tests.journeys.test_bureau import come_in, context, office
from tests.running import wait_until
from tests.signage.plates.printed import needs_typefaces
from tests.visit.roadbook.printed import codes_of, page_texts

__all__ = ["context", "office"]

COUNTED = "JSON.parse(localStorage['visite.marche'] ?? '{}').counted === true"
PARTED = "!localStorage['visite.marche']"
LOOKED_AT = "document.dispatchEvent(new Event('visibilitychange'))"


@pytest.fixture
def phones(browser: Browser, office: str) -> Iterator[list[Page]]:
    """Return three phones that were never here."""
    opened = [browser.new_context(base_url=office, viewport=PHONE) for _ in range(3)]
    yield [each.new_page() for each in opened]
    for each in opened:
        each.close()


def assert_open_to_all(page: Page) -> None:
    page.evaluate(AXE_SCRIPT)
    found = {screen: hindrances(page, screen) for screen in USUAL_SCREENS}
    assert not any(found.values()), found
    page.set_viewport_size(PHONE)


def plan_walk(page: Page) -> str:
    """Build an itinerary of two halts, plan a walk of it, and return its code."""
    page.goto("/guide/nouveau")
    page.get_by_label("Titre").fill("La boucle")
    page.get_by_role("button", name="Créer").click()
    for slug, title in (("terril", "Montée du terril"), ("arret-2", "L’église et son toit")):
        page.get_by_role("list").locator(f'button[value="add:{slug}"]').click()
        expect(page.locator(".halt-place").filter(has_text=title)).to_be_visible()
    page.get_by_role("link", name="Préparer une marche").click()
    page.get_by_label("Jour").fill("2026-12-05")
    page.get_by_label("Heure du départ").fill("10:00")
    page.get_by_label("Participants").fill("24")
    page.get_by_label("Groupe", exact=False).first.fill("Classe de 4e B")
    assert_open_to_all(page)
    page.get_by_role("button", name="Préparer la marche").click()
    return re.sub(r"\s", "", page.locator(".led-code").inner_text())


def in_another_tab(page: Page, act: Callable[[BrowserContext], object]) -> None:
    """Do something where there is signal, before the page itself notices that it is back."""
    page.route("**/guide/**", lambda route: route.abort("internetdisconnected"))
    page.context.set_offline(False)
    act(page.context)
    page.unroute("**/guide/**")
    page.evaluate("dispatchEvent(new Event('online'))")


def sign_in_anew(context: BrowserContext) -> None:
    context.clear_cookies()
    come_in(context, "guide").close()


def joined(page: Page) -> str:
    page.reload()
    return page.locator(".led-joined").inner_text()


@needs_typefaces
def test_a_guide_leads_a_group_whose_phones_follow(
    context: BrowserContext, phones: list[Page], office: str
) -> None:
    guide = come_in(context, "guide")
    code = plan_walk(guide)
    paper = context.request.get("/guide/itineraires/la-boucle/feuille-de-route.pdf").body()
    assert "ESSAI — adresse locale" in page_texts(paper)[0]
    assert len(codes_of(paper)) == 2

    phones[0].goto("/m")
    assert_open_to_all(phones[0])
    phones[0].get_by_label("Le code que donne votre guide").fill(code)
    phones[0].get_by_role("button", name="Suivre").click()
    for phone in phones[1:]:
        phone.goto(f"/m/{code}")
    for phone in phones:
        expect(phone.get_by_role("status")).to_have_text("La marche n’a pas encore commencé.")
        wait_until(partial(phone.evaluate, COUNTED))
    assert_open_to_all(phones[0])
    assert phones[0].context.cookies() == []
    assert joined(guide) == "3"
    assert_open_to_all(guide)

    guide.get_by_role("button", name="Tous à cet arrêt : 1. Montée du terril").first.click()
    guide.get_by_role("button", name="Suivant").wait_for()
    assert_open_to_all(guide)
    for phone in phones:
        phone.evaluate(LOOKED_AT)
        phone.wait_for_url(f"{office}/fr/arrets/terril")

    # Under the heap there is no signal: what is tapped there is kept, and sent with its moment.
    guide.context.set_offline(True)
    guide.get_by_role("button", name="Suivant").click()
    expect(guide.locator(".led-kept")).to_contain_text("est gardé sur ce téléphone")
    guide.get_by_role("button", name="Tous à cet arrêt : 2. L’église et son toit").click()
    expect(guide.locator(".led-kept")).to_contain_text("2 gestes attendent")
    # Who signed in anew meanwhile loses none of it, though this page bears a former form's key.
    in_another_tab(guide, sign_in_anew)
    expect(guide.locator(".led-where")).to_contain_text("L’église et son toit", timeout=20_000)
    phones[1].evaluate(LOOKED_AT)
    beside = phones[1].locator(".walk-follow")
    expect(beside).to_contain_text("Le groupe est ici")
    assert_open_to_all(phones[1])
    beside.get_by_role("link").click()
    phones[1].wait_for_url(f"{office}/fr/arrets/arret-2")

    guide.get_by_text("Terminer", exact=True).click()
    guide.get_by_role("button", name="Terminer la marche").click()
    guide.get_by_text("2 haltes sur 2, 3 téléphones").wait_for()
    assert_open_to_all(guide)
    [summary] = page_texts(context.request.get(f"{guide.url}/bilan.pdf").body())
    assert "Téléphones qui ont suivi 3" in summary
    phones[2].evaluate(LOOKED_AT)
    wait_until(partial(phones[2].evaluate, PARTED))
    phones[1].evaluate(LOOKED_AT)
    phones[1].get_by_text("La marche est terminée.").wait_for()
    assert phones[0].goto(f"/m/{code}").status == 404
    guide.goto("/guide/marches")
    assert_open_to_all(guide)
