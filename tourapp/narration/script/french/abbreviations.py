"""French abbreviations: what they stand for, and which of their dots end no sentence."""

import re

from tourapp.narration.script.french.numbers import digits_words
from tourapp.narration.script.rules import Rule, rule

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
    r"[Aa]v\. ?J\.-C\.": "avant Jésus-Christ",
    r"[Aa]pr?\. ?J\.-C\.": "après Jésus-Christ",
    r"[Aa]v\.(?= \d)": "avant",
    r"[Aa]v\.(?= )": "avenue",
    r"[Bb](?:ou)?l?d(?!\w)\.?": "boulevard",
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

_ENDS_NO_SENTENCE = frozenset(
    "ap apr art av bd boul cf chap coll dir dr drs éd env ex fig m mgr mlle mm mme mr n no p pl "
    "pp pr prs réf st ste t tél vol vs".split(),
)
_UNITS_TOO = frozenset(("m", "t"))
_FIRST_WORDS = frozenset(
    "À Au Aujourd'hui Aussi Aux Avec C'est Ce Ces Cet Cette Chaque Dans De Des Depuis Du Elle "
    "Elles En Et Ici Il Ils J' Je L' La Là Le Les Leur Leurs Mais Nous On Or Par Pour Puis Quand "
    "Sa Sans Ses Si Son Sous Sur Tous Tout Toute Un Une Voici Vous".split(),
)


def ends_no_sentence(before: str, after: str) -> bool:
    """Tell whether the dot between two texts, the second in capitals, abbreviates a word."""
    word = re.split(r"[\s'(«]", before.replace("’", "'"))[-1]  # noqa: RUF001 -- French quotes
    if word.lower() in _ENDS_NO_SENTENCE:
        counted = word in _UNITS_TOO and re.search(r"\d\s\w$", before)
        return not counted
    if re.fullmatch(r"(?:[A-ZÀ-Þ]\.){0,1}-?[A-ZÀ-Þ]", word) and word != "J.-C":
        return re.split(r"[\s,]", after.replace("’", "'"))[0] not in _FIRST_WORDS  # noqa: RUF001
    return False


def _pages(match: re.Match[str]) -> str:
    first, last = match["first"], match["last"]
    if last:
        return f"pages {digits_words(first)} à {digits_words(last)}"
    return f"page{'s' * (match['p'] == 'pp')} {digits_words(first)}"


def _century(match: re.Match[str]) -> str | None:
    return "siècle" if re.search(r"[IVX\d](?:e|er) $", match.string[: match.start()]) else None


RULES: tuple[Rule, ...] = (
    *(rule(pattern, said) for pattern, said in (_TITLES | _WORDS).items()),
    rule(r"(?P<p>pp?)\. ?(?P<first>\d+)(?: ?[-–] ?(?P<last>\d+))?(?!\w)", _pages),
    rule(r"s\.", _century),
    rule(r"([A-ZÀ-Þ])\.-([A-ZÀ-Þ])\.", r"\1 \2"),
    rule(r"([A-ZÀ-Þ])\.(?= ?[A-ZÀ-Þ])", r"\1 "),
)
