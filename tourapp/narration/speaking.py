"""Sentences spoken once, mastered once, and kept: what clips are joined from."""

import hashlib
import json
import logging
from collections.abc import Callable
from datetime import datetime

from tourapp.db import Database
from tourapp.errors import InvalidError, NotFoundError
from tourapp.media import MediaStore, media_name
from tourapp.narration.engines.protocol import Engine, Speech, TimedWord, Voice
from tourapp.narration.kept import find_mastered, find_sentence, keep_mastered, keep_sentence
from tourapp.narration.mastering import MASTERING_VERSION, Mastered, master_sentence
from tourapp.narration.models import MasteredSentence, Sentence
from tourapp.narration.sound import decode, encode_flac

log = logging.getLogger(__name__)


class Narrator:
    """Has sentences spoken and mastered that are not kept yet, outside any transaction."""

    def __init__(
        self,
        *,
        database: Database,
        media: MediaStore,
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._media = media
        self._clock = clock

    def master(self, text: str, *, engine: Engine, voice: Voice) -> Mastered:
        """Return a sentence as clips join it; raises what the engine raises."""
        digest = sentence_digest(text, voice)
        kept = self._find_mastered(digest)
        if kept is not None:
            return kept
        media, speech = self._find_spoken(digest) or self._speak(digest, text, engine, voice)
        return self._mastered(media, speech)

    def speak(self, text: str, *, engine: Engine, voice: Voice) -> Speech:
        """Return a sentence as it is spoken, not mastered; raises what the engine raises."""
        digest = sentence_digest(text, voice)
        _, speech = self._find_spoken(digest) or self._speak(digest, text, engine, voice)
        return speech

    def read(self, media: str) -> Speech:
        """Return a sound that a person gave; raises NotFoundError, or InvalidError if damaged."""
        return decode(self._read(media)).trimmed()

    def master_read(
        self, media: str, speech: Speech, *, after_each: Callable[[], object]
    ) -> Mastered:
        """Return what `read` returned as clips join it: one long sentence, with its own pauses."""
        with self._database.reading() as session:
            kept = find_mastered(session, media, mastering=MASTERING_VERSION)
        known = kept and self._heard(kept, words=())
        return known or self._mastered(media, speech, after_each=after_each)

    def _find_mastered(self, digest: str) -> Mastered | None:
        with self._database.reading() as session:
            spoken = find_sentence(session, digest)
            kept = spoken and find_mastered(session, spoken.media, mastering=MASTERING_VERSION)
        return self._heard(kept, words=_timed_words(spoken)) if spoken and kept else None

    def _heard(self, kept: MasteredSentence, *, words: tuple[TimedWord, ...]) -> Mastered | None:
        try:
            return Mastered(
                opus=self._read(kept.opus_media),
                mp3=self._read(kept.mp3_media),
                samples=kept.samples,
                words=words,
            )
        except (NotFoundError, InvalidError) as error:
            log.warning("a sentence is mastered again: %s", error)
            return None

    def _find_spoken(self, digest: str) -> tuple[str, Speech] | None:
        with self._database.reading() as session:
            kept = find_sentence(session, digest)
        try:
            return (kept.media, self._decoded(kept)) if kept else None
        except (NotFoundError, InvalidError) as error:
            log.warning("a sentence is spoken again: %s", error)
            return None

    def _decoded(self, kept: Sentence) -> Speech:
        speech = decode(self._read(kept.media))
        return Speech(speech.samples, speech.rate_hz, _timed_words(kept))

    def _speak(self, digest: str, text: str, engine: Engine, voice: Voice) -> tuple[str, Speech]:
        spoken = engine.speak(text, voice=voice)
        sound = encode_flac(spoken)
        media = self._media.put(sound, suffix="flac")
        with self._database.transaction() as session:
            keep_sentence(session, digest, media, words=spoken.words, now=self._clock())
        # What is mastered now is what would be mastered from the kept file.
        kept = decode(sound)
        return media, Speech(kept.samples, kept.rate_hz, spoken.words)

    def _mastered(
        self,
        media: str,
        speech: Speech,
        *,
        after_each: Callable[[], object] = lambda: None,
    ) -> Mastered:
        mastered = master_sentence(speech, after_each=after_each)
        opus_media = self._media.put(mastered.opus, suffix="opus")
        mp3_media = self._media.put(mastered.mp3, suffix="mp3")
        with self._database.transaction() as session:
            keep_mastered(
                session,
                media,
                mastering=MASTERING_VERSION,
                opus_media=opus_media,
                mp3_media=mp3_media,
                samples=mastered.samples,
            )
        return mastered

    def _read(self, name: str) -> bytes:
        content = self._media.read(name)
        if media_name(content, suffix=name.rpartition(".")[2]) != name:
            message = f"the media file {name!r} is damaged"
            raise InvalidError(message)
        return content


def sentence_digest(text: str, voice: Voice) -> str:
    """Return the digest of all that decides how a sentence sounds."""
    inputs = [text, voice.engine, voice.name, voice.lang, voice.version]
    return hashlib.sha256(json.dumps(inputs).encode()).hexdigest()


def _timed_words(kept: Sentence) -> tuple[TimedWord, ...]:
    return tuple(
        TimedWord(int(start), int(end), start_s, end_s) for start, end, start_s, end_s in kept.words
    )
