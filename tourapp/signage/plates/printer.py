"""What a worker does for those who ordered signs: print them, and let old files go.

Beside the queue, so that a sound which takes a minute keeps nobody waiting.
"""

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from threading import Event

from tourapp.errors import TourError
from tourapp.resources import Resources
from tourapp.retrying import keep_on
from tourapp.signage.plates.apart import print_apart
from tourapp.signage.plates.batches import (
    BatchClaim,
    claim_batch,
    end_batches,
    is_anything_to_do,
    record_batch,
    record_refused,
)
from tourapp.signage.plates.gathering import gather
from tourapp.signage.plates.orders import SUFFIXES

log = logging.getLogger(__name__)

POLL_S = 0.5

Clock = Callable[[], datetime]


class Printer:
    """Prints batches that wait, one at a time, outside any transaction."""

    def __init__(
        self,
        resources: Resources,
        *,
        print_order: Callable[..., bytes] = print_apart,
        clock: Clock = lambda: datetime.now(UTC),
    ) -> None:
        self._resources = resources
        self._print_order = print_order
        self._clock = clock

    def keep(self, ended: Event) -> None:
        """Print whatever is ordered, until `ended` is set; nothing that goes wrong ends it."""
        keep_on([self.print_wanted], ended, poll_s=POLL_S, doing="printing signs", log=log)

    def print_wanted(self) -> bool:
        """Let go what has lasted its hour, then print every batch that waits, the oldest first.

        Returns whether there was anything.
        """
        # Looking comes first: a change would keep every other one waiting.
        with self._resources.database.reading() as session:
            if not is_anything_to_do(session, now=self._clock()):
                return False
        self._end_old()
        while (claim := self._claim()) is not None:
            self._attempt(claim)
        return True

    def _end_old(self) -> None:
        now = self._clock()
        with self._resources.database.transaction() as session:
            names = end_batches(session, now=now)
        for name in names:
            # Another batch may have been given the same bytes since.
            self._resources.media.delete_older(name, than=now)

    def _claim(self) -> BatchClaim | None:
        with self._resources.database.transaction() as session:
            return claim_batch(session, now=self._clock())

    def _attempt(self, claim: BatchClaim) -> None:
        try:
            self._print(claim)
        except TourError as error:
            self._refuse(claim, error)
        except Exception as error:
            # A fault of ours in one batch must not keep others from being printed.
            log.exception("batch %s", claim.batch_id)
            self._refuse(claim, error)

    def _print(self, claim: BatchClaim) -> None:
        batch = gather(self._resources, claim.order)
        printed = self._print_order(batch, claim.order, root=self._resources.settings.root)
        media = self._resources.media.put(printed, suffix=SUFFIXES[claim.order.packing])
        with self._resources.database.transaction() as session:
            record_batch(
                session,
                claim,
                media=media,
                size=len(printed),
                printed=() if batch.imprint.trial else batch.plates,
                now=self._clock(),
            )

    def _refuse(self, claim: BatchClaim, error: Exception) -> None:
        log.warning("batch %s: %s", claim.batch_id, error)
        with self._resources.database.transaction() as session:
            record_refused(session, claim, str(error) or repr(error))
