"""Narratives are Markdown: as safe HTML for a page, and as bare text for a caption."""

import html
import re

import nh3
from markdown_it import MarkdownIt

_MARKDOWN = MarkdownIt("js-default")

_TAGS = {"p", "em", "strong", "a", "ul", "ol", "li", "blockquote", "br", "h2", "h3", "h4", "code"}


def narrative_html(text: str) -> str:
    """Render a narrative as HTML that holds nothing but text, emphasis, lists and links."""
    return nh3.clean(
        _MARKDOWN.render(text),
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto", "tel"},
    )


def visible_text(text: str) -> str:
    """Return what a reader sees of a passage, on one line; no-break spaces stay."""
    bare = html.unescape(nh3.clean(_MARKDOWN.render(text), tags=set()))
    return re.sub(r"[ \n]+", " ", bare).strip(" ")
