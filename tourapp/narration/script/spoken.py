"""From a narrative to its spoken sentences."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from unicodedata import normalize

from tourapp.narration.lexicon import Entry, Lexicon, Notation
from tourapp.narration.script.foreign import foreign
from tourapp.narration.script.french import french
from tourapp.narration.script.language import Language
from tourapp.narration.script.markup import Block, blocks
from tourapp.narration.script.punctuation import PRIVATE, punctuated
from tourapp.narration.script.rules import Found, rewritten
from tourapp.narration.script.sentences import sentences
from tourapp.narration.script.tracing import Origin, Traced
from tourapp.narration.typography import FOLDINGS, folded

_PAUSES_S = {"?": 0.5, "!": 0.5, "…": 0.6, ":": 0.3}
_SENTENCE_PAUSE_S = 0.4
_PARAGRAPH_PAUSE_S = 0.9
_OPENING_MARKS = frozenset("*_~`[<\\")
_PRIVATE = re.compile(f"[{chr(PRIVATE)}-\U0010ffff]")
_CLOSING = " \u00a0\u202f»”\"')]*_"


@dataclass(frozen=True, slots=True)
class SpokenSentence:
    """A sentence as an engine must say it.

    `text` holds no digit outside of [[ ]], where the phonemes of the notation asked for stand.
    `shown` is the sentence as a reader sees it, on one line.
    `start` and `end` are code points of the narrative as typed, the end exclusive; the marks of
    Markdown that touch a sentence lie within. `paragraph` counts from 0, headings and items of
    lists included. `pause_after_s` is the silence that follows, in seconds. `origins` tells for
    each character of `text` the first and the last word of `shown` that it stands for.
    """

    text: str
    shown: str
    start: int
    end: int
    paragraph: int
    pause_after_s: float
    origins: tuple[Origin, ...] = field(repr=False)


def spoken_sentences(
    narrative: str, *, lang: str, lexicon: Lexicon, notation: Notation = "plain"
) -> tuple[SpokenSentence, ...]:
    """Return the sentences of a Markdown narrative in the order in which they are said.

    They do not overlap, and cover whatever is shown and can be said: a picture, a rule or a line
    of signs makes none. The lexicon goes before every rule but those for addresses. `lang` is a
    language tag, of which the first part counts. Raises nothing.
    """
    speaker = _Speaker(_language(lang, notation), lexicon, notation)
    paragraphs = (tuple(speaker.sentences(block, narrative)) for block in blocks(narrative))
    spoken = (paragraph for paragraph in paragraphs if paragraph)
    return tuple(
        replace(sentence, paragraph=number)
        for number, paragraph in enumerate(spoken)
        for sentence in paragraph
    )


def shown_sentences(narrative: str, *, lang: str) -> tuple[str, ...]:
    """Return every sentence as `SpokenSentence.shown` has it, those too that nobody says."""
    language = _language(lang, "plain")
    return tuple(
        _shown(block, start, end)
        for block in blocks(narrative)
        for start, end in sentences(block.shown, ends_no_sentence=language.ends_no_sentence)
    )


def sought_text(narrative: str, *, lang: str) -> str:
    """Return the folded text in which the lexicon is looked for: a sentence a line."""
    language = _language(lang, "plain")
    return "\n".join(
        _prepared(block.shown[start:end], language).text
        for block in blocks(narrative)
        for start, end in sentences(block.shown, ends_no_sentence=language.ends_no_sentence)
    )


def _language(lang: str, notation: Notation) -> Language:
    code = lang.partition("-")[0].lower()
    return french(notation) if code == "fr" else foreign(code)


def _prepared(shown: str, language: Language) -> Traced:
    composed = Traced.of(normalize("NFC", shown))
    return composed.through((*FOLDINGS, *language.preparations))


class _Speaker:
    """Says sentences by the rules of a language and the entries of a lexicon."""

    def __init__(self, language: Language, lexicon: Lexicon, notation: Notation) -> None:
        self._lexicon = lexicon
        self._notation = notation
        self._language = language
        self._marks = {entry: chr(PRIVATE + at) for at, entry in enumerate(lexicon.entries)}
        self._phonemes = {
            chr(mark): f"[[{entry.phonemes(notation)}]]"
            for mark, entry in enumerate(lexicon.entries, PRIVATE)
        }

    def sentences(self, block: Block, narrative: str) -> Iterator[SpokenSentence]:
        """Yield what is said of a block, numbered as the first paragraph."""
        spoken = list(self._spoken(block.shown))
        for start, end, traced in spoken:
            is_last = end == spoken[-1][1]
            yield SpokenSentence(
                text=traced.text,
                origins=traced.origins,
                shown=_shown(block, start, end),
                start=_source_start(block, start, narrative),
                end=block.places[end] if end < len(block.places) else block.end,
                paragraph=0,
                pause_after_s=_PARAGRAPH_PAUSE_S if is_last else _pause_s(block.shown[:end]),
            )

    def _spoken(self, shown: str) -> Iterator[tuple[int, int, Traced]]:
        """Yield where each sentence stands of which anything is said, and what that is."""
        for start, end in sentences(shown, ends_no_sentence=self._language.ends_no_sentence):
            traced = self._said(shown[start:end])
            if traced.text:
                yield start, end, traced

    def _said(self, shown: str) -> Traced:
        text = _prepared(shown, self._language)
        standing = self._lexicon.standing(text.text, lang=self._language.code)
        entry = partial(self._entry, standing)
        first_rules, rules = self._language.first_rules, self._language.rules
        said = rewritten(text, finders=(*first_rules, entry, *rules))
        marked = punctuated(said, numeral=self._language.numeral)
        return marked.through([(_PRIVATE, lambda mark: self._phonemes[mark[0]])])

    def _entry(self, standing: Mapping[int, tuple[Entry, int]], text: str, at: int) -> Found | None:
        if at not in standing:
            return None
        entry, end = standing[at]
        # An engine would name the letter of an article that is elided before phonemes.
        elided = text[at - 1 : at] == "'"
        if elided or entry.phonemes(self._notation) is None:
            return folded(entry.said), end
        return self._marks[entry], end


def _shown(block: Block, start: int, end: int) -> str:
    return " ".join(block.shown[start:end].splitlines()).strip()


def _source_start(block: Block, index: int, narrative: str) -> int:
    """Return where a shown character begins in the source, the marks that open it included."""
    first = block.places[index - 1] + 1 if index else block.start
    start = block.places[index]
    while start > first and narrative[start - 1] in _OPENING_MARKS:
        start -= 1
    return start


def _pause_s(shown: str) -> float:
    return _PAUSES_S.get(shown.rstrip(_CLOSING)[-1:], _SENTENCE_PAUSE_S)
