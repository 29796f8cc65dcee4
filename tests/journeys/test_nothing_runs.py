"""Nothing that anybody wrote runs in a browser: on every page and in every file that there is.

What is opened follows from the maps of addresses, and what is written from the tables: a new page
and a new column are among them by themselves. The policy of content would hide a fault of ours: it
is switched off, so that it is what is written that holds. `make faults` opens all with the policy
too, and what a browser shows as mere text.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http import HTTPStatus
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Request, Route

from tests.hostile.reading import SCRIPTS
from tests.hostile.running import Running, asking, running
from tests.journeys.conftest import PHONE

HEAPS = int(os.environ.get("HEAPS", "1"))
"""In how many heaps the texts are tried: with one, a tenth of them, and not what the API tells."""

TEXTS = [SCRIPTS[begin :: max(HEAPS, 10)] for begin in range(HEAPS)]
POLICIES = ("bypassed",) if HEAPS == 1 else ("bypassed", "kept")

HOOK = """
for (const name of ["alert", "confirm", "prompt", "msgbox"]) {
  globalThis[name] = () => console.error(`ran: ${name}`);
}
// Chromium draws a picture or XML with styles of its own.
if (document.contentType === "text/html") {
  addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sample }) => {
    console.error(`ran, but for the policy: ${violatedDirective} ${blockedURI} ${sample}`);
  });
}
"""

# Opens what is shut, and tells what waits for a tap.
TOUCH = r"""
() => {
  for (const each of document.querySelectorAll("details")) each.open = true;
  // Another server is asked for the ground of a map by a tap only, and not here.
  for (const each of document.querySelectorAll("button[type=button]")) {
    if (!each.closest(".map-tiles")) each.click();
  }
  const leads = /^(href|src|action|formaction|data|poster|xlink:href)$/;
  const runs = (address) =>
    /^(javascript|vbscript|data:text)/i.test(address.replace(/[\0-\x20]/g, ""));
  return [...document.querySelectorAll("*")].flatMap((each) =>
    [...each.attributes]
      .filter(
        ({ name, value }) =>
          /^on|^srcdoc$/i.test(name) || (leads.test(name) && runs(value)),
      )
      .map(({ name, value }) => `${each.tagName} ${name}=${value}`),
  );
}
"""


class Watch:
    """Two pages of a browser, one for pages and one for files, and what was seen to run in them."""

    def __init__(self, context: BrowserContext, site: Running) -> None:
        self.page, self._opened = context.new_page(), context.new_page()
        self.ran: list[str] = []
        self.refused: list[str] = []
        self._ours = (site.address, "data:image/", "blob:")
        self._opened.route("**/*", self._show)
        context.on("console", lambda said: self._hear(said.text))
        context.on("request", self._see)

    def open(self, path: str) -> None:
        """Open an address, and all that is shut there."""
        page = self._opened if "." in path.partition("?")[0] else self.page
        with suppress(Error):  # which tells that a browser does not draw it
            answer = page.goto(path)
            assert answer
            if not answer.ok:
                self.refused.append(path)
            self.ran += [f"{path}: {each}" for each in page.evaluate(TOUCH)]

    def _hear(self, said: str) -> None:
        if said.startswith("ran"):
            self.ran.append(f"{self.page.url}, {self._opened.url}: {said}")

    def _see(self, request: Request) -> None:
        if not request.url.startswith(self._ours):
            self.ran.append(f"{self.page.url}, {self._opened.url}: asked for {request.url}")

    def _show(self, route: Route) -> None:
        """Draw what is given to be kept, too."""
        answer = route.fetch()
        if not answer.ok:
            self.refused.append(route.request.url)
        if answer.headers.get("x-content-type-options") != "nosniff":
            self.ran.append(f"{route.request.url}: may be taken for anything")
        is_pdf = answer.headers["content-type"] == "application/pdf"
        if is_pdf and has_scripts(answer.body()):
            self.ran.append(f"{route.request.url}: a script in print")
        if is_pdf:
            route.fulfill(status=HTTPStatus.NO_CONTENT)
            return
        headers = {k: v for k, v in answer.headers.items() if k != "content-disposition"}
        route.fulfill(response=answer, headers=headers)


def has_scripts(pdf: bytes) -> bool:
    """Tell whether a reader's program would run something."""
    return bool(pypdfium2.raw.FPDFDoc_GetJavaScriptActionCount(pypdfium2.PdfDocument(pdf)))


@contextmanager
def watching(browser: Browser, site: Running, policy: str) -> Iterator[Watch]:
    """Come in as whoever may open everything, with what tells where one stands."""
    context = browser.new_context(
        base_url=site.address,
        viewport=PHONE,
        locale="fr-FR",
        bypass_csp=policy == "bypassed",
        service_workers="block",
        permissions=["geolocation"],
        geolocation={"latitude": 50.443, "longitude": 2.778},
        extra_http_headers={"Authorization": f"Bearer {site.token}"},
    )
    context.add_cookies([{"name": "bureau", "value": site.cookie, "url": site.address}])
    context.add_init_script(HOOK)
    yield Watch(context, site)
    context.close()


def see_what_is_near(watch: Watch) -> None:
    watch.open("/fr/")
    watch.page.locator(".stops-near a").first.wait_for()


def look_at_the_map(watch: Watch) -> None:
    watch.open("/fr/carte")
    watch.page.locator(".leaflet-marker-icon").first.click()
    watch.page.locator(".leaflet-popup p").wait_for()


def write_on(watch: Watch) -> None:
    """Write, so that what may be said wrong and who else is here are told anew."""
    watch.open("/bureau/arrets/terril/fr/standard")
    with watch.page.expect_response("**/mesures"):
        watch.page.locator("#text").press("Space")
    with watch.page.expect_response("**/presence"):
        watch.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


@pytest.mark.parametrize("texts", TEXTS)
def test_nothing_runs_wherever_it_is_told(
    browser: Browser, sqlite_template: Path, tmp_path: Path, texts: tuple[str, ...]
) -> None:
    with running(tmp_path, sqlite_template, texts) as site:
        assert site.empty == set()
        for policy in POLICIES:
            with watching(browser, site, policy) as watch:
                for path in site.paths(api=HEAPS > 1):
                    watch.open(path)
                assert watch.refused == []
                for path in asking(texts[0]):
                    watch.open(path)
                for see in (see_what_is_near, look_at_the_map, write_on):
                    see(watch)
            assert watch.ran == []
