"""A text that is rewritten and still knows which shown words it stands for."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import repeat

Origin = tuple[int, int]
"""The first and the last of the shown words, parted by blanks and counted from 0."""

Passage = tuple[int, int, str]
"""Where a passage begins and ends, and what stands in its place."""

Replacement = tuple[re.Pattern[str], Callable[[re.Match[str]], str] | str]
"""A pattern, and what stands for a match: a text with its groups, or what a function makes."""


@dataclass(frozen=True, slots=True)
class Traced:
    """A text, and the origin of each of its characters; a blank belongs to the word before it."""

    text: str
    origins: tuple[Origin, ...]

    @classmethod
    def of(cls, shown: str) -> "Traced":
        """Trace a text as it is shown."""
        origins: list[Origin] = []
        word = 0
        for before, character in zip(" " + shown, shown, strict=False):
            word += bool(origins) and before.isspace() and not character.isspace()
            origins.append((word, word))
        return cls(shown, tuple(origins))

    def through(self, replacements: Iterable[Replacement]) -> "Traced":
        """Return it with the matches of each pattern in turn replaced."""
        traced = self
        for pattern, said in replacements:
            matches = pattern.finditer(traced.text)
            traced = traced.replaced((*match.span(), _said(match, said)) for match in matches)
        return traced

    def replaced(self, passages: Iterable[Passage]) -> "Traced":
        """Return it with passages replaced that are in order and do not overlap."""
        texts: list[str] = []
        origins: list[Origin] = []
        done = 0
        for start, end, said in passages:
            texts += self.text[done:start], said
            origins += self.origins[done:start]
            origins += repeat(self._origin(start, end), len(said))
            done = end
        if not texts:
            return self
        return Traced("".join([*texts, self.text[done:]]), (*origins, *self.origins[done:]))

    def _origin(self, start: int, end: int) -> Origin:
        """Return the words of a passage; what is put between two belongs to the one before."""
        if start == end:
            return self.origins[max(start - 1, 0)]
        return self.origins[start][0], self.origins[end - 1][1]


def _said(match: re.Match[str], said: Callable[[re.Match[str]], str] | str) -> str:
    return said(match) if callable(said) else match.expand(said)
