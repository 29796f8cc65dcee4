"""How soon a phone with little signal shows a page, and how soon its sound is heard.

Run by `make bench` where there is a Chromium. The network is throttled as Chrome's own tools do for
"Slow 4G", the processor to a quarter.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, sync_playwright

from bench.report import write_section
from bench.sites import environ, make_site, started
from tests.running import find_free_port
from tourapp.settings import Settings

ROUNDS = 5
PAGES = {"a scanned sign": "/Q/7K2M9Q", "a stop": "/fr/arrets/toit-saint-vaast", "home": "/"}
SLOW_4G = {
    "offline": False,
    "latency": 562.5,
    "downloadThroughput": 180_000,
    "uploadThroughput": 84_375,
}
SLOWER = 4

LONGEST_PAINT_MS = 2_500
LONGEST_SILENCE_MS = 3_000

_PAINTS = """() => new Promise(resolve => new PerformanceObserver(list => {
    resolve(list.getEntries().at(-1).startTime);
}).observe({ type: "largest-contentful-paint", buffered: true }))"""
_HEARD = """() => new Promise(resolve => {
    const audio = document.querySelector("audio");
    const pressed = performance.now();
    const heard = () => audio.currentTime ? resolve(performance.now() - pressed)
        : requestAnimationFrame(heard);
    document.querySelector(".player-play").click();
    heard();
})"""


@dataclass(frozen=True)
class Visit:
    """Milliseconds from a tap to what it brings."""

    painted: float
    heard: float | None


def main() -> None:
    """Measure, print, write."""
    path = shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        print("No chromium here: nothing is measured in a browser.")
        return
    with (
        TemporaryDirectory() as folder,
        _serving(Path(folder)) as host,
        sync_playwright() as driver,
    ):
        arguments = ["--no-sandbox", "--autoplay-policy=no-user-gesture-required"]
        browser = driver.chromium.launch(executable_path=path, args=arguments)
        rows = [_row(name, _rounds(browser, host + page)) for name, page in PAGES.items()]
        browser.close()
    write_section("Browsing", _report(rows))


@contextmanager
def _serving(folder: Path) -> Iterator[str]:
    port = find_free_port()
    settings = environ(folder, port=port)
    make_site(Settings.from_environ(os.environ | settings), stops=4)
    with started(settings, "tourapp", "serve"):
        yield f"http://127.0.0.1:{port}"


def _rounds(browser: Browser, url: str) -> list[Visit]:
    return [_visit(browser, url) for _ in range(ROUNDS)]


def _visit(browser: Browser, url: str) -> Visit:
    """Open a page on a phone that was never here, and press play as soon as one can."""
    with browser.new_context(viewport={"width": 390, "height": 844}) as context:
        page = context.new_page()
        _throttle(page)
        page.goto(url, wait_until="networkidle")
        painted: float = page.evaluate(_PAINTS)
        has_sound = page.locator(".player[data-ready]").count()
        return Visit(painted, page.evaluate(_HEARD) if has_sound else None)


def _throttle(page: Page) -> None:
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW_4G)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})


def _row(name: str, visits: list[Visit]) -> str:
    painted = _told([visit.painted for visit in visits], LONGEST_PAINT_MS)
    silences = [visit.heard for visit in visits if visit.heard is not None]
    heard = _told(silences, LONGEST_SILENCE_MS) if silences else "|"
    return f"| {name} | {painted} | {heard} |"


def _told(milliseconds: list[float], most: float) -> str:
    kept = "kept" if median(milliseconds) < most else "MISSED"
    return f"{median(milliseconds):,.0f} / {max(milliseconds):,.0f} | {kept}"


def _report(rows: list[str]) -> str:
    table = "\n".join(rows)
    network = f"{SLOW_4G['latency']} ms to and fro, {SLOW_4G['downloadThroughput'] / 1000:.0f} kB/s"
    return f"""
Chromium, 390 × 844, on a phone that was never here; {network}, the processor {SLOWER} times
slower; {ROUNDS} visits each, from the server itself over HTTP/1.1. Milliseconds, median / longest;
the first sound counts from the press of the key.

| page | largest paint | under {LONGEST_PAINT_MS:,} | sound | under {LONGEST_SILENCE_MS:,} |
|---|---:|---|---:|---|
{table}
"""


if __name__ == "__main__":
    main()
