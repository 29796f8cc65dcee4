"""A narrative as the sentences that an engine must say, each with its place in the text."""

from tourapp.narration.lexicon import Notation
from tourapp.narration.script.spoken import SpokenSentence, sought_text, spoken_sentences

__all__ = ["Notation", "SpokenSentence", "sought_text", "spoken_sentences"]
