"""What the bureau tells of a text while it is written: how long, how easy, and what is doubtful."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from tourapp.narration.lexicon.store import read_lexicon
from tourapp.narration.script import spoken_sentences
from tourapp.staff.lexicon.doubts import Doubt, find_doubts
from tourapp.staff.writing.measures import Measures, measure


@dataclass(frozen=True, slots=True)
class Judged:
    """Figures of a text, and the words of it that a voice may get wrong."""

    measures: Measures
    doubts: Sequence[Doubt]


def judge(session: Session, text: str, *, lang: str) -> Judged:
    """Judge a text by the lexicon as it is now."""
    lexicon = read_lexicon(session)
    sentences = spoken_sentences(text, lang=lang, lexicon=lexicon)
    return Judged(
        measures=measure(sentences, lang=lang),
        doubts=find_doubts(sentences, lang=lang, lexicon=lexicon),
    )
