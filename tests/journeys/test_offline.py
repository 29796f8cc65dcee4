"""The visit without signal: taken along, gone on with, brought up to date, and removed."""

import os
import signal
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, Request, Route, expect

from tests.installations import Served, served
from tests.journeys.conftest import CODES, PHONE
from tests.running import wait_until
from tests.samples import NARRATIVE, sample_stop, write_samples
from tourapp.accounts.services import operator
from tourapp.narration.rendering import open_renderer
from tourapp.narration.voicing import Voicing
from tourapp.observations.models import Observation
from tourapp.observations.queries import ObservationQuery, list_observations
from tourapp.observations.services import Answer, change_observation
from tourapp.publishing.commands import seed
from tourapp.publishing.services import publish_stop
from tourapp.resources import Resources
from tourapp.stops.services import add_revision, get_narrative, get_stop

NOW = datetime(2026, 11, 25, tzinfo=UTC)
ALONG = "/fr/emporter"
FIRST, SECOND = "/fr/arrets/arret-11", "/fr/arrets/arret-12"
SIZES = """async () => {
    const kept = await caches.open("visite-files-1");
    return (await kept.keys()).length;
}"""


class Tour:
    """A server of its own, with two stops that a test may change."""

    def __init__(self, site: Served) -> None:
        self.address = site.address
        self.process = site.process
        self.resources = site.resources

    def publish(self, slug: str, title: str) -> None:
        """Publish a correction, as staff would."""
        with self.resources.database.transaction() as session:
            narrative = get_narrative(session, get_stop(session, slug), lang="fr")
            content = replace(NARRATIVE, title=title)
            add_revision(session, narrative, content, origin="staff", now=NOW)
            voicing = Voicing.of(self.resources.settings)
            publish_stop(session, slug, by=operator("tests", now=NOW), voicing=voicing)

    def answer(self, text: str) -> Sequence[Observation]:
        """Publish what was noticed, with what becomes of it, as staff would."""
        changes = {"state": "published", "answer": Answer("planned", text)}
        by = operator("tests", now=NOW)
        with self.resources.database.transaction() as session:
            noticed = list_observations(session, ObservationQuery(state="waiting"))
            for each in noticed:
                change_observation(session, each.id, changes, tag="1", by=by, today=NOW.date())
        return noticed

    def send(self, number: int) -> None:
        """Have the whole server stop in its tracks, or go on."""
        os.killpg(self.process.pid, number)


@pytest.fixture(scope="module")
def tour(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tour]:
    """Serve two small stops with their sound."""
    folder = tmp_path_factory.mktemp("tour")
    with served(folder, sqlite_template, partial(_fill, folder)) as site:
        yield Tour(site)


def _fill(folder: Path, resources: Resources) -> None:
    small = [
        replace(sample_stop(number, title=title), code=code)
        for number, title, code in zip((11, 12), ("Le puits", "Le lavoir"), CODES, strict=True)
    ]
    seed(resources, write_samples(folder / "stops", *small))
    open_renderer(resources).render_due()


@pytest.fixture
def walker(browser: Browser, tour: Tour) -> Iterator[BrowserContext]:
    """Open a phone that was never here."""
    context = browser.new_context(base_url=tour.address, viewport=PHONE, locale="fr-FR")
    yield context
    context.set_offline(False)
    context.close()


class Held:
    """Requests that are neither answered nor refused."""

    def __init__(self) -> None:
        self.routes: list[Route] = []

    def hold(self, route: Route) -> None:
        """Let a request wait."""
        self.routes.append(route)


def take_along(context: BrowserContext) -> Page:
    """Take the visit along, as somebody does before the walk."""
    page = context.new_page()
    page.goto(ALONG)
    page.get_by_role("button", name="Emporter la visite").click()
    expect(page.get_by_text("C’est fait.")).to_be_visible(timeout=30_000)
    page.wait_for_function("navigator.serviceWorker.controller")
    return page


def heading(page: Page) -> str:
    return page.get_by_role("heading", level=1).inner_text()


def test_its_weight_is_told_before_and_nothing_is_kept_until_asked(walker: BrowserContext) -> None:
    page = walker.new_page()
    page.goto(ALONG)
    for name in ("sound", "picture", "rest", "all"):
        expect(page.locator(f'[data-weight="{name}"]').first).to_contain_text("o")
    assert page.evaluate("caches.keys()") == []
    assert page.evaluate("navigator.serviceWorker.getRegistrations()") == []


def test_a_stop_that_was_never_opened_opens_sounds_and_is_spoken_of_without_signal(
    walker: BrowserContext, tour: Tour
) -> None:
    page = take_along(walker)
    walker.set_offline(True)
    page.goto(SECOND)
    assert heading(page) == "Le lavoir"
    expect(page.get_by_text("Pas de réseau : voici la page")).to_be_visible()
    assert page.evaluate("document.querySelector('.stop-aside img').naturalWidth") > 0
    audio = page.locator("audio")
    audio.evaluate("audio => audio.play()")
    wait_until(lambda: audio.evaluate("audio => audio.currentTime") > 0.2)
    audio.evaluate("audio => { audio.currentTime = audio.duration - 0.4; }")
    wait_until(lambda: audio.evaluate("audio => audio.ended"))
    say_without_signal(page, walker, tour)


def say_without_signal(page: Page, walker: BrowserContext, tour: Tour) -> None:
    """Say what one notices; it leaves once, with the signal, and is shown when it was read."""
    page.get_by_label("Votre remarque").fill("Un banc ici.")
    page.get_by_role("button", name="Envoyer").click()
    told = page.locator(".saying-told")
    expect(told).to_contain_text("Votre remarque est gardée sur ce téléphone")
    walker.set_offline(False)
    expect(told).to_have_text("Merci. Votre remarque sera lue avant de paraître.")
    [noticed] = tour.answer("Un banc viendra.")
    page.reload()
    expect(page.locator(".noticed")).to_contain_text("Un banc ici.")
    expect(page.locator(".noticed-answer")).to_contain_text("Un banc viendra.")
    assert (noticed.lang, page.evaluate("localStorage['visite.remarques']")) == ("fr", "[]")


def test_a_sign_and_a_number_lead_to_their_stop_without_signal(walker: BrowserContext) -> None:
    page = take_along(walker)
    walker.set_offline(True)
    page.goto(f"/q/{CODES[1].lower()}")
    assert heading(page) == "Le lavoir"
    page.goto("/")
    page.get_by_label("Le numéro ou le code du panneau").fill("11")
    page.get_by_role("button", name="Y aller").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Le puits")
    assert page.url.endswith(FIRST)
    page.goto("/fr/carte")
    expect(page.get_by_role("button", name="Arrêt 12 – Le lavoir")).to_be_visible()


def test_what_was_not_taken_along_is_said_with_what_was(walker: BrowserContext) -> None:
    page = take_along(walker)
    walker.set_offline(True)
    for path in ("/fr/arrets?q=puits", "/fr/arrets/ailleurs", "/?numero=99", "/Q/ZZZZZZ"):
        page.goto(path)
        assert heading(page) == "Pas de réseau"
    page.get_by_role("link", name="Le lavoir").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Le lavoir")


def test_where_the_network_answers_the_page_is_the_newest(
    walker: BrowserContext, tour: Tour
) -> None:
    page = take_along(walker)
    tour.publish("arret-12", "Le lavoir rouvert")
    page.goto(SECOND)
    assert heading(page) == "Le lavoir rouvert"
    expect(page.locator(".kept-notice")).to_have_count(2)
    assert not page.locator(".kept-away, .kept-slow").first.is_visible()


def test_a_network_that_does_not_answer_in_time_gives_way(
    walker: BrowserContext, tour: Tour
) -> None:
    page = take_along(walker)
    tour.send(signal.SIGSTOP)
    try:
        page.goto(FIRST, wait_until="commit")
        expect(page.get_by_text("Le réseau est trop lent")).to_be_visible()
        assert heading(page) == "Le puits"
    finally:
        tour.send(signal.SIGCONT)


def test_an_update_is_offered_and_fetches_only_what_changed(
    walker: BrowserContext, tour: Tour
) -> None:
    page = take_along(walker)
    tour.publish("arret-11", "Le puits comblé")
    page.goto(SECOND)
    page.get_by_role("link", name="Une mise à jour de la visite emportée est prête.").click()
    expect(page.get_by_text("Une mise à jour est prête")).to_be_visible()
    asked: list[str] = []
    walker.on("request", lambda request: asked.append(request.url.removeprefix(tour.address)))
    page.get_by_role("button", name="Mettre à jour").click()
    expect(page.get_by_text("C’est fait.")).to_be_visible(timeout=30_000)
    assert FIRST in asked
    assert not [path for path in asked if path.startswith(("/static/", "/media/"))]
    walker.set_offline(True)
    page.goto(FIRST)
    assert heading(page) == "Le puits comblé"


def test_one_that_was_stopped_goes_on_with_what_is_missing(walker: BrowserContext) -> None:
    held = Held()
    walker.route("**/*.opus", held.hold)
    page = walker.new_page()
    page.goto(ALONG)
    page.get_by_role("button", name="Emporter la visite").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    page.wait_for_function(f"async () => (await ({SIZES})()) > 5", timeout=30_000)
    wait_until(lambda: page.evaluate("1") and held.routes)
    page.get_by_role("button", name="Arrêter").click()
    expect(page.get_by_text("Arrêté en chemin.")).to_be_visible()
    kept = page.evaluate(SIZES)
    walker.unroute("**/*.opus")
    page.reload()
    asked: list[Request] = []
    walker.on("request", lambda request: asked.append(request))  # noqa: PLW0108 -- Playwright marks its handlers
    page.get_by_role("button", name="Reprendre").click()
    expect(page.get_by_text("C’est fait.")).to_be_visible(timeout=30_000)
    # The browser asks for the page's own icon when it likes: that is not taken along.
    taken = [request.url for request in asked if request.headers.get("purpose") == "prefetch"]
    files = [url for url in taken if "/tours/" not in url]
    assert len(files) == page.evaluate(SIZES) - kept


def test_one_that_was_cut_off_goes_on_at_the_next_page(walker: BrowserContext) -> None:
    held = Held()
    walker.route("**/*.opus", held.hold)
    page = walker.new_page()
    page.goto(ALONG)
    page.get_by_role("button", name="Emporter la visite").click()
    wait_until(lambda: page.evaluate("1") and held.routes)
    page.close()
    walker.unroute("**/*.opus")
    later = walker.new_page()
    later.goto("/fr/")
    ready = """async () => {
        const tours = await caches.open("visite-tours-1");
        return (await tours.keys()).some(({ url }) => url.endsWith("/ready"));
    }"""
    later.wait_for_function(ready, timeout=30_000)
    later.goto(ALONG)
    expect(later.get_by_text("La visite est sur ce téléphone.")).to_be_visible()


def test_a_file_that_was_altered_on_the_way_is_refused(walker: BrowserContext) -> None:
    def alter(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.body()[:-1] + b"!")

    walker.route("**/*.opus", alter)
    page = walker.new_page()
    page.goto(ALONG)
    page.get_by_role("button", name="Emporter la visite").click()
    expect(page.get_by_text("Un fichier est arrivé abîmé")).to_be_visible(timeout=30_000)
    walker.set_offline(True)
    with suppress(Error):
        page.goto(FIRST)
    assert page.get_by_role("heading", name="Le puits").count() == 0


def test_a_phone_without_room_is_told_before_anything_is_fetched(walker: BrowserContext) -> None:
    walker.add_init_script(
        "navigator.storage.estimate = async () => ({ quota: 1000, usage: 900 });"
    )
    page = walker.new_page()
    page.goto(ALONG)
    page.get_by_role("button", name="Emporter la visite").click()
    expect(page.get_by_text("Il n’y a plus assez de place")).to_be_visible()


def test_what_is_removed_leaves_nothing_behind(walker: BrowserContext) -> None:
    page = take_along(walker)
    page.get_by_role("button", name="Retirer du téléphone").click()
    expect(page.get_by_text("La visite a été retirée de ce téléphone.")).to_be_visible()
    expect(page.get_by_role("button", name="Emporter la visite")).to_be_visible()
    assert page.evaluate("caches.keys()") == []
    assert page.evaluate("navigator.serviceWorker.getRegistrations()") == []


def test_a_browser_that_cannot_keep_anything_is_told(walker: BrowserContext) -> None:
    walker.add_init_script("delete Navigator.prototype.serviceWorker;")
    page = walker.new_page()
    page.goto(ALONG)
    expect(page.get_by_text("Ce navigateur ne sait pas garder une visite.")).to_be_visible()


def test_a_visit_that_arrives_uncounted_is_nobodys_visit(
    walker: BrowserContext, tour: Tour
) -> None:
    headers: list[str] = []
    walker.on(
        "request",
        lambda request: (
            headers.append(request.headers.get("purpose", ""))
            if request.url.endswith(FIRST)
            else None
        ),
    )
    take_along(walker)
    assert headers == ["prefetch"], tour.address
