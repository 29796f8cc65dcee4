"""The page to try the API on, under the site's own policy."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tourapp.settings import PROJECT_ROOT

VENDOR = PROJECT_ROOT / "tourapp" / "static" / "vendor"


def test_the_api_is_described_and_can_be_tried(page: Page, live: str) -> None:
    if not (VENDOR / "swagger-ui-bundle.js").exists():
        pytest.skip("swagger-ui is not installed in tourapp/static/vendor")
    hosts = set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    page.goto("/api/v1/docs")
    page.get_by_text("List the stops by number, the nearest first").click()
    page.get_by_role("button", name="Try it out").click()
    page.get_by_role("button", name="Execute").click()
    expect(
        page.locator(".live-responses-table .response .response-col_status").first
    ).to_contain_text("200")
    assert hosts - {""} == {urlsplit(live).netloc}
