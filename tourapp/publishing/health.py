"""Whether this installation can serve, and what is amiss where it serves less than it should."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from tourapp.accounts.posting.queries import OVERDUE, find_delay
from tourapp.db import Database
from tourapp.errors import UnavailableError
from tourapp.media import MediaStore
from tourapp.narration.queries import count_silent, is_rendering, list_failures
from tourapp.narration.services import count_due
from tourapp.narration.voicing import Voicing
from tourapp.settings import Settings


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: `ok`, `degraded` (still serving) or `down`, and why."""

    name: str
    status: str = "ok"
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Readiness:
    """All checks together; the worst of them is the whole's status."""

    checks: tuple[Check, ...]

    @property
    def status(self) -> str:
        """`ok`, `degraded` or `down`."""
        found = {check.status for check in self.checks}
        return next(status for status in ("down", "degraded", "ok") if status in found)


def check_readiness(
    database: Database,
    media: MediaStore,
    *,
    settings: Settings,
    now: datetime,
) -> Readiness:
    """Look at the database, the media store, the sound, the worker and the letters."""
    stored = Check("media") if media.is_answering() else _down("media", "the media store")
    try:
        with database.reading() as session:
            silent = count_silent(session)
            failures = list_failures(session)
            worker = _check_worker(session, settings, now=now)
            letters = _check_letters(session, now=now)
    except UnavailableError:
        return Readiness((_down("database", "the database"), stored))
    sound = _check_sound(silent, failures)
    return Readiness((Check("database"), stored, sound, worker, letters))


def _down(name: str, subject: str) -> Check:
    return Check(name, "down", f"{subject} does not answer")


def _check_sound(silent: int, failures: list[str]) -> Check:
    if not silent:
        return Check("sound")
    reasons = "; ".join(failures) or "not rendered yet"
    return Check("sound", "degraded", f"published narratives without sound: {silent} ({reasons})")


def _check_worker(session: Session, settings: Settings, *, now: datetime) -> Check:
    overdue = count_due(session, Voicing.of(settings), now=now - OVERDUE)
    if not overdue or is_rendering(session, now=now):
        return Check("worker")
    reason = f"narrations waiting for over five minutes: {overdue}; is a worker running?"
    return Check("worker", "degraded", reason)


def _check_letters(session: Session, *, now: datetime) -> Check:
    delay = find_delay(session, now=now)
    if delay is None or delay.since > now - OVERDUE:
        return Check("letters")
    # Not what the mail server said: it may name whom a letter is for.
    why = f"the mail server: {delay.hindrance}" if delay.hindrance else "is a worker running?"
    reason = f"letters waiting for over five minutes: {delay.count} ({why})"
    return Check("letters", "degraded", reason)
