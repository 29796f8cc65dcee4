"""The bureau in a real browser, for each role, on a phone."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT  # type: ignore[import-untyped] # it ships none
from playwright.sync_api import Browser, BrowserContext, Page

from tests.journeys.conftest import PHONE, answers
from tests.journeys.test_accessibility import USUAL_SCREENS, hindrances
from tests.running import find_free_port, started, wait_until
from tests.samples import small_stops, write_samples
from tests.staff.desk import PASSWORD, invited
from tourapp.publishing.commands import seed
from tourapp.resources import Resources
from tourapp.settings import Settings

OTHER = "quatre autres mots ensemble"


@pytest.fixture(scope="module")
def office(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a site with somebody of each role."""
    folder = tmp_path_factory.mktemp("office")
    shutil.copy(sqlite_template, folder / "tourapp.sqlite")
    port = find_free_port()
    environ = {
        "PORT": str(port),
        "TOURAPP_DATABASE_URL": f"sqlite:///{folder / 'tourapp.sqlite'}",
        "TOURAPP_MEDIA_URL": (folder / "media").as_uri(),
        "TOURAPP_QUEUE_URL": f"sqlite:///{folder / 'queue.sqlite'}",
        "TOURAPP_MAIL_URL": (folder / "mail").as_uri(),
        "TOURAPP_SECRET_KEY": "a secret that is only good for tests",
        "TOURAPP_SPEECH_ENGINES": "espeak",
        "TOURAPP_PROCESSES": "1",
    }
    resources = Resources.open(Settings.from_environ(environ))
    seed(resources, write_samples(folder / "stops", *small_stops()))
    for role in ("redaction", "publication", "guide", "administration"):
        invited(resources, role)
    resources.close()
    with started(environ, "serve"):
        wait_until(lambda: answers(port))
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def context(browser: Browser, office: str) -> Iterator[BrowserContext]:
    """Open a phone whose browser complains of nothing."""
    opened = browser.new_context(base_url=office, viewport=PHONE, locale="fr-FR")
    complaints: list[str] = []
    opened.on("weberror", lambda error: complaints.append(str(error.error)))
    opened.on("console", lambda said: complaints.append(said.text))
    yield opened
    opened.close()
    # That a form is refused is what some tests are about.
    assert [each for each in complaints if "422" not in each] == []


def come_in(context: BrowserContext, role: str) -> Page:
    page = context.new_page()
    page.goto("/bureau/")
    page.get_by_label("Adresse électronique").fill(f"{role}@example.fr")
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Entrer").click()
    page.get_by_role("heading", name="Bonjour").wait_for()
    return page


def test_an_administrator_invites_somebody_who_comes_in(
    browser: Browser, context: BrowserContext
) -> None:
    page = come_in(context, "administration")
    page.get_by_role("navigation", name="Bureau").get_by_text("Personnes").click()
    page.get_by_label("Adresse électronique").fill("zoe@example.fr")
    page.get_by_label("Nom").fill("Zoé")
    page.get_by_role("button", name="Inviter").click()
    url = page.locator("code").inner_text()
    with browser.new_context(locale="fr-FR") as other:
        zoe = other.new_page()
        zoe.goto(url)
        zoe.get_by_role("button", name="Montrer").click()
        zoe.get_by_label("Nouveau mot de passe").fill("motdepasse1234")
        zoe.get_by_role("button", name="Enregistrer").click()
        assert "Trop facile à deviner" in zoe.get_by_role("alert").inner_text()
        zoe.get_by_label("Nouveau mot de passe").fill(OTHER)
        zoe.get_by_role("button", name="Enregistrer").click()
        zoe.get_by_label("Mot de passe", exact=True).fill(OTHER)
        zoe.get_by_role("button", name="Entrer").click()
        assert zoe.get_by_role("heading", level=1).inner_text() == "Bonjour Zoé"


def test_a_guide_sees_what_guides_do(context: BrowserContext) -> None:
    page = come_in(context, "guide")
    entries = page.get_by_role("navigation", name="Bureau").get_by_role("link")
    assert entries.all_inner_texts() == ["Mon compte"]
    page.get_by_role("button", name="Sortir").click()
    page.get_by_role("heading", name="Entrer au bureau").wait_for()


PAGES = (
    "/bureau/entrer",
    "/bureau/mot-de-passe-oublie",
    "/bureau/",
    "/bureau/personnes",
    "/bureau/journal",
    "/bureau/compte",
    "/bureau/compte/double",
    "/bureau/compte/jetons",
)


def test_no_page_shuts_anybody_out_by_day_or_night_on_any_screen(context: BrowserContext) -> None:
    page = come_in(context, "administration")
    found = {}
    for path in PAGES:
        page.goto(path)
        page.evaluate(AXE_SCRIPT)
        for screen in USUAL_SCREENS:
            found[path, screen] = hindrances(page, screen)
    assert not any(found.values()), found
