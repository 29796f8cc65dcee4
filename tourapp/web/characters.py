"""What texts are made of: letters, blanks, and ends of lines.

The rest is seen by nobody, breaks what is made of a text (neither XML nor typefaces nor PostgreSQL
know all of it), or shows a text otherwise than it is written. A program that sends such a character
is told where it stands. People cannot find it in what they pasted: forms take it out.
"""

import re
from collections.abc import Iterator

# Controls but tab and line feed (C0, DEL, C1), separators of lines and paragraphs, what turns the
# direction of writing round, halves of surrogate pairs, and what will never be a character.
_UNKEPT = (
    r"\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff"
)
_UNSEEN = re.compile(f"[{_UNKEPT}]")
_OTHER_ENDS = re.compile("\r\n?")
_LIKE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")

KEPT_TEXT = rf"(?:[^{_UNKEPT}]|\r\n)*\Z"
"""What any text is made of, as an expression that matches the whole of it."""


def evened(text: str) -> str:
    """Return a text whose lines end with a line feed each, however they ended."""
    return _OTHER_ENDS.sub("\n", text)


def tidied(text: str) -> str:
    """Return what somebody wrote or pasted, without the characters that nobody sees."""
    return _UNSEEN.sub("", _LIKE_ENDS.sub("\n", text))


def unkept(text: str) -> Iterator[tuple[int, str]]:
    """Yield each character that no text is made of: its place, from 0, and its name, `U+0000`."""
    for found in _UNSEEN.finditer(text):
        yield found.start(), f"U+{ord(found[0]):04X}"


def readable(text: str) -> str:
    """Return a text that can be shown, with a mark in the place of what it is not made of."""
    return _UNSEEN.sub("�", text)
