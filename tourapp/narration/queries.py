"""Which sound a visitor hears now, and how it stands with the rest."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, defer

from tourapp.narration.models import Narration
from tourapp.stops.models import Narrative, Revision


@dataclass(frozen=True, slots=True)
class Heard:
    """The narration that is served, and what a listener should know of it."""

    narration: Narration
    provisional: bool
    older_than_text: bool


def find_heard(
    session: Session,
    revision: Revision,
    *,
    engines: Sequence[str],
) -> Heard | None:
    """Return the best sound there is for a published revision, or None while there is none."""
    return find_heard_of(session, [revision], engines=engines).get(revision.id)


def find_heard_of(
    session: Session,
    revisions: Sequence[Revision],
    *,
    engines: Sequence[str],
) -> dict[int, Heard]:
    """Return, by revision, the sound of each: its own best, else the newest before it.

    A sound is provisional while a better engine of `engines` has not spoken the text.
    """
    candidates = _ready_by_narrative(session, revisions)
    heard = {}
    for revision in revisions:
        known = [
            narration
            for narration in candidates[revision.narrative_id]
            if narration.revision_id <= revision.id
        ]
        if known:
            best = max(known, key=lambda each: _merit(each, engines))
            heard[revision.id] = Heard(
                narration=best,
                provisional=_rank(best, engines) > 0,
                older_than_text=best.revision_id != revision.id,
            )
    return heard


def _ready_by_narrative(
    session: Session,
    revisions: Sequence[Revision],
) -> defaultdict[int, list[Narration]]:
    chosen = (
        select(Narration, Revision.narrative_id)
        .join(Revision, Revision.id == Narration.revision_id)
        .where(
            Revision.narrative_id.in_({revision.narrative_id for revision in revisions}),
            Narration.state == "ready",
        )
    )
    if len(revisions) > 1:
        # A list tells how long each sound is; the sentences in it would weigh more than the rest.
        chosen = chosen.options(defer(Narration.cues, raiseload=True))
    candidates = defaultdict(list)
    for narration, narrative_id in session.execute(chosen):
        candidates[narrative_id].append(narration)
    return candidates


def count_silent(session: Session) -> int:
    """Return how many published narratives have no sound at all, not even an older one."""
    voiced = (
        select(Revision.narrative_id)
        .join(Narration, Narration.revision_id == Revision.id)
        .where(Narration.state == "ready")
    )
    return (
        session.scalar(
            select(func.count(Narrative.id)).where(
                Narrative.published_revision_id.is_not(None),
                Narrative.id.not_in(voiced),
            ),
        )
        or 0
    )


def is_rendering(session: Session, *, now: datetime) -> bool:
    """Tell whether some worker holds a narration now."""
    held = select(Narration.id).where(Narration.lease_ends_at > now).limit(1)
    return session.scalar(held) is not None


def list_failures(session: Session) -> list[str]:
    """Return the reasons, each once, why published narratives could not be spoken last time."""
    reasons = (
        select(Narration.failure)
        .join(Narrative, Narrative.published_revision_id == Narration.revision_id)
        .where(Narration.state == "failed")
        .distinct()
        .order_by(Narration.failure)
    )
    return [reason for reason in session.scalars(reasons) if reason is not None]


def _merit(narration: Narration, engines: Sequence[str]) -> tuple[int, int, int]:
    return (narration.revision_id, -_rank(narration, engines), narration.id)


def _rank(narration: Narration, engines: Sequence[str]) -> int:
    return engines.index(narration.engine) if narration.engine in engines else len(engines)
