"""What a first visit costs, as the wire carries it."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.journeys.conftest import CODES

MOST_BYTES = 150_000
MOST_REQUESTS = 15
MOST_SCRIPT_BYTES = 40_000


@dataclass
class Wire:
    """What went over the network."""

    received_bytes: float = 0
    script_bytes: float = 0
    urls: list[str] = field(default_factory=list)
    scripts: set[str] = field(default_factory=set)

    def note_answer(self, event: dict[str, Any]) -> None:
        if event["type"] == "Script":
            self.scripts.add(event["requestId"])

    def note_end(self, event: dict[str, Any]) -> None:
        self.received_bytes += event["encodedDataLength"]
        if event["requestId"] in self.scripts:
            self.script_bytes += event["encodedDataLength"]

    @property
    def hosts(self) -> set[str]:
        return {urlsplit(url).netloc for url in self.urls}


def listen_in(page: Page) -> Wire:
    wire = Wire()
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.responseReceived", wire.note_answer)
    session.on("Network.loadingFinished", wire.note_end)
    page.on("request", lambda request: wire.urls.append(request.url))
    return wire


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/fr/arrets",
        "/fr/emporter",
        "/fr/itineraires/la-boucle",
        f"/Q/{CODES[0]}",
        "/fr/arrets/terril-11-19",
        "/fr/arrets/toit-saint-vaast",
    ],
)
def test_a_first_visit_is_light_and_stays_on_this_site(
    context: BrowserContext, live: str, path: str
) -> None:
    page = context.new_page()
    wire = listen_in(page)
    page.goto(path, wait_until="networkidle")
    assert 0 < wire.received_bytes <= MOST_BYTES
    assert len(wire.urls) <= MOST_REQUESTS
    assert 0 < wire.script_bytes <= MOST_SCRIPT_BYTES
    assert wire.hosts == {urlsplit(live).netloc}
    assert context.cookies() == []


def test_a_second_visit_asks_for_the_page_alone(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("/fr/arrets/terril-11-19", wait_until="networkidle")
    wire = listen_in(page)
    page.goto("/fr/arrets/terril-11-19", wait_until="networkidle")
    assert wire.received_bytes < 1000
