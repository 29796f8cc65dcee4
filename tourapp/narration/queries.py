"""Which sound a visitor hears now, and how it stands with the rest."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased, defer

from tourapp.narration.models import RECORDED, Narration, Recording
from tourapp.stops.content import LANGUAGES
from tourapp.stops.models import Narrative, Revision


@dataclass(frozen=True, slots=True)
class Heard:
    """The narration that is served, and what a listener should know of it."""

    narration: Narration
    provisional: bool
    older_than_text: bool

    @property
    def recording(self) -> Recording | None:
        """What somebody gave, where a person is heard."""
        return self.narration.recording


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A sound of a narrative, and whether it says a revision's text as it is."""

    narration: Narration
    says_the_text: bool


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
    """Return, by revision, the sound of each: the best of its text, else the newest before it.

    A revision that changes nothing of the text, such as its title alone, keeps the sound. A person
    who reads goes before every engine, but never before a newer text. A sound is provisional while
    a better engine of `engines` has not spoken the text.
    """
    candidates = _ready_by_revision(session, revisions)
    heard = {}
    for revision in revisions:
        known = candidates[revision.id]
        if known:
            best = max(known, key=lambda each: _merit(each, revision, engines))
            heard[revision.id] = Heard(
                narration=best.narration,
                provisional=_rank(best.narration, engines) > 0,
                older_than_text=not best.says_the_text,
            )
    return heard


def _ready_by_revision(
    session: Session,
    revisions: Sequence[Revision],
) -> defaultdict[int, list[_Candidate]]:
    spoken = aliased(Revision)
    chosen = (
        select(Revision.id, Narration, spoken.text == Revision.text)
        .join(spoken, spoken.narrative_id == Revision.narrative_id)
        .join(Narration, Narration.revision_id == spoken.id)
        .where(
            Revision.id.in_({revision.id for revision in revisions}),
            spoken.id <= Revision.id,
            Narration.state == "ready",
        )
    )
    if len(revisions) > 1:
        # A list tells how long each sound is; the sentences in it would weigh more than the rest.
        chosen = chosen.options(defer(Narration.cues, raiseload=True))
    candidates = defaultdict(list)
    for revision_id, narration, says_the_text in session.execute(chosen):
        candidates[revision_id].append(_Candidate(narration, says_the_text))
    return candidates


def count_silent(session: Session) -> int:
    """Return how many published narratives have no sound at all, not even an older one."""
    return session.scalar(_counting_silent()) or 0


def count_silent_stops(session: Session) -> int:
    """Return how many stops have no sound of what is read first: the French, in full."""
    is_read_first = Narrative.lang == LANGUAGES[0], Narrative.variant == "standard"
    return session.scalar(_counting_silent().where(*is_read_first)) or 0


def _counting_silent() -> Select[int]:
    voiced = (
        select(Revision.narrative_id)
        .join(Narration, Narration.revision_id == Revision.id)
        .where(Narration.state == "ready")
    )
    return select(func.count(Narrative.id)).where(
        Narrative.published_revision_id.is_not(None),
        Narrative.id.not_in(voiced),
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


def _merit(
    candidate: _Candidate, revision: Revision, engines: Sequence[str]
) -> tuple[int, int, int]:
    """Order sounds: of the newest text first, then by whose voice it is, then the newest take."""
    narration = candidate.narration
    text = revision.id if candidate.says_the_text else narration.revision_id
    return (text, -_rank(narration, engines), narration.id)


def _rank(narration: Narration, engines: Sequence[str]) -> int:
    """Return a voice's place: a person's before all, an engine that is not in use last."""
    if narration.engine == RECORDED:
        return -1
    return engines.index(narration.engine) if narration.engine in engines else len(engines)
