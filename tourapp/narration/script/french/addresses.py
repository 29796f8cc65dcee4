"""French readings of web and mail addresses and of telephone numbers."""

import re
from functools import partial

from tourapp.narration.script.french.letters import LetterNames, spelled
from tourapp.narration.script.french.numbers import digits_words
from tourapp.narration.script.rules import Rule, rule

_MARKS = {".": "point", "-": "tiret", "_": "tiret bas", "@": "arobase", "/": "barre oblique"}
_LABELS = r"(?:[\w-]{1,63}\.){1,8}"
_PREFIX = r"(?:https?://(?:www\.)?|www\.)"
_PORT_AND_PATH = r"(?::\d+)?(?P<path>/[^\s()<>«»]*[\w/]|/)?"
_LONGEST_PATH = 30


def _web(match: re.Match[str], *, names: LetterNames) -> str:
    """Say a site's address; a long path is for reading, not for hearing."""
    path = (match["path"] or "").rstrip("/")
    short = len(path) <= _LONGEST_PATH and not re.search(r"[^\w./-]", path)
    return _read(match["host"] + (path if short else ""), names)


def _mail(match: re.Match[str], *, names: LetterNames) -> str:
    return _read(match[0], names)


def _read(address: str, names: LetterNames) -> str:
    parts = re.findall(r"\d+|[^\W\d_]+|[-._@/]", address)
    return " ".join(_part(part, names) for part in parts)


def _part(part: str, names: LetterNames) -> str:
    if part.isdecimal():
        return digits_words(part)
    if part in _MARKS:
        return _MARKS[part]
    is_word = len(part) > 1 and re.search(r"[aeiouyà-ÿ]", part, re.IGNORECASE)
    return part if is_word else spelled(part, names)


def _telephone(match: re.Match[str]) -> str:
    """Say a number two digits at a time."""
    digits = re.sub(r"\(0\)|\D", "", match[0])
    country = f"plus {digits_words(digits[:2])}, " if match[0].startswith("+") else ""
    national = digits[2:] if country else digits
    first = len(national) % 2
    pairs = [national[:first], *re.findall("..", national[first:])]
    return country + ", ".join(digits_words(pair) for pair in pairs if pair)


def rules(names: LetterNames) -> tuple[Rule, ...]:
    """Return the rules for addresses, which spell with the names given."""
    web = partial(_web, names=names)
    return (
        rule(rf"[\w.+-]{{0,63}}\w@{_LABELS}[a-z]{{2,}}(?!\w)", partial(_mail, names=names)),
        rule(rf"{_PREFIX}(?P<host>[\w.-]{{0,252}}\w){_PORT_AND_PATH}", web),
        rule(rf"(?P<host>{_LABELS}(?:fr|com|org|eu|net))(?![\w@]){_PORT_AND_PATH}", web),
        rule(r"0\d(?:[ .-]?\d\d){4}(?!\d)", _telephone),
        rule(r"\+33 ?(?:\(0\) ?)?\d(?:[ .-]?\d\d){4}(?!\d)", _telephone),
    )
