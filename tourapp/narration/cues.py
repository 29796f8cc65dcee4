"""What is said when, for phones to follow: sentences, words and chapters, as WebVTT.

Words stand in a document of their own. Times inside a sentence are valid in any, and a browser
shows them well; but captions are also read by simpler programs, which would print them.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby, pairwise

from tourapp.narration.engines.protocol import TimedWord
from tourapp.narration.script import Origin, SpokenSentence

_LONGEST_CHAPTER = 60


@dataclass(frozen=True, slots=True)
class Word:
    """Shown words that are said as one, and when: "37 m" has no moment for its "m"."""

    start_s: float
    end_s: float
    text: str


@dataclass(frozen=True, slots=True)
class Cue:
    """A displayed sentence and the span of the clip in which it is said, with its words if known.

    The words are those of the text, all of them and in order, with no more than blanks between.
    """

    start_s: float
    end_s: float
    text: str
    words: tuple[Word, ...] = ()


@dataclass(slots=True)
class _Group:
    """What is said for the shown words from `first` to `last`."""

    first: int
    last: int
    start_s: float
    end_s: float


def sentence_cue(
    sentence: SpokenSentence,
    words: Sequence[TimedWord],
    *,
    span_s: tuple[float, float],
) -> Cue:
    """Return the cue of a sentence; its words' times count from the start of its span."""
    start_s, end_s = (round(moment_s, 3) for moment_s in span_s)
    shown = _shown_words(sentence, _groups(sentence, words), start_s=start_s, end_s=end_s)
    return Cue(start_s=start_s, end_s=end_s, text=sentence.shown, words=shown)


def paragraph_cues(script: Sequence[SpokenSentence], cues: Sequence[Cue]) -> list[Cue]:
    """Return one cue for each paragraph, from its first word to the next one's."""
    pairs = zip(script, cues, strict=True)
    paragraphs = groupby(pairs, key=lambda pair: pair[0].paragraph)
    firsts = [next(pair)[1] for _, pair in paragraphs]
    ends_s = [*(following.start_s for following in firsts[1:]), cues[-1].end_s]
    return [
        Cue(first.start_s, end_s, _shortened(first.text))
        for first, end_s in zip(firsts, ends_s, strict=True)
    ]


def to_webvtt(cues: Iterable[Cue]) -> str:
    """Write cues as a WebVTT document, a line of text each."""
    return _document((cue, _escaped(cue.text)) for cue in cues)


def words_to_webvtt(cues: Iterable[Cue]) -> str:
    """Write cues as a WebVTT document in which each word but the first tells its time."""
    return _document((cue, _timed(cue)) for cue in cues)


def _groups(sentence: SpokenSentence, words: Sequence[TimedWord]) -> list[_Group]:
    """Join spoken words as long as they stand for the same shown ones."""
    groups: list[_Group] = []
    for word in words:
        origins = _origins(sentence, word)
        if not origins:
            continue
        first, last = origins[0][0], origins[-1][1]
        if groups and first <= groups[-1].last:
            groups[-1].last = max(last, groups[-1].last)
            groups[-1].end_s = word.end_s
        else:
            groups.append(_Group(first, last, word.start_s, word.end_s))
    return groups


def _origins(sentence: SpokenSentence, word: TimedWord) -> list[Origin]:
    """Return what the letters of a word stand for; a mark may be said for its neighbour."""
    letters = (at for at in range(word.start, word.end) if sentence.text[at].isalnum())
    return [sentence.origins[at] for at in letters]


def _shown_words(
    sentence: SpokenSentence, groups: Sequence[_Group], *, start_s: float, end_s: float
) -> tuple[Word, ...]:
    """Return the groups as they are shown; what nobody says goes with what precedes it."""
    places = [match.span() for match in re.finditer(r"\S+", sentence.shown)]
    firsts = [0, *(group.first for group in groups[1:]), len(places)]
    return tuple(
        Word(
            start_s=round(min(start_s + group.start_s, end_s), 3),
            end_s=round(min(start_s + group.end_s, end_s), 3),
            text=sentence.shown[places[first][0] : places[following - 1][1]],
        )
        for group, (first, following) in zip(groups, pairwise(firsts), strict=False)
    )


def _shortened(text: str) -> str:
    if len(text) <= _LONGEST_CHAPTER:
        return text
    words = text[:_LONGEST_CHAPTER].rpartition(" ")[0] or text[:_LONGEST_CHAPTER]
    return f"{words.rstrip(' ,;:')}…"


def _timed(cue: Cue) -> str:
    """Return the text with a time before each word that begins later than the one before."""
    pieces: list[str] = []
    before_s = cue.start_s
    rest = cue.text
    for word in cue.words:
        blank, _, rest = rest.partition(word.text)
        is_later = before_s < word.start_s < cue.end_s
        pieces += blank, f"<{_time(word.start_s)}>" if is_later else "", _escaped(word.text)
        before_s = max(before_s, word.start_s)
    return "".join([*pieces, _escaped(rest)])


def _document(cues: Iterable[tuple[Cue, str]]) -> str:
    return "\n\n".join(["WEBVTT", *(_block(cue, text) for cue, text in cues)]) + "\n"


def _block(cue: Cue, text: str) -> str:
    return f"{_time(cue.start_s)} --> {_time(cue.end_s)}\n{text}"


def _escaped(text: str) -> str:
    # Escaping ">" also takes "-->" apart; a line break could end the cue, so none is left.
    return escape(" ".join(filter(None, text.splitlines())), quote=False)


def _time(moment_s: float) -> str:
    minutes, milliseconds = divmod(round(moment_s * 1000), 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{milliseconds // 1000:02}.{milliseconds % 1000:03}"
