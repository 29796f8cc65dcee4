"""Every page that a visitor can reach is valid HTML."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.samples import CODES
from tourapp.settings import PROJECT_ROOT

VALIDATOR = PROJECT_ROOT / "node_modules" / ".bin" / "html-validate"
CONFIGURATION = {"root": True, "extends": ["html-validate:standard", "html-validate:a11y"]}

# Where one begins, and what no link leads to.
BEGINNINGS = ("/", f"/Q/{CODES[0]}", "/Q/ZZZZZZ", "/?numero=99", "/nl/arrets/terril", "/nowhere")

# Documents and files, and pages that are not a visitor's.
OTHERS = ("/api/", "/media/", "/static/", "/bureau")


def links(page: str) -> Iterator[str]:
    """Yield the addresses of this site that a page leads to."""
    for href in re.findall(r'<a [^>]*href="(/[^"#]*)', page):
        if not href.startswith(OTHERS):
            yield unescape(href)


def reachable(visitor: FlaskClient) -> dict[str, str]:
    """Return every page by its address."""
    pages: dict[str, str] = {}
    waiting = list(BEGINNINGS)
    while waiting:
        address = waiting.pop()
        if address not in pages:
            answer = visitor.get(address, follow_redirects=True)
            is_page = answer.mimetype == "text/html"
            pages[address] = answer.text if is_page else ""
            waiting += links(pages[address])
    return {address: page for address, page in pages.items() if page}


def faults(folder: Path, *, without: Sequence[str] = ()) -> list[str]:
    """Return what is wrong in the pages of a folder, but for some rules."""
    configuration = folder / "configuration.json"
    rules = {"rules": dict.fromkeys(without, "off")}
    configuration.write_text(json.dumps(CONFIGURATION | rules))
    options = ("--config", str(configuration), "--formatter", "json", f"{folder}/*.html")
    told = subprocess.run((VALIDATOR, *options), capture_output=True, text=True, check=False)
    assert told.stdout, told.stderr
    return [
        f"{Path(result['filePath']).stem}: {message['line']}: {message['message']}"
        for result in json.loads(told.stdout)
        for message in result["messages"]
    ]


@pytest.mark.skipif(shutil.which("node") is None, reason="no node here")
@pytest.mark.skipif(not VALIDATOR.exists(), reason="html-validate is not installed")
def test_every_page_is_valid(visitor: FlaskClient, tmp_path: Path) -> None:
    pages = reachable(visitor)
    assert len(pages) > 20
    for address, page in pages.items():
        name = re.sub(r"\W", "_", address) or "home"
        (tmp_path / f"{name}.html").write_text(page, "utf-8")
    assert faults(tmp_path) == []
