"""How a search forgives: letters without case, accents or ligatures, one kind of hyphen."""

import re
import unicodedata

_ALIKE = str.maketrans(
    {"œ": "oe", "æ": "ae", "’": "'", "\u2010": "-", "\u2011": "-", "\u00ad": None}
)

WORD = re.compile(r"[^\W_]+")
"""What a search looks for one by one: letters and digits without anything between."""

_SHORT = 3


def fold(text: str) -> str:
    """Return the text without case, accents, ligatures or runs of white space."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_ALIKE))
    bare = "".join(mark for mark in decomposed if not unicodedata.combining(mark))
    return " ".join(bare.split())


def words_of(folded: str) -> dict[str, None]:
    """Return the words of a folded text, in their order, without a plural's last letter."""
    return {_singular(word): None for word in dict.fromkeys(WORD.findall(folded))}


def _singular(word: str) -> str:
    # Wrong now and then (« fois »), and then wrong on both sides.
    return word[:-1] if len(word) > _SHORT and word[-1] in "sx" else word
