"""Making the sound of what is wanted: claim, speak each sentence once, join, store."""

import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import TypeVar

from tourapp.db import Database
from tourapp.errors import TourError
from tourapp.media import MediaStore
from tourapp.narration.engines.protocol import EngineError, ThrottledError
from tourapp.narration.making import Maker
from tourapp.narration.queries import count_silent_stops
from tourapp.narration.services import (
    FIRST_RETRY,
    Claim,
    LeaseLostError,
    claim_next,
    count_attempts,
    count_due,
    postpone_engine,
    record_failure,
    record_ready,
    release,
    renew_lease,
    resume_engine,
)
from tourapp.narration.studio import Studio
from tourapp.narration.voicing import Voicing
from tourapp.narration.wanting import want_narrations
from tourapp.resources import Resources
from tourapp.retrying import retry_delay

LONGEST_PAUSE_S = 86_400.0

log = logging.getLogger(__name__)

Clock = Callable[[], datetime]
Sound = TypeVar("Sound")


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
        self._voicing = voicing
        self._lease_s = lease_s
        self._clock = clock
        self._maker = Maker(
            database=database, media=media, studio=studio, clock=clock, meanwhile=meanwhile
        )
        self._taking = Lock()
        self._held: Claim | None = None
        self._is_ending = False

    def render_due(self, *, after_each: Callable[[], object] = lambda: None) -> int:
        """Render whatever is wanted and due, and return how many clips became ready."""
        return self._render_while(lambda: True, after_each)

    def render_silent(
        self,
        *,
        most_s: float,
        after_each: Callable[[], object] = lambda: None,
    ) -> int:
        """Render until every stop is heard in French, or for so many seconds if they are many."""
        end = self._clock() + timedelta(seconds=most_s)
        return self._render_while(
            lambda: self.count_silent() > 0 and self._clock() < end,
            after_each,
        )

    def give_back(self) -> None:
        """Take nothing more, and give back what is held; to be called from another thread.

        Whoever comes next can take it at once, instead of at the end of its lease.
        """
        with self._taking:
            self._is_ending = True
            if self._held:
                self._release(self._held)

    def count_silent(self) -> int:
        """Return how many stops have no sound of what is read first."""
        with self._database.reading() as session:
            return count_silent_stops(session)

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
            rendered = self._maker.make(claim, keep=self._keeper(claim))
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


def _pause(error: EngineError, *, attempts: int) -> timedelta:
    if isinstance(error, ThrottledError) and error.retry_after_s is not None:
        return timedelta(seconds=min(error.retry_after_s, LONGEST_PAUSE_S))
    return retry_delay(attempts, first=FIRST_RETRY)


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
