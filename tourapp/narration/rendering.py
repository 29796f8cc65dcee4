"""Making the sound of what is wanted: claim, speak each sentence once, master, record."""

import hashlib
import json
import logging
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from tourapp.db import Database
from tourapp.errors import InvalidError, NotFoundError, TourError
from tourapp.media import MediaStore
from tourapp.narration.cues import Cue, to_webvtt
from tourapp.narration.engines.protocol import Engine, EngineError, Speech, ThrottledError, Voice
from tourapp.narration.mastering import Clip, decode, encode_flac, master
from tourapp.narration.queries import count_silent
from tourapp.narration.script import SpokenSentence, spoken_sentences
from tourapp.narration.services import (
    Claim,
    LeaseLostError,
    Rendered,
    claim_next,
    count_attempts,
    count_due,
    find_sentence,
    keep_sentence,
    postpone_engine,
    record_failure,
    record_ready,
    release,
    renew_lease,
    resume_engine,
    retry_delay,
    want_narrations,
)
from tourapp.narration.studio import Studio
from tourapp.narration.voicing import Voicing
from tourapp.resources import Resources

LONGEST_PAUSE_S = 86_400.0

log = logging.getLogger(__name__)

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Return the present time."""
    return datetime.now(UTC)


class Renderer:
    """Renders wanted narrations, one at a time; sound is made outside any transaction.

    `meanwhile` is called before each sentence: what is more pressing need not wait for a clip.
    """

    def __init__(  # noqa: PLR0913 -- a worker's parts, each by its name
        self,
        *,
        database: Database,
        media: MediaStore,
        studio: Studio,
        voicing: Voicing,
        lease_s: float,
        clock: Clock = utc_now,
        meanwhile: Callable[[], object] = lambda: None,
    ) -> None:
        self._database = database
        self._media = media
        self._studio = studio
        self._voicing = voicing
        self._lease_s = lease_s
        self._clock = clock
        self._meanwhile = meanwhile

    def render_due(self, *, after_each: Callable[[], object] = lambda: None) -> int:
        """Render whatever is wanted and due, and return how many clips became ready."""
        return self._render_while(lambda: True, after_each)

    def render_silent(self, *, after_each: Callable[[], object] = lambda: None) -> int:
        """Render until every published narrative is heard, be it in a provisional voice."""
        return self._render_while(lambda: self.count_silent() > 0, after_each)

    def count_silent(self) -> int:
        """Return how many published narratives have no sound."""
        with self._database.reading() as session:
            return count_silent(session)

    def count_due(self) -> int:
        """Return how many clips could be rendered now; wants what is published and lacking."""
        while not self._want():
            pass  # thousands of texts that were never read are read a part at a time
        with self._database.reading() as session:
            return count_due(session, self._voicing, now=self._clock())

    def _want(self) -> bool:
        with self._database.transaction() as session:
            return want_narrations(session, self._voicing, now=self._clock())

    def _render_while(
        self,
        goes_on: Callable[[], bool],
        after_each: Callable[[], object],
    ) -> int:
        self.count_due()
        ready = 0
        while goes_on() and (claim := self._claim()) is not None:
            ready += self._attempt(claim)
            after_each()
        return ready

    def _claim(self) -> Claim | None:
        with self._database.transaction() as session:
            return claim_next(session, self._voicing, lease_s=self._lease_s, now=self._clock())

    def _attempt(self, claim: Claim) -> bool:
        try:
            return self._make(claim)
        except LeaseLostError as error:
            log.warning("%s", error)
            return False
        except KeyboardInterrupt:
            # Whoever starts again at once shall not wait for the end of the lease.
            with self._database.transaction() as session:
                release(session, claim)
            raise

    def _make(self, claim: Claim) -> bool:
        try:
            rendered = self._render(claim)
            with self._database.transaction() as session:
                resume_engine(session, claim.engine, now=self._clock())
                record_ready(session, claim, rendered, now=self._clock())
        except LeaseLostError:
            raise
        except TourError as error:
            self._fail(claim, error)
        except Exception as error:
            # A fault of ours in one clip must not keep the others from being spoken.
            log.exception("narration %s by %s", claim.narration_id, claim.engine)
            self._fail(claim, error)
        else:
            return True
        return False

    def _fail(self, claim: Claim, error: Exception) -> None:
        log.warning("narration %s by %s: %s", claim.narration_id, claim.engine, error)
        now = self._clock()
        with self._database.transaction() as session:
            record_failure(session, claim, str(error) or repr(error), now=now)
            if isinstance(error, EngineError):
                attempts = count_attempts(session, claim.engine)
                postpone_engine(session, claim.engine, until=now + _pause(error, attempts=attempts))

    def _render(self, claim: Claim) -> Rendered:
        engine = self._studio.engines[claim.engine]
        voice = self._studio.get_voice(engine, claim.lang)
        script = spoken_sentences(
            claim.text,
            lang=claim.lang,
            lexicon=claim.lexicon,
            notation=engine.notation,
        )
        speeches = [self._speak(claim, engine, voice, sentence.text) for sentence in script]
        clip = master(
            speeches,
            pauses_s=[sentence.pause_after_s for sentence in script],
            tags=_tags(claim),
        )
        return self._store(clip, cues_of(script, clip), voice)

    def _speak(self, claim: Claim, engine: Engine, voice: Voice, text: str) -> Speech:
        self._meanwhile()
        digest = sentence_digest(text, voice)
        kept = self._find_kept(digest)
        if kept is not None:
            return kept
        speech = decode(sound := encode_flac(engine.speak(text, voice=voice)))
        media = self._media.put(sound, suffix="flac")
        with self._database.transaction() as session:
            keep_sentence(session, digest, media, now=self._clock())
        with self._database.transaction() as session:
            renew_lease(session, claim, lease_s=self._lease_s, now=self._clock())
        return speech

    def _find_kept(self, digest: str) -> Speech | None:
        with self._database.reading() as session:
            media = find_sentence(session, digest)
        try:
            return decode(self._media.read(media)) if media else None
        except (NotFoundError, InvalidError) as error:
            log.warning("a sentence is spoken again: %s", error)
            return None

    def _store(self, clip: Clip, cues: Sequence[Cue], voice: Voice) -> Rendered:
        return Rendered(
            voice=voice.name,
            duration_s=clip.duration_s,
            opus_media=self._media.put(clip.opus, suffix="opus"),
            opus_bytes=len(clip.opus),
            mp3_media=self._media.put(clip.mp3, suffix="mp3"),
            mp3_bytes=len(clip.mp3),
            vtt_media=self._media.put(to_webvtt(cues).encode(), suffix="vtt"),
            cues=[{"start_s": cue.start_s, "end_s": cue.end_s, "text": cue.text} for cue in cues],
        )


def sentence_digest(text: str, voice: Voice) -> str:
    """Return the digest of all that decides how a sentence sounds."""
    inputs = [text, voice.engine, voice.name, voice.lang, voice.version]
    return hashlib.sha256(json.dumps(inputs).encode()).hexdigest()


def cues_of(script: Sequence[SpokenSentence], clip: Clip) -> list[Cue]:
    """Return when each sentence of a clip is said, as it is shown."""
    return [
        Cue(start_s=round(start_s, 3), end_s=round(end_s, 3), text=sentence.shown)
        for sentence, (start_s, end_s) in zip(script, clip.spans_s, strict=True)
    ]


def _tags(claim: Claim) -> dict[str, str]:
    return {
        "title": f"{claim.stop_number}. {claim.title}",
        "album": "Loos-en-Gohelle, le diagnostic en marchant",
        "track": str(claim.stop_number),
        "language": claim.lang,
    }


def _pause(error: EngineError, *, attempts: int) -> timedelta:
    if isinstance(error, ThrottledError) and error.retry_after_s is not None:
        return timedelta(seconds=min(error.retry_after_s, LONGEST_PAUSE_S))
    return retry_delay(attempts)


def open_renderer(
    resources: Resources,
    *,
    meanwhile: Callable[[], object] = lambda: None,
) -> Renderer:
    """Set up a renderer from what the process holds."""
    return Renderer(
        database=resources.database,
        media=resources.media,
        voicing=Voicing.of(resources.settings),
        studio=Studio.open(resources.settings),
        lease_s=resources.settings.render_lease_s,
        meanwhile=meanwhile,
    )
