"""A narrative as its page shows it, each sentence marked with the moment at which it is said."""

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from html import unescape
from itertools import groupby
from typing import Any

from tourapp.narration.script import shown_sentences
from tourapp.stops.markup import narrative_html

_PIECE = re.compile(r'<(?:"[^"]*"|[^>"])*>|&#?\w+;|.', re.DOTALL)

Marked = tuple[str, float | None]
"""A tag or a character of HTML, and the moment of its sentence, where it has one."""


def transcript_html(text: str, *, lang: str, cues: Sequence[Mapping[str, Any]]) -> str:
    """Render a narrative as `narrative_html` does, with `<span data-start="12.3">` in it.

    The cues are those of a narration. What of a sentence stands between two tags is one span, with
    the second at which it begins. A sentence that is not said as it is read bears none: it was
    corrected since.
    """
    marked = _marked(narrative_html(text), _moments(text, lang, cues))
    runs = groupby(marked, key=lambda piece: piece[1])
    return "".join(_span("".join(piece for piece, _ in run), start_s) for start_s, run in runs)


def _moments(text: str, lang: str, cues: Sequence[Mapping[str, Any]]) -> Iterator[Marked]:
    """Yield each character that a reader sees, blanks left out."""
    shown = shown_sentences(text, lang=lang)
    starts = _starts(shown, cues)
    for number, sentence in enumerate(shown):
        for character in "".join(sentence.split()):
            yield character, starts.get(number)


def _starts(shown: Sequence[str], cues: Sequence[Mapping[str, Any]]) -> dict[int, float]:
    """Return when each sentence begins that is said, by its number."""
    said = [cue["text"] for cue in cues]
    matching = SequenceMatcher(None, shown, said, autojunk=False).get_matching_blocks()
    return {
        first + at: cues[other + at]["start_s"]
        for first, other, size in matching
        for at in range(size)
    }


def _marked(html: str, moments: Iterator[Marked]) -> Iterator[Marked]:
    """Yield the pieces of HTML; a blank, and what no sentence holds, goes with what precedes it."""
    start_s: float | None = None
    seen = next(moments, None)
    for piece in _PIECE.findall(html):
        if piece.startswith("<"):
            start_s = None
        elif seen and seen[0] == unescape(piece):
            start_s = seen[1]
            seen = next(moments, None)
        yield piece, start_s


def _span(html: str, start_s: float | None) -> str:
    if start_s is None:
        return html
    sentence = html.rstrip()
    return f'<span data-start="{start_s:g}">{sentence}</span>{html[len(sentence) :]}'
