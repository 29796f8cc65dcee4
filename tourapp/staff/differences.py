"""Two texts compared word by word, as HTML that tells what was added and what was taken away."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from markupsafe import Markup, escape

_WORD = re.compile(r"\s+|[^\W_]+|.", re.DOTALL)


def differences(before: str, after: str) -> Markup:
    """Return the later text with what was added in `ins` and what was taken away in `del`."""
    return Markup().join(_pieces(_WORD.findall(before), _WORD.findall(after)))


def _pieces(before: list[str], after: list[str]) -> Iterator[Markup]:
    matcher = SequenceMatcher(a=before, b=after, autojunk=False)
    for kind, was, until_was, now, until_now in matcher.get_opcodes():
        removed, added = "".join(before[was:until_was]), "".join(after[now:until_now])
        if kind == "equal":
            yield escape(added)
            continue
        if removed:
            yield Markup("<del>{}</del>").format(removed)
        if added:
            yield Markup("<ins>{}</ins>").format(added)
