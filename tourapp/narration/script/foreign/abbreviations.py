"""What is typed short and said in full, and the dots that end no sentence."""

import re
from functools import partial

from tourapp.narration.script.foreign.tongue import Tongue
from tourapp.narration.script.rules import Rule, rule


def rules(tongue: Tongue) -> tuple[Rule, ...]:
    """Return the rules of a language's abbreviations, the longest first."""
    ends = ((tongue.abbreviations, r"(?!\w)"), (tongue.numbered, r"(?= ?\d)"))
    shorts = [(short, full, end) for known, end in ends for short, full in known.items()]
    return tuple(
        rule(rf"{re.escape(short)}{end}", partial(_said, full))
        for short, full, end in sorted(shorts, key=lambda each: -len(each[0]))
    )


def ends_no_sentence(before: str, after: str, *, tongue: Tongue) -> bool:
    """Judge the dot between two texts: that of a title, an initial or a German day ends none."""
    word = re.split(r"[\s(]", before)[-1]
    is_initial = re.fullmatch(r"[A-Z]", word) is not None
    is_numbering = f"{word}." in tongue.numbered and re.match(r" ?\d", after) is not None
    is_day = word.isdecimal() and _ranks(tongue, after)
    return is_initial or is_numbering or is_day or _is_short(f"{word}.", tongue)


def _is_short(word: str, tongue: Tongue) -> bool:
    shorts = {part for short in tongue.abbreviations for part in (short, short.split()[0])}
    return word in shorts or word.lower() in tongue.titles


def _ranks(tongue: Tongue, after: str) -> bool:
    ranked = "|".join((*tongue.months, "Jahrhundert", "Stock", "Etage"))
    return tongue.code == "de" and re.match(rf" ?(?:{ranked})", after) is not None


def _said(full: str, _match: re.Match[str]) -> str:
    return full
