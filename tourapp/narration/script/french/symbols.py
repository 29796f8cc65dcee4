"""French names of signs, and the numbers that no other rule has claimed."""

import re

from tourapp.narration.script.french.agreement import gender_before, is_name
from tourapp.narration.script.french.numbers import NUMBER, digits_words, naming, number_words, of
from tourapp.narration.script.rules import Rule, following, preceding, rule

_SIGNS = {
    "&": " et ",
    r"\+": " plus ",
    "±": " plus ou moins ",
    "−": " moins ",
    "÷": " divisé par ",
    "=": " égale ",
    "≠": " différent de ",
    "≈": " environ ",
    "~(?= ?\\d)": " environ ",
    "≤": " inférieur ou égal à ",
    "≥": " supérieur ou égal à ",
    "<(?= ?\\d)": " inférieur à ",
    ">(?= ?\\d)": " supérieur à ",
    "→": " vers ",
    "@": " arobase ",
    "§": " paragraphe ",
    "°": " degré ",
    "#": " dièse ",
    "€": " euros ",
    r"\$": " dollars ",
    "£": " livres ",
    "%": " pour cent ",
    "‰": " pour mille ",
}
_MILLIONS = r"[1-9]\d{0,2}(?:[ .]?\d{3})*(?:[ .]?000){2}"
_NO_NOUNS = "(?:alors|après|chez|dans|depuis|dès|hors|mais|moins|plus|puis|sans|sous|vers) "


def _number(match: re.Match[str]) -> str:
    before, after = preceding(match), following(match)
    if is_name(match[0], preceding=before, following=after):
        return naming(match[0])
    return number_words(match[0], gender=gender_before(after, typed=match[0]))


def _round_millions(match: re.Match[str]) -> str:
    words = number_words(match["number"])
    return f"{words} {of(match['noun'])}".removesuffix(match["noun"])


def _digits_apart(match: re.Match[str]) -> str:
    runs = re.split(r"([.,])", match[0])
    marks = {".": " point ", ",": ", "}
    return "".join(marks.get(run) or digits_words(run) for run in runs)


def _times(match: re.Match[str]) -> str | None:
    before = preceding(match).rstrip()[-1:]
    if before.isdecimal():
        return " fois "
    return " sur " if before == "m" else None


def _crossed(match: re.Match[str]) -> str:
    return f"{digits_words(match[1])} fois {digits_words(match[2])}"


def _ratio(match: re.Match[str]) -> str:
    return f"{digits_words(match[1])} pour {digits_words(match[2])}"


def _minus(match: re.Match[str]) -> str | None:
    before = preceding(match)
    apart = not before or before[-1] in " ("
    return "moins " if apart and not before.rstrip()[-1:].isdecimal() else None


RULES: tuple[Rule, ...] = (
    rule(r"[-–](?=\d)", _minus),
    rule(r"[x×*](?= ?\d)", _times),
    rule(r"4x4(?!\w)", "quatre-quatre"),
    rule(r"(\d+)x(\d+)(?!\w)", _crossed),
    rule(r"(\d+):(\d+)(?!\w)", _ratio),
    rule(r"/(?=ou(?!\w))", " "),
    rule(r"/", ", "),
    *(rule(sign, said) for sign, said in _SIGNS.items()),
    rule(
        rf"(?P<number>{_MILLIONS}) (?=(?P<noun>[a-zà-ÿ]+[sx])(?!\w))(?!{_NO_NOUNS})",
        _round_millions,
    ),
    rule(rf"{NUMBER}(?![\w]|[.,]\d)", _number),
    rule(r"\d+(?:[.,]\d+){2,}", _digits_apart),
)
