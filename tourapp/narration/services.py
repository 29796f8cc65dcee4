"""What is wanted made present: narrations claimed under a lease, and recorded."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Session

from tourapp.catalogue.services import mark_stale
from tourapp.errors import ConflictError
from tourapp.narration.lexicon import Lexicon
from tourapp.narration.lexicon.store import read_lexicon
from tourapp.narration.models import Narration, Recording
from tourapp.narration.voicing import Voicing
from tourapp.narration.wanting import select_pending
from tourapp.retrying import retry_delay
from tourapp.stops.models import Narrative, Revision, Stop
from tourapp.stops.topics import EVERYTHING, topic_of

FIRST_RETRY = timedelta(seconds=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A recording that a narration is made of: its sound, who reads, and whom to thank how."""

    sound_media: str
    speaker: str
    credit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A narration taken for rendering, until its lease ends; all that the rendering needs."""

    narration_id: int
    lease: str
    engine: str
    attempts: int
    lang: str
    text: str
    title: str
    stop_id: int
    stop_number: int
    lexicon: Lexicon
    drawing_media: str
    reading: Reading | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """What a rendering leaves: the media names, their sizes in bytes, and the cues."""

    voice: str
    duration_s: float
    opus_media: str
    opus_bytes: int
    mp3_media: str
    mp3_bytes: int
    vtt_media: str
    words_media: str | None
    chapters_media: str
    cues: list[dict[str, Any]]
    chapters: list[dict[str, Any]]
    confidence: float | None = None
    doubtful: list[int] | None = None


class LeaseLostError(ConflictError):
    """The lease ended and another worker may have taken the narration."""


def count_due(session: Session, voicing: Voicing, *, now: datetime) -> int:
    """Return how many narrations could be rendered now."""
    due = _due(voicing, now=now).with_only_columns(func.count(Narration.id)).order_by(None)
    return session.scalar(due) or 0


def claim_next(
    session: Session,
    voicing: Voicing,
    *,
    lease_s: float,
    now: datetime,
) -> Claim | None:
    """Take the most pressing narration for `lease_s` seconds, or None where nothing is due."""
    row = session.execute(
        _due(voicing, now=now).limit(1).with_for_update(skip_locked=True, of=Narration),
    ).first()
    if row is None:
        return None
    _lease(row.Narration, lease_s=lease_s, now=now)
    # Read after the recipe: where an entry changed in between, the sound is made under the former
    # recipe, and is wanted again under the new one.
    return _claim(*row, lexicon=read_lexicon(session))


def _lease(narration: Narration, *, lease_s: float, now: datetime) -> None:
    narration.state = "rendering"
    narration.failure = None
    narration.lease = secrets.token_hex(8)
    narration.lease_ends_at = now + timedelta(seconds=lease_s)
    narration.attempts += 1


def _claim(
    narration: Narration,
    narrative: Narrative,
    revision: Revision,
    stop: Stop,
    *,
    lexicon: Lexicon,
) -> Claim:
    return Claim(
        narration_id=narration.id,
        lease=str(narration.lease),
        engine=narration.engine,
        attempts=narration.attempts,
        lang=narrative.lang,
        text=revision.text,
        title=revision.title,
        stop_id=stop.id,
        stop_number=stop.number,
        lexicon=lexicon,
        drawing_media=stop.drawing_media,
        reading=_reading(narration.recording) if narration.recording else None,
    )


def _reading(recording: Recording) -> Reading:
    return Reading(
        sound_media=str(recording.sound_media),
        speaker=recording.speaker,
        credit=recording.credit,
    )


def renew_lease(session: Session, claim: Claim, *, lease_s: float, now: datetime) -> None:
    """Keep a claim for another `lease_s` seconds, or raise LeaseLostError."""
    _write(session, claim, lease_ends_at=now + timedelta(seconds=lease_s))


def record_ready(session: Session, claim: Claim, rendered: Rendered, *, now: datetime) -> None:
    """Record a whole clip, or raise LeaseLostError."""
    values = {name: getattr(rendered, name) for name in Rendered.__dataclass_fields__}
    ended = {"lease": None, "lease_ends_at": None}
    _write(session, claim, state="ready", rendered_at=now, **ended, **values)
    # The stop's own documents play it, and lists tell how long it is.
    mark_stale(session, {topic_of(claim.stop_id), *EVERYTHING})


def record_failure(session: Session, claim: Claim, reason: str, *, now: datetime) -> None:
    """Record why a clip could not be made and when to try again, or raise LeaseLostError."""
    _write(
        session,
        claim,
        state="failed",
        failure=reason,
        lease=None,
        lease_ends_at=None,
        next_attempt_at=now + retry_delay(claim.attempts, first=FIRST_RETRY),
    )


def release(session: Session, claim: Claim) -> None:
    """Give a claim back as if it had not been taken, or raise LeaseLostError."""
    untouched = {"state": "wanted", "attempts": claim.attempts - 1}
    _write(session, claim, lease=None, lease_ends_at=None, **untouched)


def postpone_engine(session: Session, engine: str, *, until: datetime) -> None:
    """Leave an engine alone for a while: one dead network costs one attempt, not one a clip."""
    session.execute(
        update(Narration)
        .where(
            Narration.engine == engine,
            Narration.state.in_(("wanted", "failed")),
            Narration.next_attempt_at < until,
        )
        .values(next_attempt_at=until),
    )


def resume_engine(session: Session, engine: str, *, now: datetime) -> None:
    """Ask an engine that speaks again for all that it left; what failed most often comes last."""
    session.execute(
        update(Narration)
        .where(
            Narration.engine == engine,
            Narration.state.in_(("wanted", "failed")),
            Narration.next_attempt_at > now,
        )
        .values(next_attempt_at=now),
    )


def count_attempts(session: Session, engine: str) -> int:
    """Return how often an engine was tried for what it has not spoken yet."""
    tried = select(func.sum(Narration.attempts)).where(
        Narration.engine == engine,
        Narration.state != "ready",
    )
    return session.scalar(tried) or 0


def _write(session: Session, claim: Claim, **values: object) -> None:
    held = (Narration.id == claim.narration_id, Narration.lease == claim.lease)
    result = session.execute(update(Narration).where(*held).values(**values))
    if not isinstance(result, CursorResult) or result.rowcount != 1:
        message = f"the lease of narration {claim.narration_id} was lost"
        raise LeaseLostError(message)


def _due(voicing: Voicing, *, now: datetime) -> Select[Narration, Narrative, Revision, Stop]:
    return select_pending(voicing).where(_is_free(now))


def _is_free(now: datetime) -> ColumnElement[bool]:
    waiting = Narration.state.in_(("wanted", "failed"))
    abandoned = and_(Narration.state == "rendering", Narration.lease_ends_at <= now)
    return or_(and_(waiting, Narration.next_attempt_at <= now), abandoned)
