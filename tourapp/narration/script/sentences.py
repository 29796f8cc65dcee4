"""Where the sentences of a shown text begin and end."""

import re
from collections.abc import Callable, Iterator

_CLOSING = r"[ \u00a0\u202f\u2009]?»|[”\"’')\]⁰¹²³⁴-⁹*_]|\u203a\d+\u2039"
_END = re.compile(rf"(?P<mark>[.!?…]+)(?:{_CLOSING})*(?=\s|$)|\n")
_LONGEST_WORD = 60
_OPENING = re.compile(r"[\s«“\"'’(\[—–*_¿¡-]*")


def sentences(
    shown: str, *, ends_no_sentence: Callable[[str, str], bool]
) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each sentence, blanks around it left out."""
    start = 0
    for match in _END.finditer(shown):
        after = _OPENING.sub("", shown[match.end() :], count=1)
        broken = match["mark"] is None
        abbreviated = match["mark"] == "." and ends_no_sentence(
            shown[max(start, match.start() - _LONGEST_WORD) : match.start()], after
        )
        if broken or not (after[:1].islower() or (after and abbreviated)):
            yield from _trimmed(shown, start, match.end())
            start = match.end()
    yield from _trimmed(shown, start, len(shown))


def _trimmed(shown: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    text = shown[start:end]
    if text.strip():
        yield start + len(text) - len(text.lstrip()), start + len(text.rstrip())
