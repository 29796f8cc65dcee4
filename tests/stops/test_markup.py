"""Narratives as HTML and as bare text: what an author wrote, and nothing that runs."""

import pytest

from tourapp.stops.markup import narrative_html, visible_text


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Un.\n\nDeux.", "<p>Un.</p>\n<p>Deux.</p>\n"),
        ("C’est *noir*, **très**.", "<p>C’est <em>noir</em>, <strong>très</strong>.</p>\n"),
        ("- un\n- deux", "<ul>\n<li>un</li>\n<li>deux</li>\n</ul>\n"),
        ("605\u202fm & 5\u00a0€ < 6", "<p>605\u202fm &amp; 5&nbsp;€ &lt; 6</p>\n"),
        ("", ""),
    ],
)
def test_a_text_becomes_plain_html(text: str, html: str) -> None:
    assert narrative_html(text) == html


def test_a_link_leads_out_without_handing_the_page_over() -> None:
    html = narrative_html("[la mairie](https://example.fr/a?b=1&c=2)")
    assert 'href="https://example.fr/a?b=1&amp;c=2"' in html
    assert 'rel="noopener noreferrer"' in html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[clic](javascript:alert(1))",
        "[clic](data:text/html,x)",
        '<a href="https://example.fr" onclick="x()">clic</a>',
        "![image](https://example.fr/traceur.png)",
    ],
)
def test_nothing_in_a_text_runs_or_loads(text: str) -> None:
    html = narrative_html(text)
    assert "<script" not in html
    assert "<img" not in html
    assert "href" not in html.replace("&lt;a href", "")


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Le *terril* est **noir**.", "Le terril est noir."),
        ("Un\ndeux   trois", "Un deux trois"),
        ("[La mairie](https://example.fr) & l’église", "La mairie & l’église"),
        ("605\u202fm, 5\u00a0€", "605\u202fm, 5\u00a0€"),
        ("1 < 2 &amp; 3", "1 < 2 & 3"),
        ("", ""),
    ],
)
def test_a_caption_shows_what_a_reader_sees(text: str, seen: str) -> None:
    assert visible_text(text) == seen
