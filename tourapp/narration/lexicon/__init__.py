"""The pronunciation lexicon: how local names are said, whatever the rules would make of them."""

from tourapp.narration.lexicon.entries import Entry, EntryError, Lexicon, Notation

__all__ = ["Entry", "EntryError", "Lexicon", "Notation"]
