"""Texts that are not saved, to be heard by whoever writes them: asked for, claimed, recorded."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, delete, func, or_, select, update
from sqlalchemy.orm import Session

from tourapp.accounts.models import Person
from tourapp.accounts.services import Actor
from tourapp.errors import ExceededError, NotFoundError
from tourapp.narration.models import Preview

KEPT_FOR = timedelta(hours=1)
MOST_WAITING = 3
MOST_KEPT = 60
MOST_ATTEMPTS = 3
WAITING = ("wanted", "rendering")

_SECONDS_TO_SPEAK = 5.0
_ENDED = {"lease": None, "lease_ends_at": None}


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewClaim:
    """A preview taken for speaking, until its lease ends."""

    preview_id: str
    lease: str
    lang: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """What speaking a preview leaves: the media names, their sizes in bytes, and the cues."""

    engine: str
    voice: str
    duration_s: float
    opus_media: str
    opus_bytes: int
    mp3_media: str
    mp3_bytes: int
    cues: list[dict[str, Any]]


def request_preview(session: Session, text: str, *, lang: str, by: Actor) -> Preview:
    """Want a text spoken, for an hour.

    Raises ExceededError where the person has `MOST_WAITING` waiting or `MOST_KEPT` kept already.
    """
    # Two requests at once are counted one after the other.
    session.execute(select(Person.id).where(Person.id == by.person_id).with_for_update())
    _require_room(session, by)
    preview = Preview(
        id=secrets.token_urlsafe(16),
        person_id=by.person_id,
        lang=lang,
        text=text,
        state="wanted",
        attempts=0,
        created_at=by.at,
        ends_at=by.at + KEPT_FOR,
    )
    session.add(preview)
    return preview


def find_preview(session: Session, preview_id: str, *, now: datetime) -> Preview | None:
    """Return a preview, unless its hour has passed."""
    kept = select(Preview).where(Preview.id == preview_id, Preview.ends_at > now)
    return session.scalar(kept)


def get_preview(session: Session, preview_id: str, *, now: datetime) -> Preview:
    """Return a preview, or raise NotFoundError where its hour has passed or it never was."""
    preview = find_preview(session, preview_id, now=now)
    if preview is None:
        message = "there is no such preview, or its hour has passed"
        raise NotFoundError(message)
    return preview


def claim_preview(session: Session, *, lease_s: float, now: datetime) -> PreviewClaim | None:
    """Take the preview that waits longest for `lease_s` seconds, or None where none waits."""
    abandoned = and_(Preview.state == "rendering", Preview.lease_ends_at <= now)
    preview = session.scalar(
        select(Preview)
        .where(or_(Preview.state == "wanted", abandoned), Preview.ends_at > now)
        .where(Preview.attempts < MOST_ATTEMPTS)
        .order_by(Preview.attempts, Preview.created_at)
        .limit(1)
        .with_for_update(skip_locked=True),
    )
    if preview is None:
        return None
    preview.state = "rendering"
    preview.attempts += 1
    preview.lease = secrets.token_hex(8)
    preview.lease_ends_at = now + timedelta(seconds=lease_s)
    return PreviewClaim(
        preview_id=preview.id, lease=preview.lease, lang=preview.lang, text=preview.text
    )


def renew_preview(session: Session, claim: PreviewClaim, *, lease_s: float, now: datetime) -> None:
    """Keep a claim for another `lease_s` seconds, unless it was lost."""
    _write(session, claim, lease_ends_at=now + timedelta(seconds=lease_s))


def record_spoken(session: Session, claim: PreviewClaim, spoken: Spoken, *, now: datetime) -> None:
    """Record a whole sound, kept for an hour from now, unless the claim was lost."""
    values = {name: getattr(spoken, name) for name in Spoken.__dataclass_fields__}
    _write(session, claim, **_ENDED, **values, state="ready", ends_at=now + KEPT_FOR)


def record_refused(session: Session, claim: PreviewClaim, reason: str) -> None:
    """Record why a text could not be spoken, unless the claim was lost; nobody tries again."""
    _write(session, claim, **_ENDED, state="failed", failure=reason)


def release_preview(session: Session, claim: PreviewClaim) -> None:
    """Give a claim back as if it had not been taken, unless it was lost."""
    _write(session, claim, **_ENDED, state="wanted", attempts=Preview.attempts - 1)


def end_previews(session: Session, *, now: datetime) -> list[str]:
    """Delete what has lasted its hour, and return the media names that no row has any more.

    What a worker began `MOST_ATTEMPTS` times and never finished is given up.
    """
    over = delete(Preview).where(Preview.ends_at <= now)
    ended = session.execute(over.returning(Preview.opus_media, Preview.mp3_media)).all()
    given_up = update(Preview).where(
        Preview.lease_ends_at <= now, Preview.attempts >= MOST_ATTEMPTS
    )
    reason = f"the worker ended {MOST_ATTEMPTS} times while it spoke this text"
    session.execute(given_up.values(**_ENDED, state="failed", failure=reason))
    return [name for names in ended for name in names if name is not None]


def _require_room(session: Session, by: Actor) -> None:
    mine = (Preview.person_id == by.person_id, Preview.ends_at > by.at)
    waiting = select(func.count(Preview.id)).where(*mine, Preview.state.in_(WAITING))
    if (session.scalar(waiting) or 0) >= MOST_WAITING:
        message = f"{MOST_WAITING} previews of yours are still to be spoken; wait for one of them"
        raise ExceededError(message, retry_after_s=_SECONDS_TO_SPEAK)
    kept = select(func.count(Preview.id), func.min(Preview.ends_at)).where(*mine)
    count, first_ends_at = session.execute(kept).one()
    if count >= MOST_KEPT:
        message = f"{MOST_KEPT} previews of yours are kept already, each for an hour"
        raise ExceededError(message, retry_after_s=(first_ends_at - by.at).total_seconds())


def _write(session: Session, claim: PreviewClaim, **values: object) -> None:
    held = (Preview.id == claim.preview_id, Preview.lease == claim.lease)
    session.execute(update(Preview).where(*held).values(**values))
