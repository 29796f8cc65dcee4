"""Making the sound of what is wanted: claim, record each sentence once, join, store."""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from threading import Lock

from tourapp.db import Database
from tourapp.errors import InvalidError, NotFoundError, TourError
from tourapp.media import MediaStore
from tourapp.narration.covers import draw_cover
from tourapp.narration.cues import Cue, paragraph_cues, sentence_cue, to_webvtt, words_to_webvtt
from tourapp.narration.engines.protocol import Engine, EngineError, ThrottledError, Voice
from tourapp.narration.mastering import Clip, Mastered, join
from tourapp.narration.queries import count_silent
from tourapp.narration.recording import Recorder
from tourapp.narration.script import SpokenSentence, spoken_sentences
from tourapp.narration.services import (
    Claim,
    LeaseLostError,
    Rendered,
    claim_next,
    count_attempts,
    count_due,
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
        self._recorder = Recorder(database=database, media=media, clock=clock)
        self._taking = Lock()
        self._held: Claim | None = None
        self._is_ending = False
        self._meanwhile = meanwhile

    def render_due(self, *, after_each: Callable[[], object] = lambda: None) -> int:
        """Render whatever is wanted and due, and return how many clips became ready."""
        return self._render_while(lambda: True, after_each)

    def render_silent(self, *, after_each: Callable[[], object] = lambda: None) -> int:
        """Render until every published narrative is heard, be it in a provisional voice."""
        return self._render_while(lambda: self.count_silent() > 0, after_each)

    def give_back(self) -> None:
        """Take nothing more, and give back what is held; to be called from another thread.

        Whoever comes next can take it at once, instead of at the end of its lease.
        """
        with self._taking:
            self._is_ending = True
            if self._held:
                self._release(self._held)

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
        with self._taking:
            if not self._is_ending:
                self._held = self._find_due()
            return self._held

    def _find_due(self) -> Claim | None:
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
            self._release(claim)
            raise
        finally:
            self._held = None

    def _release(self, claim: Claim) -> None:
        with suppress(LeaseLostError), self._database.transaction() as session:
            release(session, claim)

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
        keep = self._keeper(claim)
        clip = join(
            list(self._recorded(script, engine, voice, after_each=keep)),
            pauses_s=[sentence.pause_after_s for sentence in script],
            tags=_tags(claim, licence=self._studio.licence),
            cover=self._find_cover(claim),
            after_each=keep,
        )
        cues = cues_of(script, clip)
        return self._store(clip, cues, paragraph_cues(script, cues), voice)

    def _recorded(
        self,
        script: Sequence[SpokenSentence],
        engine: Engine,
        voice: Voice,
        *,
        after_each: Callable[[], object],
    ) -> Iterator[Mastered]:
        for sentence in script:
            self._meanwhile()
            yield self._recorder.record(sentence.text, engine=engine, voice=voice)
            after_each()

    def _keeper(self, claim: Claim) -> Callable[[], None]:
        """Return what renews a claim's lease, if called often enough, before its half is over."""
        renewed_at = self._clock()

        def keep() -> None:
            nonlocal renewed_at
            now = self._clock()
            if now - renewed_at < timedelta(seconds=self._lease_s / 2):
                return
            with self._database.transaction() as session:
                renew_lease(session, claim, lease_s=self._lease_s, now=now)
            renewed_at = now

        return keep

    def _find_cover(self, claim: Claim) -> bytes | None:
        """Return the stop's drawing as a cover; a clip is better heard without one than not."""
        try:
            return draw_cover(self._media.read(claim.drawing_media))
        except (NotFoundError, InvalidError) as error:
            log.warning("narration %s has no cover: %s", claim.narration_id, error)
            return None

    def _store(
        self, clip: Clip, cues: Sequence[Cue], chapters: Sequence[Cue], voice: Voice
    ) -> Rendered:
        timed = words_to_webvtt(cues) if any(clip.words) else None
        return Rendered(
            voice=voice.name,
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


def _tags(claim: Claim, *, licence: str) -> dict[str, str]:
    tags = {
        "title": f"{claim.stop_number}. {claim.title}",
        "album": "Loos-en-Gohelle, le diagnostic en marchant",
        "track": str(claim.stop_number),
        "language": claim.lang,
        "license": licence,
    }
    return {name: value for name, value in tags.items() if value}


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
