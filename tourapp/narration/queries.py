"""Which sound a visitor hears now, and how it stands with the rest."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

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
    rows = session.execute(
        select(Narration, Revision.narrative_id)
        .join(Revision, Revision.id == Narration.revision_id)
        .where(
            Revision.narrative_id.in_({revision.narrative_id for revision in revisions}),
            Narration.state == "ready",
        ),
    ).all()
    heard = {}
    for revision in revisions:
        candidates = [
            narration
            for narration, narrative_id in rows
            if narrative_id == revision.narrative_id and narration.revision_id <= revision.id
        ]
        if candidates:
            best = max(candidates, key=lambda each: _merit(each, engines))
            heard[revision.id] = Heard(
                narration=best,
                provisional=_rank(best, engines) > 0,
                older_than_text=best.revision_id != revision.id,
            )
    return heard


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
