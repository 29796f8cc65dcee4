"""A visitor's language: the phone's, until another is chosen."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import CODES, PHONE


@pytest.fixture
def german(browser: Browser, live: str) -> Iterator[Page]:
    """Open a phone that speaks German, then English."""
    context = browser.new_context(base_url=live, viewport=PHONE, locale="de-DE")
    yield context.new_page()
    context.close()


def test_the_home_page_speaks_as_the_phone_does(german: Page) -> None:
    german.goto("/")
    expect(german.get_by_role("heading", level=2)).to_have_text("Die Stationen")


def test_a_chosen_language_is_remembered_for_the_next_scan(page: Page) -> None:
    page.goto(f"/Q/{CODES[0]}")
    page.get_by_role("link", name="Nederlands").click()
    expect(page.get_by_text("Hier is het verhaal in het Frans.")).to_be_visible()
    page.goto(f"/Q/{CODES[1]}")
    expect(page).to_have_url(re.compile("/nl/arrets/"))
    page.goto("/")
    expect(page).to_have_url(re.compile("/nl/$"))
    expect(page.get_by_role("heading", level=2)).to_have_text("De haltes")
    assert page.context.cookies() == []


def test_an_address_that_names_its_language_keeps_it(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="English").click()
    page.goto("/fr/")
    expect(page.get_by_role("heading", level=2)).to_have_text("Les arrêts")
