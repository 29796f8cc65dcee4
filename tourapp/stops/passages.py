"""The passage of a text that says what was searched for."""

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from tourapp.stops.search import WORD, fold, words_of

LONGEST = 200

_END_OF_SENTENCE = re.compile(r"(?<=[.!?…»])\s+")
_BEFORE = 60
_CUT = "…"


@dataclass(frozen=True, slots=True)
class Fragment:
    """A part of a passage: what was searched for, or what stands around it."""

    text: str
    is_found: bool


def find_passage(text: str, words: Collection[str]) -> tuple[Fragment, ...]:
    """Return the sentence that says most of these words, in fragments; nothing where none does."""
    sentences = _END_OF_SENTENCE.split(unicodedata.normalize("NFC", text))
    best = max(sentences, key=lambda sentence: len(_said(sentence, words)))
    return tuple(_fragments(_shortened(best, words), words)) if _said(best, words) else ()


def _said(sentence: str, words: Collection[str]) -> set[str]:
    return {word for found in WORD.findall(sentence) for word in words_of(fold(found))} & set(words)


def _shortened(sentence: str, words: Collection[str]) -> str:
    if len(sentence) <= LONGEST:
        return sentence
    first = next(found.start() for found in WORD.finditer(sentence) if _said(found[0], words))
    start = max(0, min(first - _BEFORE, len(sentence) - LONGEST))
    # Words are shown whole.
    shown = sentence[sentence.find(" ", start) + 1 if start else 0 :][:LONGEST]
    if start + LONGEST < len(sentence):
        shown = shown.rpartition(" ")[0] + _CUT
    return _CUT + shown if start else shown


def _fragments(sentence: str, words: Collection[str]) -> Iterator[Fragment]:
    end = 0
    for found in WORD.finditer(sentence):
        if _said(found[0], words):
            if sentence[end : found.start()]:
                yield Fragment(sentence[end : found.start()], is_found=False)
            yield Fragment(found[0], is_found=True)
            end = found.end()
    if sentence[end:]:
        yield Fragment(sentence[end:], is_found=False)
