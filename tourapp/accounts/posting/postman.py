"""What a worker does with letters: hand over what is due, and give up what is good no more.

Beside the queue, so that a mail server which does not answer keeps nobody waiting.
"""

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from email.message import EmailMessage
from threading import Event

from tourapp.accounts.posting.services import (
    LetterClaim,
    claim_letter,
    end_letters,
    is_anything_to_do,
    record_hindered,
    record_sent,
)
from tourapp.accounts.signing.letters import with_link
from tourapp.mail import REFUSED, Mailer, UndeliveredError, new_letter, open_mailer
from tourapp.resources import Resources
from tourapp.retrying import keep_on

log = logging.getLogger(__name__)

POLL_S = 0.5

Clock = Callable[[], datetime]


class Postman:
    """Sends letters, one at a time, outside any transaction."""

    def __init__(
        self,
        resources: Resources,
        *,
        mailer: Mailer | None = None,
        clock: Clock = lambda: datetime.now(UTC),
    ) -> None:
        self._database = resources.database
        self._settings = resources.settings
        self._mailer = mailer or open_mailer(resources.settings.mail_url)
        self._clock = clock

    def keep(self, ended: Event) -> None:
        """Send whatever is written, until `ended` is set; nothing that goes wrong ends it."""
        keep_on([self.send_next], ended, poll_s=POLL_S, doing="sending letters", log=log)

    def send_next(self) -> bool:
        """Send the letter that is due longest, and tell whether there was any.

        Raises UndeliveredError where it did not leave: the mail server is left alone for a moment.
        """
        now = self._clock()
        # Looking comes first: a change would keep every other one waiting.
        with self._database.reading() as session:
            if not is_anything_to_do(session, now=now):
                return False
        with self._database.transaction() as session:
            given_up = end_letters(session, now=now)
            claim = claim_letter(session, now=now)
        if given_up:
            log.error("letters that did not leave in time are given up: %d", given_up)
        if claim is None:
            return False
        self._send(claim)
        return True

    def _send(self, claim: LetterClaim) -> None:
        try:
            self._mailer.send(self._written(claim))
        except UndeliveredError as error:
            with self._database.transaction() as session:
                record_hindered(session, claim, error, now=self._clock())
            if error.hindrance != REFUSED:
                raise
            log.error("a letter is given up: %s", error)  # noqa: TRY400 -- no fault of ours
        else:
            with self._database.transaction() as session:
                record_sent(session, claim)

    def _written(self, claim: LetterClaim) -> EmailMessage:
        seed, text = claim.link_seed, claim.text
        return new_letter(
            letter_id=claim.letter_id,
            sender=self._settings.mail_from,
            to=claim.to,
            subject=claim.subject,
            text=text if seed is None else with_link(text, seed, self._settings),
            at=claim.made_at,
        )
