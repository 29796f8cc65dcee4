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
        before = shown[max(start, match.start() - _LONGEST_WORD) : match.start()]
        if match["mark"] is None or _ends(match, before, ends_no_sentence):
            yield from _trimmed(shown, start, match.end())
            start = match.end()
    yield from _trimmed(shown, start, len(shown))


def _ends(match: re.Match[str], before: str, ends_no_sentence: Callable[[str, str], bool]) -> bool:
    """Tell whether a mark ends a sentence, which goes on with a small letter or a short form."""
    after = _OPENING.sub("", match.string[match.end() :], count=1)
    if not after:
        return True
    is_short = match["mark"] == "." and ends_no_sentence(before, after)
    return not (after[0].islower() or is_short)


def _trimmed(shown: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    text = shown[start:end]
    if text.strip():
        yield start + len(text) - len(text.lstrip()), start + len(text.rstrip())
