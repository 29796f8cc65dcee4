"""English, Dutch and German: whole sentences and numbers in words, no rule of pronunciation."""

import re
from functools import cache, partial

from num2words import num2words

from tourapp.narration.script.language import Language
from tourapp.narration.script.rules import Rule, rule

_ABBREVIATIONS = {
    "en": "approx ca dr e.g i.e mr mrs ms no st vs",
    "nl": "bijv bv ca d.w.z dhr dr ing ir mevr nr o.a prof st",
    "de": "bzw ca d.h dr evtl fr hr nr prof st str u.a vgl z.b",
}
_THOUSANDS = {"en": " ,", "nl": " .", "de": " ."}
_LONGEST_CARDINAL = 15


@cache
def foreign(code: str) -> Language:
    """Return a language other than French; the numbers of an unknown one are said in English."""
    known = code if code in _ABBREVIATIONS else "en"
    return Language(
        code=code,
        first_rules=(),
        rules=_rules(known),
        preparations=(),
        numeral=partial(_cardinal, lang=known),
        ends_no_sentence=partial(_ends_no_sentence, lang=known),
    )


def _rules(lang: str) -> tuple[Rule, ...]:
    apart = _THOUSANDS[lang]
    decimal_mark = "." if "," in apart else ","
    number = rf"(?P<whole>[1-9]\d{{0,2}}(?:[{apart}]\d{{3}})+(?!\d)|\d+)"
    return (
        rule(r"(?P<year>1[1-9]\d\d)(?![\d.,]\d|\d)", partial(_year, lang=lang)),
        rule(r"(?P<rank>\d{1,9})(?:st|nd|rd|th|[ds]?te|e)(?!\w)", partial(_ordinal, lang=lang)),
        rule(rf"{number}(?:[{decimal_mark}](?P<decimals>\d+))?", partial(_number, lang=lang)),
    )


def _year(match: re.Match[str], *, lang: str) -> str:
    return str(num2words(int(match["year"]), lang=lang, to="year"))


def _ordinal(match: re.Match[str], *, lang: str) -> str:
    return str(num2words(int(match["rank"]), lang=lang, to="ordinal"))


def _number(match: re.Match[str], *, lang: str) -> str:
    whole = _cardinal(re.sub(r"\D", "", match["whole"]), lang=lang)
    if not match["decimals"]:
        return whole
    point = str(num2words(0.5, lang=lang)).split()[1]
    return " ".join([whole, point, *(_cardinal(digit, lang=lang) for digit in match["decimals"])])


def _cardinal(digits: str, *, lang: str) -> str:
    if len(digits) > _LONGEST_CARDINAL:
        return " ".join(_cardinal(digit, lang=lang) for digit in digits)
    return str(num2words(int(digits), lang=lang))


def _ends_no_sentence(before: str, _after: str, *, lang: str) -> bool:
    word = re.split(r"[\s(]", before)[-1]
    is_day = lang == "de" and word.isdecimal()
    is_initial = re.fullmatch(r"[A-Z]", word) is not None
    return is_day or is_initial or word.lower() in _ABBREVIATIONS[lang].split()
