"""Making the sound of one narration: each sentence spoken once, or a recording taken as it is."""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import TypeVar

from tourapp.db import Database
from tourapp.errors import InvalidError, NotFoundError
from tourapp.media import MediaStore
from tourapp.narration.covers import draw_cover
from tourapp.narration.cues import Cue, paragraph_cues, sentence_cue, to_webvtt, words_to_webvtt
from tourapp.narration.engines.protocol import Engine, Speech, Voice
from tourapp.narration.joining import Clip, join
from tourapp.narration.recordings.aligning import Alignment, align
from tourapp.narration.script import SpokenSentence, spoken_sentences
from tourapp.narration.services import Claim, Reading, Rendered
from tourapp.narration.speaking import Narrator
from tourapp.narration.studio import Studio

log = logging.getLogger(__name__)

Sound = TypeVar("Sound")


class Maker:
    """Makes clips and stores their files, outside any transaction.

    `meanwhile` is called before each sentence: what is more pressing need not wait for a clip.
    """

    def __init__(
        self,
        *,
        database: Database,
        media: MediaStore,
        studio: Studio,
        clock: Callable[[], datetime],
        meanwhile: Callable[[], object],
    ) -> None:
        self._media = media
        self._studio = studio
        self._narrator = Narrator(database=database, media=media, clock=clock)
        self._meanwhile = meanwhile

    def make(self, claim: Claim, *, keep: Callable[[], object]) -> Rendered:
        """Make the sound of a claim, which `keep` is called to hold on to.

        Raises what the engine raises, NotFoundError and InvalidError.
        """
        if claim.reading is not None:
            return self._press(claim, claim.reading, keep)
        return self._speak(claim, keep)

    def _press(self, claim: Claim, reading: Reading, keep: Callable[[], object]) -> Rendered:
        """Make a clip of what a person read; its sentences are found by how an engine says them."""
        recording = self._narrator.read(reading.sound_media)
        mastered = self._narrator.master_read(reading.sound_media, recording, after_each=keep)
        clip = join(
            [mastered],
            pauses_s=(),
            tags=_tags(claim, licence="") | _thanks(reading),
            cover=self._find_cover(claim),
            after_each=keep,
        )
        script = _script(claim, self._studio.prompter)
        alignment = self._aligned(recording, script, lang=claim.lang, keep=keep)
        cues = read_cues(script, alignment.spans_s, clip)
        rendered = self._store(clip, cues, paragraph_cues(script, cues), reading.speaker)
        doubtful = list(alignment.doubtful)
        return replace(rendered, confidence=alignment.confidence, doubtful=doubtful)

    def _aligned(
        self,
        recording: Speech,
        script: Sequence[SpokenSentence],
        *,
        lang: str,
        keep: Callable[[], object],
    ) -> Alignment:
        prompter = self._studio.prompter
        voice = self._studio.get_voice(prompter, lang)
        said = list(self._each(script, self._narrator.speak, prompter, voice, after_each=keep))
        return align(recording, said, pauses_s=[sentence.pause_after_s for sentence in script])

    def _speak(self, claim: Claim, keep: Callable[[], object]) -> Rendered:
        engine = self._studio.engines[claim.engine]
        voice = self._studio.get_voice(engine, claim.lang)
        script = _script(claim, engine)
        clip = join(
            list(self._each(script, self._narrator.master, engine, voice, after_each=keep)),
            pauses_s=[sentence.pause_after_s for sentence in script],
            tags=_tags(claim, licence=self._studio.licence),
            cover=self._find_cover(claim),
            after_each=keep,
        )
        cues = cues_of(script, clip)
        return self._store(clip, cues, paragraph_cues(script, cues), voice.name)

    def _each(
        self,
        script: Sequence[SpokenSentence],
        say: Callable[..., Sound],
        engine: Engine,
        voice: Voice,
        *,
        after_each: Callable[[], object],
    ) -> Iterator[Sound]:
        for sentence in script:
            self._meanwhile()
            yield say(sentence.text, engine=engine, voice=voice)
            after_each()

    def _find_cover(self, claim: Claim) -> bytes | None:
        """Return the stop's drawing as a cover; a clip is better heard without one than not."""
        try:
            return draw_cover(self._media.read(claim.drawing_media))
        except (NotFoundError, InvalidError) as error:
            log.warning("narration %s has no cover: %s", claim.narration_id, error)
            return None

    def _store(
        self, clip: Clip, cues: Sequence[Cue], chapters: Sequence[Cue], voice: str
    ) -> Rendered:
        timed = words_to_webvtt(cues) if any(clip.words) else None
        return Rendered(
            voice=voice,
            duration_s=clip.duration_s,
            opus_media=self._media.put(clip.opus, suffix="opus"),
            opus_bytes=len(clip.opus),
            mp3_media=self._media.put(clip.mp3, suffix="mp3"),
            mp3_bytes=len(clip.mp3),
            vtt_media=self._put_vtt(to_webvtt(cues)),
            words_media=timed and self._put_vtt(timed),
            chapters_media=self._put_vtt(to_webvtt(chapters)),
            cues=[asdict(cue) for cue in cues],
            chapters=[asdict(chapter) for chapter in chapters],
        )

    def _put_vtt(self, document: str) -> str:
        return self._media.put(document.encode(), suffix="vtt")


def cues_of(script: Sequence[SpokenSentence], clip: Clip) -> list[Cue]:
    """Return when each sentence of a clip is said, as it is shown."""
    return [
        sentence_cue(sentence, words, span_s=span_s)
        for sentence, words, span_s in zip(script, clip.words, clip.spans_s, strict=True)
    ]


def read_cues(
    script: Sequence[SpokenSentence], found_s: Sequence[tuple[float, float]], clip: Clip
) -> list[Cue]:
    """Return when each sentence of a recording is read, which is the one sound of a clip."""
    [(starts_s, ends_s)] = clip.spans_s
    return [
        sentence_cue(sentence, (), span_s=(starts_s + start_s, min(starts_s + end_s, ends_s)))
        for sentence, (start_s, end_s) in zip(script, found_s, strict=True)
    ]


def _script(claim: Claim, engine: Engine) -> Sequence[SpokenSentence]:
    notation = engine.notation
    return spoken_sentences(claim.text, lang=claim.lang, lexicon=claim.lexicon, notation=notation)


def _thanks(reading: Reading) -> dict[str, str]:
    told = {"artist": reading.speaker, "copyright": reading.credit}
    return {name: value for name, value in told.items() if value}


def _tags(claim: Claim, *, licence: str) -> dict[str, str]:
    tags = {
        "title": f"{claim.stop_number}. {claim.title}",
        "album": "Loos-en-Gohelle, le diagnostic en marchant",
        "track": str(claim.stop_number),
        "language": claim.lang,
        "license": licence,
    }
    return {name: value for name, value in tags.items() if value}
