"""Two texts compared word by word, as HTML that tells what was added and what was taken away."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import chain, groupby
from operator import itemgetter

from markupsafe import Markup, escape

Passage = tuple[bool, list[str], list[str]]

_WORD = re.compile(r"\s+|[^\W_]+|.", re.DOTALL)


def differences(before: str, after: str) -> Markup:
    """Return the later text with what was added in `ins` and what was taken away in `del`."""
    return Markup().join(_pieces(_WORD.findall(before), _WORD.findall(after)))


def _pieces(before: list[str], after: list[str]) -> Iterator[Markup]:
    for is_changed, was, now in _passages(before, after):
        removed, added = "".join(was), "".join(now)
        if not is_changed:
            yield escape(added)
            continue
        if removed:
            yield Markup("<del>{}</del>").format(removed)
        if added:
            yield Markup("<ins>{}</ins>").format(added)


def _passages(before: list[str], after: list[str]) -> Iterator[Passage]:
    """Yield what changed and what did not, in turn; a word that stayed by chance is no island."""
    codes = SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes()
    parts = [
        (code[0] != "equal", before[code[1] : code[2]], after[code[3] : code[4]]) for code in codes
    ]
    last = len(parts) - 1
    told = [
        (is_changed or (0 < at < last and _is_island(now)), was, now)
        for at, (is_changed, was, now) in enumerate(parts)
    ]
    for is_changed, run in groupby(told, key=itemgetter(0)):
        _, was, now = zip(*run, strict=True)
        yield is_changed, list(chain(*was)), list(chain(*now))


def _is_island(words: Sequence[str]) -> bool:
    """Whether what did not change between two changes is at most a word and what surrounds it."""
    return "\n" not in "".join(words) and sum(word.isalnum() for word in words) <= 1
