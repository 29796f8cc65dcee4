"""An index of words in memory: which texts say them, best first, mistyped or not. Pure."""

import math
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import reduce

from tourapp.stops.search import fold, words_of

MOST_WORDS = 8
"""How many words of a question are looked at: more would cost more, and tell no more."""

_SHORTEST_BEGINNING = 3
_IN_TITLE = 4.0
_AS_BEGUN = 0.7
_AS_MISTYPED = 0.4
# Of a word this long so many letters may be wrong, missing, too many or exchanged.
_FORGIVEN = ((8, 2), (4, 1))
_OPTIONAL = 2

Matches = dict[str, float]
"""Words of the index that stand for a typed one, with how well they do."""

Way = Callable[[str], Iterator[tuple[str, float]]]
"""A way to take a typed word: yields the words that it may stand for, with how well they do."""


@dataclass(frozen=True, slots=True)
class Found:
    """The texts that say what was asked, by their id, and the words by which they do."""

    scores: dict[int, float] = field(default_factory=dict)
    words: frozenset[str] = frozenset()


class WordIndex:
    """Texts by their words. It only grows: whoever asks tells which of its texts still count.

    Each word of a text costs four bytes, and each word of the language some two hundred.
    """

    def __init__(self) -> None:
        self._texts: defaultdict[str, array[int]] = defaultdict(_no_ids)
        self._titles: defaultdict[str, array[int]] = defaultdict(_no_ids)
        self._sorted: list[str] = []
        self._count = 0

    def add(self, text_id: int, *, title: str, text: str) -> None:
        """Take a text in, both parts folded; its title is part of the text too."""
        self._count += 1
        for words, where in ((text, self._texts), (title, self._titles)):
            for word in words_of(words):
                where[word].append(text_id)

    def find(self, asked: str, *, among: Collection[int]) -> Found:
        """Return the texts that say every word asked.

        Words are meant as they are, or as beginnings; only where no text says them all are they
        taken for mistyped. Articles and what an elision leaves need not be there.
        """
        typed = list(words_of(fold(asked)))[:MOST_WORDS]
        for ways in ([self._as_typed], [self._as_typed, self._as_mistyped]):
            found = self._find(typed, ways, among)
            if found.scores:
                return found
        return Found()

    def _find(
        self,
        typed: list[str],
        ways: Sequence[Way],
        among: Collection[int],
    ) -> Found:
        optional = [word for word in typed if len(typed) > 1 and _is_little(word)]
        matches = [_matches(word, ways) for word in typed if word not in optional]
        if not matches:
            return Found()
        every = reduce(_both, (self._score(each, among) for each in matches))
        little = [self._score(_matches(word, ways), among) for word in optional]
        return Found(_raised(every, little), frozenset[str]().union(*matches))

    def _as_typed(self, word: str) -> Iterator[tuple[str, float]]:
        if word in self._texts:
            yield word, 1.0
        if len(word) >= _SHORTEST_BEGINNING:
            yield from ((longer, _AS_BEGUN) for longer in self._beginning_with(word))

    def _beginning_with(self, word: str) -> list[str]:
        vocabulary = self._vocabulary()
        return vocabulary[bisect_left(vocabulary, word) : bisect_left(vocabulary, f"{word}\uffff")]

    def _as_mistyped(self, word: str) -> Iterator[tuple[str, float]]:
        # Loaded with the first mistake: most questions hold none.
        from rapidfuzz import process  # noqa: PLC0415
        from rapidfuzz.distance import OSA  # noqa: PLC0415

        forgiven = next((most for least, most in _FORGIVEN if len(word) >= least), 0)
        if not forgiven or word.isdigit():
            return
        near = process.extract_iter(
            word, self._vocabulary(), scorer=OSA.distance, score_cutoff=forgiven
        )
        yield from ((meant, _AS_MISTYPED / max(1, distance)) for meant, distance, _ in near)

    def _vocabulary(self) -> list[str]:
        if len(self._sorted) != len(self._texts):
            self._sorted = sorted(self._texts)
        return self._sorted

    def _score(self, matches: Matches, among: Collection[int]) -> dict[int, float]:
        scores: dict[int, float] = {}
        for word, closeness in matches.items():
            said = self._texts[word]
            weight = closeness * math.log(1 + self._count / len(said))
            titled = set(self._titles.get(word, ()))
            for text_id in said:
                if text_id in among:
                    score = weight * _IN_TITLE if text_id in titled else weight
                    scores[text_id] = max(score, scores.get(text_id, 0))
        return scores


def _no_ids() -> "array[int]":
    return array("I")


def _matches(word: str, ways: Sequence[Way]) -> Matches:
    matches: Matches = {}
    for meant, closeness in (pair for way in ways for pair in way(word)):
        matches[meant] = max(closeness, matches.get(meant, 0))
    return matches


def _is_little(word: str) -> bool:
    return len(word) <= _OPTIONAL and word.isalpha()


def _both(one: dict[int, float], other: dict[int, float]) -> dict[int, float]:
    return {text_id: score + other[text_id] for text_id, score in one.items() if text_id in other}


def _raised(scores: dict[int, float], little: list[dict[int, float]]) -> dict[int, float]:
    return {
        text_id: score + sum(each.get(text_id, 0) for each in little)
        for text_id, score in scores.items()
    }
