"""French inclusive forms: « habitant·e·s » is said « habitantes et habitants »."""

import re

from tourapp.narration.script.rules import Rule, preceding, rule

_REPLACED_ENDINGS = {
    "trice": "teur",
    "rice": "eur",
    "euse": "eur",
    "ère": "er",
    "ière": "ier",
    "ive": "if",
    "ve": "f",
}


def _doublet(match: re.Match[str]) -> str:
    """Name both in the plural; in the singular, where a sentence would not agree, only one."""
    word, ending = match["word"], match["ending"]
    if not match["plural"]:
        return word
    if word.lower() == "tou":
        return "toutes et tous"
    stem = word.removesuffix(_REPLACED_ENDINGS.get(ending, ""))
    return f"{stem}{ending}s et {word}s"


def _plural(match: re.Match[str]) -> str | None:
    return "" if preceding(match)[-1:].isalpha() else None


RULES: tuple[Rule, ...] = (
    rule(r"(?P<word>[^\W\d_]{2,})[·•‧](?P<ending>[a-zè]+)(?:[·•‧]?(?P<plural>s))(?!\w)", _doublet),
    rule(r"(?P<word>[^\W\d_]{2,})[·•‧](?P<ending>[a-zè]+)(?P<plural>)(?!\w)", _doublet),
    rule(
        r"(?P<word>[^\W\d_]{2,})\.(?P<ending>e|ne|le|te|rice|trice|euse|ère)\.(?P<plural>s)(?!\w)",
        _doublet,
    ),
    rule(r"(?P<word>[^\W\d_]{2,})\((?P<ending>e|ne|le|te)\)(?P<plural>s?)(?!\w)", _doublet),
    rule(r"\((?:s|x|es)\)(?!\w)", _plural),
)
