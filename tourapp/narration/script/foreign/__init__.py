"""English, Dutch and German: what an author types, in the words that an engine must say."""

from functools import cache, partial

from tourapp.narration.script.foreign import abbreviations, calendar, quantities, symbols
from tourapp.narration.script.foreign.dutch import DUTCH
from tourapp.narration.script.foreign.english import ENGLISH
from tourapp.narration.script.foreign.german import GERMAN
from tourapp.narration.script.foreign.numbers import digits_words
from tourapp.narration.script.language import Language

TONGUES = {tongue.code: tongue for tongue in (ENGLISH, DUTCH, GERMAN)}


@cache
def foreign(code: str) -> Language:
    """Return a language other than French; the numbers of an unknown one are said in English."""
    tongue = TONGUES.get(code, ENGLISH)
    return Language(
        code=code,
        first_rules=(),
        rules=(
            *abbreviations.rules(tongue),
            *calendar.rules(tongue),
            *quantities.rules(tongue),
            *symbols.rules(tongue),
        ),
        preparations=(),
        numeral=partial(digits_words, tongue=tongue),
        ends_no_sentence=partial(abbreviations.ends_no_sentence, tongue=tongue),
    )
