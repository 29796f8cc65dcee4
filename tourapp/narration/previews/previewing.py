"""Speaking previews for those who wait for them, and letting them go when their hour is over."""

import logging
from collections.abc import Sequence
from dataclasses import asdict

from tourapp.db import Database
from tourapp.errors import TourError, UnavailableError
from tourapp.media import MediaStore
from tourapp.narration.engines.protocol import Engine
from tourapp.narration.lexicon.store import read_lexicon
from tourapp.narration.making import cues_of
from tourapp.narration.previews.services import (
    PreviewClaim,
    Spoken,
    claim_preview,
    end_previews,
    record_refused,
    record_spoken,
    release_preview,
    renew_preview,
)
from tourapp.narration.rendering import Clock, utc_now
from tourapp.narration.saying import Said, say
from tourapp.narration.studio import Studio
from tourapp.resources import Resources

# The embedded voice answers within seconds. Only where nobody on this machine speaks does a text
# that is not published go to a service elsewhere.
_QUICKEST_FIRST = ("espeak", "piper", "gtts")
_S_PER_CHARACTER = 0.01

log = logging.getLogger(__name__)


class Previewer:
    """Speaks wanted previews, one at a time; sound is made outside any transaction."""

    def __init__(
        self,
        *,
        database: Database,
        media: MediaStore,
        studio: Studio,
        lease_s: float,
        clock: Clock = utc_now,
    ) -> None:
        self._database = database
        self._media = media
        self._studio = studio
        self._lease_s = lease_s
        self._clock = clock

    def speak_wanted(self) -> None:
        """Speak every preview that waits, the oldest first."""
        while (claim := self._claim()) is not None:
            self._attempt(claim)

    def end_old(self) -> None:
        """Delete every preview whose hour is over, then its files, which nothing else names."""
        with self._database.transaction() as session:
            names = end_previews(session, now=self._clock())
        for name in names:
            self._media.delete(name)

    def _claim(self) -> PreviewClaim | None:
        with self._database.transaction() as session:
            return claim_preview(session, lease_s=self._lease_s, now=self._clock())

    def _attempt(self, claim: PreviewClaim) -> None:
        try:
            self._speak(claim)
        except KeyboardInterrupt:
            # Whoever starts again at once shall not wait for the end of the lease.
            with self._database.transaction() as session:
                release_preview(session, claim)
            raise
        except TourError as error:
            self._refuse(claim, error)
        except Exception as error:
            # A fault of ours in one text must not keep narrations from being spoken.
            log.exception("preview %s", claim.preview_id)
            self._refuse(claim, error)

    def _speak(self, claim: PreviewClaim) -> None:
        spoken = self._store(self._said(claim))
        with self._database.transaction() as session:
            record_spoken(session, claim, spoken, now=self._clock())

    def _refuse(self, claim: PreviewClaim, error: Exception) -> None:
        log.warning("preview %s: %s", claim.preview_id, error)
        with self._database.transaction() as session:
            record_refused(session, claim, str(error) or repr(error))

    def _said(self, claim: PreviewClaim) -> Said:
        reasons = []
        for engine in _quickest_first(self._studio):
            try:
                return self._said_by(engine, claim)
            except UnavailableError as error:
                reasons.append(f"{engine.name}: {error}")
        raise UnavailableError("; ".join(reasons))

    def _said_by(self, engine: Engine, claim: PreviewClaim) -> Said:
        with self._database.reading() as session:
            lexicon = read_lexicon(session)
        return say(
            engine,
            claim.text,
            voice=self._studio.get_voice(engine, claim.lang),
            lexicon=lexicon,
            # The id makes the files this preview's own, whatever else is spoken with these words.
            tags={"title": f"preview {claim.preview_id}"},
            after_each=lambda: self._renew(claim),
        )

    def _renew(self, claim: PreviewClaim) -> None:
        # Mastering comes after the last sentence, and takes the longer the longer the text is.
        lease_s = self._lease_s + len(claim.text) * _S_PER_CHARACTER
        with self._database.transaction() as session:
            renew_preview(session, claim, lease_s=lease_s, now=self._clock())

    def _store(self, said: Said) -> Spoken:
        clip = said.clip
        return Spoken(
            engine=said.voice.engine,
            voice=said.voice.name,
            duration_s=clip.duration_s,
            opus_media=self._media.put(clip.opus, suffix="opus"),
            opus_bytes=len(clip.opus),
            mp3_media=self._media.put(clip.mp3, suffix="mp3"),
            mp3_bytes=len(clip.mp3),
            cues=[asdict(cue) for cue in cues_of(said.script, clip)],
        )


def _quickest_first(studio: Studio) -> Sequence[Engine]:
    return sorted(studio.engines.values(), key=lambda engine: _QUICKEST_FIRST.index(engine.name))


def open_previewer(resources: Resources) -> Previewer:
    """Set up a previewer from what the process holds."""
    return Previewer(
        database=resources.database,
        media=resources.media,
        studio=Studio.open(resources.settings),
        lease_s=resources.settings.render_lease_s,
    )
