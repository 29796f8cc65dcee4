"""A narrative as the sentences that an engine must say, each with its place in the text."""

from tourapp.narration.lexicon import Notation
from tourapp.narration.script.spoken import (
    SpokenSentence,
    shown_sentences,
    sought_text,
    spoken_sentences,
)
from tourapp.narration.script.tracing import Origin

__all__ = [
    "Notation",
    "Origin",
    "SpokenSentence",
    "shown_sentences",
    "sought_text",
    "spoken_sentences",
]
