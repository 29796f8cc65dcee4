"""A real server with real content, and one real browser to visit it with."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

from tests.installations import served
from tests.pictures.stops import pictured_stop
from tests.samples import sample_stop, write_samples
from tourapp.itineraries.commands import seed_itineraries
from tourapp.narration.rendering import open_renderer
from tourapp.publishing.commands import seed
from tourapp.publishing.picturing import Illustrator
from tourapp.publishing.wanting import list_lacking_forms
from tourapp.resources import Resources
from tourapp.settings import PROJECT_ROOT

PHONE = ViewportSize(width=390, height=844)
CODES = ("ABC234", "DEF567")
FOUR = ("terril-11-19", "facade-louvre-lens", "toit-saint-vaast", "residence-chenelet")

LOOP = """
title = "La boucle"
summary = "Du terril à l’église."
lang = "fr"
difficulty = "easy"
[[halts]]
stop = "arret-11"
stay_min = 10
[[halts]]
stop = "terril-11-19"
stay_min = 20
[[halts]]
stop = "arret-12"
[[halts]]
stop = "arret-11"
"""

# Some twenty seconds, so that one can stop in it, and three screens of a phone.
LONG_TEXT = "\n\n".join(
    f"Voici le passage numéro {number}. Il se lit, il se suit, et il s’écoute encore."
    for number in range(1, 9)
)


@pytest.fixture(scope="session")
def live(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve two small stops with their sound, then the project's first four, still silent."""
    folder = tmp_path_factory.mktemp("live")
    with served(folder, sqlite_template, partial(_fill, folder)) as site:
        yield site.address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the machine's Chromium."""
    path = shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("no chromium here")
    arguments = [
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--autoplay-policy=no-user-gesture-required",
    ]
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=arguments)
        yield opened
        opened.close()


@pytest.fixture
def context(browser: Browser, live: str) -> Iterator[BrowserContext]:
    """Open a phone that was never here, of which some complaints are expected."""
    opened = browser.new_context(base_url=live, viewport=PHONE, locale="fr-FR")
    yield opened
    opened.close()


@pytest.fixture
def page(browser: Browser, live: str) -> Iterator[Page]:
    """Open a phone that was never here; any complaint of the browser fails the test."""
    context = browser.new_context(base_url=live, viewport=PHONE, locale="fr-FR")
    opened = context.new_page()
    visited: set[str] = set()
    complaints: list[tuple[str, str]] = []
    opened.on(
        "request", lambda sent: visited.add(sent.url) if sent.is_navigation_request() else None
    )
    opened.on("pageerror", lambda error: complaints.append((opened.url, str(error))))
    opened.on("console", lambda said: complaints.append((said.location["url"], said.text)))
    yield opened
    context.close()
    # That a page is not found is what some tests are about.
    assert [each for each in complaints if not (each[0] in visited and "404" in each[1])] == []


def _fill(folder: Path, resources: Resources) -> None:
    small = [
        replace(pictured_stop(11, title="Au pied du terril"), code=CODES[0]),
        replace(sample_stop(12, title="L’église", text=LONG_TEXT), code=CODES[1]),
    ]
    seed(resources, write_samples(folder / "stops", *small))
    open_renderer(resources).render_due()
    for slug in FOUR:
        shutil.copytree(PROJECT_ROOT / "stops" / slug, folder / "four" / slug)
    shutil.copy(PROJECT_ROOT / "stops" / "lexicon.toml", folder / "four")
    seed(resources, folder / "four")
    (folder / "itineraries").mkdir()
    (folder / "itineraries" / "la-boucle.toml").write_text(LOOP)
    seed_itineraries(resources, folder / "itineraries")
    picture(resources)


def picture(resources: Resources) -> None:
    """Make the forms of photographs that a phone is shown, and of no other picture."""
    with resources.database.reading() as session:
        wanted = [each for each in list_lacking_forms(session) if "-480" in each.form]
    illustrator = Illustrator(resources)
    for each in wanted:
        illustrator._make(each)
