"""Rules that rewrite a sentence from left to right, each place once."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from tourapp.narration.script.tracing import Passage, Traced

Found = tuple[str, int]
"""What is said for a passage, and where the passage ends."""

Finder = Callable[[str, int], Found | None]
"""Looks at one place of a text for a passage that begins there."""

_CONTEXT = 60
_PLACE = re.compile(r"(?<!\w)\w|[^\w\s.,;:!?']|'(?=\d)|_")


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern, and what is said for a match; `say` may decline by returning None."""

    pattern: re.Pattern[str]
    say: Callable[[re.Match[str]], str | None]

    def __call__(self, text: str, at: int) -> Found | None:
        """Return what is said for a match that begins at a place."""
        match = self.pattern.match(text, at)
        said = self.say(match) if match else None
        return None if match is None or said is None else (said, match.end())


def rule(pattern: str, said: Callable[[re.Match[str]], str | None] | str) -> Rule:
    """Return a rule that says what a function makes of a match, or a text with its groups."""
    say = said if callable(said) else partial(_expanded, said)
    return Rule(re.compile(pattern), say)


def _expanded(template: str, match: re.Match[str]) -> str:
    return match.expand(template)


def preceding(match: re.Match[str]) -> str:
    """Return the words just before a match, for rules that depend on them."""
    return match.string[max(0, match.start() - _CONTEXT) : match.start()]


def following(match: re.Match[str]) -> str:
    """Return the words just after a match, for rules that depend on them."""
    return match.string[match.end() : match.end() + _CONTEXT]


def rewritten(text: Traced, *, finders: Sequence[Finder]) -> Traced:
    """Return the text with each passage replaced that a finder knows; the first finder wins."""
    return text.replaced(_passages(text.text, finders))


def _passages(text: str, finders: Sequence[Finder]) -> Iterator[Passage]:
    done = 0
    for place in _PLACE.finditer(text):
        at = place.start()
        found = _first(text, at, finders) if at >= done else None
        if found:
            said, done = found
            yield at, done, said


def _first(text: str, at: int, finders: Sequence[Finder]) -> Found | None:
    return next((found for finder in finders if (found := finder(text, at))), None)
