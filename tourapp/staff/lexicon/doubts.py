"""Words that a voice may get wrong, each with the reason: rules that know no text by heart.

They look at what is shown and at what is said of it now, and pass over what the lexicon knows.
Better a doubt too few than too many: a list that is always long is read by nobody.
"""

import re
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass

from tourapp.narration.lexicon import Lexicon
from tourapp.narration.lexicon.entries import spaced
from tourapp.narration.script import SpokenSentence
from tourapp.narration.script.foreign import TONGUES
from tourapp.narration.script.french.letters import letter_names, spelled
from tourapp.narration.script.french.units import UNITS
from tourapp.narration.typography import folded

MOST = 40
"""The most doubts that are told at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A word as it is written, how it is said now, and why that may be wrong."""

    word: str
    said: str
    reason: str


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a sentence; `before` is what stands before it, `said` what is said for it."""

    text: str
    before: str
    said: str

    @property
    def begins_sentence(self) -> bool:
        return not any(character.isalnum() for character in self.before)


_Rule = Callable[[_Word, str], bool]

_WORD = re.compile(r"[^\W_]+(?:[²³]|[-./][^\W_]+[²³]?)*")
_CODE = re.compile(r"(?=.*\d)(?=.*[A-Za-z])[A-Za-z0-9]+")
_RANK = re.compile(r"\d+(?:e|er|ers|re|res|ère|ème|nd|nde|st|th|rd|de|ste|h|[hH]\d\d)")
_AFTER_NUMBER = re.compile(r"\d[\s\u00a0\u202f]?\Z")
_VOWEL = re.compile("[aeiouyéèà]", re.IGNORECASE)
_MOST_UNIT = 8

# What ends a name of the north and is said in one village and not in the next: Lens, Vaast, Ruitz.
_OPEN_END = re.compile(
    r"(?:[aeiouyé]ns|oos|aast|aes|eux|oux|[aeiou]x|tz|[^aeiou]ies|isnil|ghem|ck)\Z"
)
# Letters that stand so in no French word, but for those that everybody reads rightly.
_ELSEWHERE = re.compile(r"w|k|sh|sch|oo|ee|aa|ij|ight|[^aeiouyé]ing\Z|ough", re.IGNORECASE)
_AT_HOME = re.compile(
    r"(?i:kilo\w*|kios\w*|wagon\w*|wallon\w*|coop\w*|alcool\w*|zoo\w*|ski\w*|kayak\w*|klaxon\w*"
    r"|parking\w*|week-end\w*|anorak\w*|kaki|képi\w*|kinési\w*|karst\w*|schis\w*|schém\w*"
    r"|watt\w*|kilowatt\w*|microw\w*)",
)
_LETTERS_OF = {
    "en": re.compile(r"[a-z'-]+"),
    "nl": re.compile(r"[a-zéëïöüèê'-]+"),
    "de": re.compile(r"[a-zäöüß'-]+"),
}


def find_doubts(
    sentences: Sequence[SpokenSentence], *, lang: str, lexicon: Lexicon
) -> Sequence[Doubt]:
    """Return the doubtful words of a text in their order, each once, `MOST` at most."""
    found: dict[str, Doubt] = {}
    for sentence in sentences:
        known = _known(sentence.shown, lang=lang, lexicon=lexicon)
        for word in _words(sentence):
            if word.text not in found and not _is_known(word, known):
                reason = next((why for rule, why in _RULES if rule(word, lang)), None)
                if reason is not None:
                    found[word.text] = Doubt(word=word.text, said=word.said, reason=reason)
    return [*found.values()][:MOST]


def _known(shown: str, *, lang: str, lexicon: Lexicon) -> set[str]:
    """Return what the lexicon says of a sentence: its forms, and the words of each."""
    text = folded(shown)
    standing = lexicon.standing(text, lang=lang)
    forms = {spaced(text[start:end]) for start, (_, end) in standing.items()}
    return forms | {word for form in forms for word in form.split()}


def _is_known(word: _Word, known: Container[str]) -> bool:
    # Of a name such as Louvre-Lens the last part is the one that is doubtful.
    whole = spaced(folded(word.text))
    return whole in known or whole.split()[-1] in known


def _words(sentence: SpokenSentence) -> Iterator[_Word]:
    shown = sentence.shown
    for match in _WORD.finditer(shown):
        place = len(shown[: match.end()].split()) - 1
        said = [
            letter
            for letter, (first, last) in zip(sentence.text, sentence.origins, strict=True)
            if first <= place <= last
        ]
        yield _Word(match[0], shown[: match.start()], "".join(said).strip(" ,.;:!?…"))


def _is_spelled(word: _Word, lang: str) -> bool:
    letters = spelled(word.text, letter_names("plain"))
    return lang == "fr" and _is_capitals(word) and word.said.endswith(letters)


def _is_read_as_word(word: _Word, lang: str) -> bool:
    is_read = word.said.casefold().endswith(word.text.casefold())
    return lang == "fr" and _is_capitals(word) and is_read


def _is_left_to_voice(word: _Word, lang: str) -> bool:
    return lang != "fr" and _is_capitals(word)


def _is_capitals(word: _Word) -> bool:
    return len(word.text) > 1 and word.text.isalpha() and word.text.isupper()


def _is_code(word: _Word, lang: str) -> bool:
    if _CODE.fullmatch(word.text) is None or _RANK.fullmatch(word.text):
        return False
    return word.text.lstrip("0123456789") not in _units(lang)


def _is_unknown_unit(word: _Word, lang: str) -> bool:
    if not word.text[0].isalpha() or not _AFTER_NUMBER.search(word.before):
        return False
    # Capitals within, or no vowel: no unit is written as a word is.
    looks_like_unit = word.text[1:] != word.text[1:].lower() or not _VOWEL.search(word.text)
    return len(word.text) <= _MOST_UNIT and looks_like_unit and not _is_known_unit(word, lang)


def _is_known_unit(word: _Word, lang: str) -> bool:
    return all(part in _units(lang) for part in re.split("[/.]", word.text))


def _units(lang: str) -> Container[str]:
    return UNITS if lang == "fr" else TONGUES[lang].units


def _is_name_with_open_end(word: _Word, lang: str) -> bool:
    return lang == "fr" and _is_name(word) and _OPEN_END.search(word.text) is not None


def _is_from_elsewhere(word: _Word, lang: str) -> bool:
    if lang != "fr":
        return _LETTERS_OF[lang].fullmatch(word.text.casefold()) is None and word.text.isalpha()
    is_at_home = _AT_HOME.fullmatch(word.text) or _is_known_unit(word, lang)
    return _ELSEWHERE.search(word.text) is not None and not is_at_home


def _is_name(word: _Word) -> bool:
    return word.text[0].isupper() and not word.begins_sentence


_RULES: tuple[tuple[_Rule, str], ...] = (
    (_is_unknown_unit, "unité que les voix ne connaissent pas"),
    (_is_code, "lettres et chiffres mêlés"),
    (_is_spelled, "sigle dit lettre à lettre"),
    (_is_read_as_word, "sigle dit comme un mot"),
    (_is_left_to_voice, "sigle que chaque voix dit à sa façon"),
    (_is_name_with_open_end, "nom dont la fin se dit, ou non"),
    (_is_from_elsewhere, "mot d’une autre langue"),
)
