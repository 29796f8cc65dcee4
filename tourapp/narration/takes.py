"""How the sound of a narrative came to be: every narration of it, and what is still to come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import Session, defer

from tourapp.errors import NotFoundError
from tourapp.narration.models import Narration, State
from tourapp.narration.queries import Heard, find_heard
from tourapp.narration.voicing import Voicing
from tourapp.narration.wanting import select_pending
from tourapp.stops.models import Narrative, Revision
from tourapp.stops.queries import PublishedStop

_NEAREST = ("rendering", "wanted", "failed")
_SOONEST_S = 5.0


@dataclass(frozen=True, slots=True)
class Take:
    """A narration, the text that it speaks, and when it is tried next, if it is at all."""

    narration: Narration
    revision: Revision
    next_attempt_at: datetime | None


@dataclass(frozen=True, slots=True)
class Prospect:
    """How near the sound of a silent text is, and when it is tried next."""

    state: State
    next_attempt_at: datetime


class SilentError(NotFoundError):
    """A narrative is published, and its sound is still being made: how near it is."""

    def __init__(self, published: PublishedStop, prospect: Prospect, *, now: datetime) -> None:
        what = f"the sound of {published.stop.slug!r} in {published.narrative.lang!r}"
        super().__init__(f"{what} is still being made; its text is published")
        self.facts = {"state": prospect.state}
        self.retry_after_s = max(_SOONEST_S, (prospect.next_attempt_at - now).total_seconds())


def get_heard(
    session: Session,
    published: PublishedStop,
    *,
    engines: Sequence[str],
    now: datetime,
) -> Heard:
    """Return the sound that a visitor hears, or raise SilentError."""
    revision = published.revision
    heard = find_heard(session, revision, engines=engines)
    if heard is None:
        prospect = _prospect(session, revision, engines=engines, now=now)
        raise SilentError(published, prospect, now=now)
    return heard


def count_takes(session: Session, narrative: Narrative) -> int:
    """Return how many narrations a narrative has, of all its revisions."""
    counted = _of(narrative).with_only_columns(func.count(Narration.id))
    return session.scalar(counted) or 0


def list_takes(
    session: Session,
    narrative: Narrative,
    voicing: Voicing,
    *,
    offset: int,
    limit: int,
) -> list[Take]:
    """Return the narrations of a narrative, those wanted last first."""
    pending = select_pending(voicing).with_only_columns(Narration.id).order_by(None)
    rows = session.execute(
        _of(narrative)
        .add_columns(and_(Narration.state != "rendering", Narration.id.in_(pending)))
        .options(defer(Narration.cues, raiseload=True))
        .order_by(Narration.id.desc())
        .offset(offset)
        .limit(limit),
    )
    return [
        Take(narration, revision, narration.next_attempt_at if is_tried_again else None)
        for narration, revision, is_tried_again in rows
    ]


def _prospect(
    session: Session,
    revision: Revision,
    *,
    engines: Sequence[str],
    now: datetime,
) -> Prospect:
    made = select(Narration.state, Narration.next_attempt_at).where(
        Narration.revision_id == revision.id,
        Narration.engine.in_(engines),
        Narration.state != "ready",
    )
    # What has no row yet is wanted by the next sweep.
    known = [Prospect(*row) for row in session.execute(made)] or [Prospect("wanted", now)]
    return min(known, key=lambda each: (_NEAREST.index(each.state), each.next_attempt_at))


def _of(narrative: Narrative) -> Select[Narration, Revision]:
    return (
        select(Narration, Revision)
        .join(Revision, Revision.id == Narration.revision_id)
        .where(Revision.narrative_id == narrative.id)
    )
