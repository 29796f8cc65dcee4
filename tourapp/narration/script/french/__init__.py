"""French: what an author types, in the words that an engine must say."""

import re
from functools import cache

from tourapp.narration.lexicon import Notation
from tourapp.narration.script.french import (
    abbreviations,
    addresses,
    angles,
    calendar,
    inclusive,
    pairs,
    quantities,
    romans,
    sigles,
    symbols,
)
from tourapp.narration.script.french.letters import letter_names
from tourapp.narration.script.french.numbers import digits_words
from tourapp.narration.script.language import Language

# What the lexicon knows in full: St-Vaast, C.P.I.E.
_PREPARATIONS = (
    (re.compile(r"(?<!\w)St(e?)(s?)\.?(?=[- ]['A-ZÀ-Þ])"), r"Saint\1\2"),
    (re.compile(r"(?<![\w.])(?:[A-ZÀ-Þ]\.){3,}"), lambda match: match[0].replace(".", "")),
)


@cache
def french(notation: Notation) -> Language:
    """Return the French language for the engines of a notation."""
    names = letter_names(notation)
    return Language(
        code="fr",
        first_rules=addresses.rules(names),
        rules=(
            *inclusive.RULES,
            *calendar.RULES,
            *angles.RULES,
            *quantities.RULES,
            *pairs.RULES,
            *romans.RULES,
            *abbreviations.RULES,
            *symbols.RULES,
            *sigles.rules(names),
        ),
        preparations=_PREPARATIONS,
        numeral=digits_words,
        ends_no_sentence=abbreviations.ends_no_sentence,
    )
