"""Figures that tell a writer how long a text is, and how easily it is read and heard."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tourapp.narration.script import SpokenSentence

TARGET_S = 120

# What the embedded voice takes for the first four stops, its pauses left out.
_LETTERS_PER_S = 15.8

_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*|\d+", re.UNICODE)
_VOWELS = re.compile(r"[aeiouyàâäéèêëîïôöùûüÿœæ]+", re.IGNORECASE)
_MUTE_END = re.compile(r"(?<=[^\W\d_]{2})(?:es|e|ent)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Formula:
    """Reading ease: a constant, less so much a word of a sentence and a syllable of a word."""

    constant: float
    per_word: float
    per_syllable: float


# Kandel and Moles 1958, Flesch 1948, Douma 1960, Amstad 1978.
_FORMULAS = {
    "fr": _Formula(207, 1.015, 73.6),
    "en": _Formula(206.835, 1.015, 84.6),
    "nl": _Formula(206.84, 0.93, 77),
    "de": _Formula(180, 1, 58.5),
}


@dataclass(frozen=True, slots=True)
class Measures:
    """How many words, how long to listen to, and how easy: 100 for a child, 30 for scholars."""

    words: int
    listening_s: float
    ease: int | None

    @property
    def beyond_s(self) -> float:
        """By how much it is longer than two minutes."""
        return max(0.0, self.listening_s - TARGET_S)


def measure(sentences: Sequence[SpokenSentence], *, lang: str) -> Measures:
    """Measure a text by its sentences."""
    words = [word for sentence in sentences for word in _WORD.findall(sentence.shown)]
    return Measures(len(words), _listening_s(sentences), _ease(words, len(sentences), lang=lang))


def _listening_s(sentences: Sequence[SpokenSentence]) -> float:
    letters = sum(len(sentence.text) for sentence in sentences)
    return letters / _LETTERS_PER_S + sum(sentence.pause_after_s for sentence in sentences)


def _ease(words: Sequence[str], sentences: int, *, lang: str) -> int | None:
    if not words:
        return None
    formula = _FORMULAS[lang]
    syllables = sum(_syllables(word, lang=lang) for word in words)
    ease = (
        formula.constant
        - formula.per_word * len(words) / sentences
        - formula.per_syllable * syllables / len(words)
    )
    return round(min(100, max(0, ease)))


def _syllables(word: str, *, lang: str) -> int:
    said = _MUTE_END.sub("", word) if lang == "en" else word
    return max(1, len(_VOWELS.findall(said)))
