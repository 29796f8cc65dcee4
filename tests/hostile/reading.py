"""What a page is made of, and what in it could run: read mark by mark, as a browser finds them."""

import json
import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path

SCRIPTS = tuple(Path(__file__).with_name("scripts.txt").read_text("utf-8").splitlines())
"""Texts that would run something where they are not written as text.

After OWASP's sheet on evading filters and html5sec.org; kept here, a line each, to be added to.
"""

WRITTEN = {
    (tag, name)
    for tag, names in {
        **dict.fromkeys(("p", "em", "strong", "ul", "ol", "li", "blockquote", "br"), ()),
        **dict.fromkeys(("h2", "h3", "h4", "code"), ()),
        "a": ("href", "rel"),
    }.items()
    for name in ("", *names)
}
"""What a narrative may bring along: its elements, and their attributes."""

_ADDRESSES = {"href", "src", "action", "formaction", "data", "poster", "ping", "background"}
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:")
_HARMLESS = ("http:", "https:", "mailto:", "tel:", "geo:", "data:image/")
_UNSEEN = re.compile(r"[\x00-\x20]")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.marks: set[tuple[str, str]] = set()
        self.addresses: set[str] = set()
        self.documents: list[str] = []
        self._is_document = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.marks |= {(tag, ""), *((tag, name) for name, _ in attrs)}
        self.addresses |= {value or "" for name, value in attrs if name in _ADDRESSES}
        self._is_document = ("type", "application/ld+json") in attrs

    def handle_data(self, data: str) -> None:
        if self._is_document:
            self.documents.append(data)
        self._is_document = False


def marks(page: str) -> set[tuple[str, str]]:
    """Return the elements of a page with the names of their attributes."""
    reader = _Reader()
    reader.feed(page)
    return reader.marks


def harm(page: str, *, known: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield what of a page could run, or is neither in `known` nor of a narrative."""
    reader = _Reader()
    reader.feed(page)
    for tag, name in sorted(reader.marks - {*known} - WRITTEN):
        yield f"a new <{tag} {name}>"
    for address in reader.addresses:
        bare = _UNSEEN.sub("", address).lower()
        if _SCHEME.match(bare) and not bare.startswith(_HARMLESS):
            yield f"an address {address}"
    for document in reader.documents:
        # Raises where a text has ended what describes the page.
        json.loads(document)
    for text in SCRIPTS:
        if text.startswith("<") and text in page:
            yield f"unescaped: {text}"
