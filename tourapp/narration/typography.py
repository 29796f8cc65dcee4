"""Characters as typed, brought to the few that the rules of speech know."""

import re
import unicodedata
from functools import cache

SUPERSCRIPT = "⁰¹²³⁴⁵⁶⁷⁸⁹"
"""The digits that square a unit, raise a power or mark a note."""

_REPLACED = {
    **dict.fromkeys("\u2018\u2019\u02bc\u2032", "'"),
    **dict.fromkeys("\u2010\u2011", "-"),
    **dict.fromkeys("\u2044\u2215", "/"),
    "\u2033": '"',
    **dict.fromkeys("\t\n\v\f\r", " "),
    "\u00ba": "°",
    "[": "(",
    "]": ")",
    "\u2116": "n°",
    "\u2122": "",
    "\u20e3": "",
    "\ufe0e": "",
    "\ufe0f": "",
}
_UNTOUCHED = frozenset(f"{SUPERSCRIPT}°")

_NOTE_MARK = re.compile(
    rf"(?<![^\W\d_{SUPERSCRIPT}])(?P<word>[^\W\d_{SUPERSCRIPT}]+)(?P<closing>[.,;:!?…»”\")]*)[{SUPERSCRIPT}]+"
    r"|\u203a\d+\u2039"
    r"|(?<=[^\W_])\*+(?![\w*])",
)
_RAISED_UNIT = re.compile(r"(?:[kcdmhµ]|da)?m|s")


def folded(text: str) -> str:
    """Return the text with composed letters, one apostrophe, one space and ASCII digits.

    No emoji, control or private character is left, nor a square bracket, so that nobody can type
    an engine's phonemes and a script may use private characters as marks of its own.
    """
    plain = unicodedata.normalize("NFC", text)
    for pattern, said in FOLDINGS:
        plain = pattern.sub(said, plain)
    return plain


@cache
def _folded(character: str) -> str:
    if character in _REPLACED:
        return _REPLACED[character]
    if character in _UNTOUCHED:
        return character
    return _by_category(character, unicodedata.category(character))


def _by_category(character: str, category: str) -> str:
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if category.startswith("Z"):
        return " "
    if category in {"Lm", "Nl", "No", "So"}:
        return _compatible(character, category)
    return "" if category in {"Cc", "Cf", "Cn", "Co", "Cs", "Sk"} else character


def _compatible(character: str, category: str) -> str:
    """Spell a numeral, a squared unit or a raised letter with plain characters."""
    plain = unicodedata.normalize("NFKC", character).replace("\u2044", "/")
    if category == "So" and plain == character:
        return " "
    return f" {plain}" if "/" in plain else plain


def _without_note_mark(match: re.Match[str]) -> str:
    word, closing = match["word"] or "", match["closing"] or ""
    return match[0] if not closing and _RAISED_UNIT.fullmatch(word) else word + closing


FOLDINGS = (
    (re.compile(r"[^ -Z\\^-~]"), lambda match: _folded(match[0])),
    (_NOTE_MARK, _without_note_mark),
)
"""What folding replaces in a text of composed letters, in this order."""
