"""Having one engine say a whole text, for somebody who is waiting to hear it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from tourapp.narration.engines.protocol import Engine, Speech, Voice
from tourapp.narration.joining import Clip, join
from tourapp.narration.lexicon import Lexicon
from tourapp.narration.mastering import master_sentence
from tourapp.narration.script import SpokenSentence, spoken_sentences

_NO_TAGS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Said:
    """A text as one voice says it: the sentences, and the clip that is made of them."""

    voice: Voice
    script: tuple[SpokenSentence, ...]
    clip: Clip


def say(
    engine: Engine,
    text: str,
    *,
    voice: Voice,
    lexicon: Lexicon,
    tags: Mapping[str, str] = _NO_TAGS,
    after_each: Callable[[], object] = lambda: None,
) -> Said:
    """Say a text, keeping nothing of it; `after_each` is called after each sentence.

    Raises what the engine raises, and InvalidError where there is nothing to say.
    """
    script = tuple(
        spoken_sentences(text, lang=voice.lang, lexicon=lexicon, notation=engine.notation)
    )
    speeches = list[Speech]()
    for sentence in script:
        speeches.append(engine.speak(sentence.text, voice=voice))
        after_each()
    clip = join(
        [master_sentence(speech) for speech in speeches],
        pauses_s=[sentence.pause_after_s for sentence in script],
        tags=tags,
    )
    return Said(voice, script, clip)
