"""How a search forgives: letters without case, accents or ligatures, one kind of hyphen."""

import unicodedata

_ALIKE = str.maketrans(
    {"œ": "oe", "æ": "ae", "’": "'", "\u2010": "-", "\u2011": "-", "\u00ad": None}
)


def fold(text: str) -> str:
    """Return the text without case, accents, ligatures or runs of white space."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_ALIKE))
    bare = "".join(mark for mark in decomposed if not unicodedata.combining(mark))
    return " ".join(bare.split())
