"""French abbreviations: what they stand for, and which of their dots end no sentence."""

import re

from tourapp.narration.script.french.numbers import digits_words
from tourapp.narration.script.french.vocabulary import FIRST_WORDS, NEVER_LAST
from tourapp.narration.script.rules import Rule, preceding, rule

_NAME = r"(?= ?[A-ZÀ-Þ])"

_TITLES = {
    r"MM\.(?= )": "messieurs",
    r"M\.(?= )": "monsieur",
    rf"Mr\.?{_NAME}": "monsieur",
    r"Mmes(?!\w)\.?": "mesdames",
    r"Mme(?!\w)\.?": "madame",
    r"Mlles(?!\w)\.?": "mesdemoiselles",
    r"Mlle(?!\w)\.?": "mademoiselle",
    r"Mgr(?!\w)\.?": "monseigneur",
    r"Drs?(?!\w)\.?": "docteur",
    rf"Pr(?!\w)\.?{_NAME}": "professeur",
    rf"Me{_NAME}": "maître",
    r"St(?!\w)\.?": "saint",
    r"Ste(?!\w)\.?": "sainte",
    r"J\.-B\.": "Jean-Baptiste",
    r"J\.-F\.": "Jean-François",
    r"J\.-J\.": "Jean-Jacques",
    r"J\.-P\.": "Jean-Pierre",
    r"P\.-Y\.": "Pierre-Yves",
    r"N\.-D\.": "Notre-Dame",
}

_WORDS = {
    r"[Aa]v\.(?= ?J\.-C\.| \d)": "avant ",
    r"[Aa]pr?\.(?= ?J\.-C\.)": "après ",
    r"[Aa]v\.(?= )": "avenue",
    r"[Bb]l?d(?!\w)\.?": "boulevard",
    r"[Pp]l\.(?= )": "place",
    r"[Rr]te(?!\w)\.?": "route",
    r"[Tt]él(?!\w)\.?": "téléphone",
    r"[Cc]\.-à-d\.": "c'est-à-dire",
    r"[Pp](?:ar|\.) ?ex\.": "par exemple",
    r"etc\.?(?!\w)(?:\.\.)?…?": "etcétéra",
    r"[Ee]nv\.": "environ",
    r"[Cc]f\.?(?!\w)": "voir",
    r"vs\.?(?!\w)": "contre",
    r"[Cc]hap\.": "chapitre",
    r"[Ff]ig\.": "figure",
    r"[Aa]rt\.": "article",
    r"[Vv]ol\.": "volume",
    r"[Tt]\.(?= ?[IVX\d])": "tome",
    r"[Éé]d\.": "édition",
    r"dép\.": "département",
    r"hab\.": "habitants",
    r"max\.": "maximum",
    r"min\.": "minimum",
    r"Cie(?!\w)": "compagnie",
    r"Ets(?!\w)": "établissements",
    r"[Nn]°s ?": "numéros ",
    r"[Nn](?:°|o\.?(?= ?\d)) ?": "numéro ",
}

_ERA = r"(?:[Aa]vant|[Aa]v\.|[Aa]près|[Aa]pr?\.)\s?"
_UNITS_TOO = frozenset(("m", "t"))


def ends_no_sentence(before: str, after: str) -> bool:
    """Tell whether the dot between two texts, the second in capitals, abbreviates a word."""
    word = re.split(r"[\s'(«]", before.replace("’", "'"))[-1]
    if word.lower() in NEVER_LAST:
        counted = word in _UNITS_TOO and re.search(r"\d\s\w$", before)
        return not counted
    is_initial = re.fullmatch(r"(?:[A-ZÀ-Þ]\.-?)?[A-ZÀ-Þ]", word) is not None
    if is_initial and not re.search(rf"{_ERA}J\.-C$", before):
        return re.split(r"[\s,]", after.replace("’", "'"))[0] not in FIRST_WORDS
    return False


def _pages(match: re.Match[str]) -> str:
    first, last = match["first"], match["last"]
    if last:
        return f"pages {digits_words(first)} à {digits_words(last)}"
    return f"page{'s' * (match['p'] == 'pp')} {digits_words(first)}"


def _century(match: re.Match[str]) -> str | None:
    return "siècle" if re.search(r"[IVX\d](?:e|er) $", preceding(match)) else None


def _christ(match: re.Match[str]) -> str | None:
    return "Jésus-Christ" if re.search(rf"{_ERA}$", preceding(match)) else None


RULES: tuple[Rule, ...] = (
    *(rule(pattern, said) for pattern, said in (_TITLES | _WORDS).items()),
    rule(r"(?P<p>pp?)\. ?(?P<first>\d+)(?: ?[-–] ?(?P<last>\d+))?(?!\w)", _pages),
    rule(r"s\.", _century),
    rule(r"J\.-C\.", _christ),
    rule(r"([A-ZÀ-Þ])\.-([A-ZÀ-Þ])\.", r"\1 \2"),
    rule(r"([A-ZÀ-Þ])\.(?= ?[A-ZÀ-Þ])", r"\1 "),
)
