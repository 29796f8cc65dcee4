"""Changing a narrative: a draft of one's own, submitted as a revision; nothing is lost to another.

Whoever changes something names the state that the change is made on. A stop's version grows with
every revision and publication; a draft's tag adds the draft's own version.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tourapp.accounts.services import Actor, record
from tourapp.errors import ConflictError, InvalidError, NotFoundError, StaleError
from tourapp.stops.content import NarrativeContent, Variant
from tourapp.stops.models import Draft, Narrative, Revision, Stop
from tourapp.stops.services import add_revision, content_of, find_narrative, get_head, get_stop

STOPS_LOCK = 1120  # any number, as long as every process takes the same

_EMPTY = NarrativeContent(**dict.fromkeys(NarrativeContent.__dataclass_fields__, ""))


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """Which narrative of a stop is meant; it need not exist yet."""

    slug: str
    lang: str
    variant: Variant = "standard"

    def __str__(self) -> str:
        return f"{self.slug}/{self.lang}/{self.variant}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """A narrative as one person sees it while writing: the draft, else the newest revision."""

    stop: Stop
    content: NarrativeContent
    draft: Draft | None

    @property
    def tag(self) -> str:
        """What a change to this state must name."""
        return f"{self.stop.version}.{0 if self.draft is None else self.draft.version}"


class ArchivedError(ConflictError):
    """The stop is put away: nothing of it is published before it is brought back."""


def get_locked_stop(session: Session, slug: str) -> Stop:
    """Return a stop that nobody else changes until this transaction ends."""
    session.execute(select(Stop.id).where(Stop.slug == slug).with_for_update())
    return get_stop(session, slug)


def lock_every_stop(session: Session) -> None:
    """Wait for whoever changes a stop or imports any; they then wait for this transaction's end."""
    # SQLite has one writer at a time anyway.
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(STOPS_LOCK)))
    session.execute(select(Stop.id).order_by(Stop.id).with_for_update())


def get_edited(session: Session, telling: Telling, *, person_id: int | None) -> Edited:
    """Return what a person would go on writing at, or raise NotFoundError."""
    stop = get_stop(session, telling.slug)
    draft = _find_draft(session, stop, telling, person_id=person_id)
    if draft is not None:
        return Edited(stop=stop, content=NarrativeContent(**draft.content), draft=draft)
    narrative = find_narrative(session, stop, lang=telling.lang, variant=telling.variant)
    head = _EMPTY if narrative is None else content_of(get_head(session, narrative))
    return Edited(stop=stop, content=head, draft=None)


def save_draft(
    session: Session,
    telling: Telling,
    changes: Mapping[str, str],
    *,
    tag: str,
    by: Actor,
) -> Edited:
    """Write some of a draft's fields; what visitors see does not change.

    Raises StaleError where `tag` is not the newest state's.
    """
    edited = _get_at(session, telling, tag=tag, by=by)
    draft = edited.draft or _begun(session, edited.stop, telling, by=by)
    draft.content = asdict(edited.content) | dict(changes)
    draft.version += 1
    draft.updated_at = by.at
    session.flush()
    return get_edited(session, telling, person_id=by.person_id)


def submit_draft(
    session: Session,
    telling: Telling,
    *,
    tag: str,
    by: Actor,
) -> Revision:
    """Make a revision of one's draft, at the end of the narrative's line.

    Raises StaleError, NotFoundError without a draft, InvalidError where a field is empty.
    """
    edited = _get_at(session, telling, tag=tag, by=by)
    if edited.draft is None:
        message = f"there is no draft of {telling}"
        raise NotFoundError(message)
    if missing := [name for name, text in asdict(edited.content).items() if not text.strip()]:
        message = f"the draft of {telling} lacks {', '.join(missing)}"
        raise InvalidError(message)
    narrative = _ensured_narrative(session, edited.stop, telling)
    revision = add_revision(session, narrative, edited.content, origin="staff", now=by.at)
    session.delete(edited.draft)
    edited.stop.version += 1
    record(session, by, "revision.create", str(telling), revision=revision.number)
    return revision


def discard_draft(session: Session, telling: Telling, *, tag: str, by: Actor) -> None:
    """Let one's own draft go, where there is one. Raises StaleError."""
    edited = _get_at(session, telling, tag=tag, by=by)
    if edited.draft is not None:
        session.delete(edited.draft)
        record(session, by, "draft.discard", str(telling))


def check_in_use(stop: Stop) -> None:
    """Raise ArchivedError for a stop that is put away."""
    if stop.archived_at is not None:
        message = f"{stop.slug!r} is archived; bring it back first"
        raise ArchivedError(message)


def check_tag(current: str, given: str) -> None:
    """Raise StaleError where a change was made on another state."""
    if given != current:
        message = (
            f"the state changed meanwhile: it is {current!r}, the change was made on {given!r}"
        )
        raise StaleError(message)


def _get_at(session: Session, telling: Telling, *, tag: str, by: Actor) -> Edited:
    get_locked_stop(session, telling.slug)
    edited = get_edited(session, telling, person_id=by.person_id)
    check_tag(edited.tag, tag)
    return edited


def _find_draft(
    session: Session,
    stop: Stop,
    telling: Telling,
    *,
    person_id: int | None,
) -> Draft | None:
    return session.scalar(
        select(Draft).where(
            Draft.stop_id == stop.id,
            Draft.lang == telling.lang,
            Draft.variant == telling.variant,
            Draft.person_id == person_id,
        ),
    )


def _begun(session: Session, stop: Stop, telling: Telling, *, by: Actor) -> Draft:
    draft = Draft(
        stop_id=stop.id,
        lang=telling.lang,
        variant=telling.variant,
        person_id=by.person_id,
        version=0,
    )
    session.add(draft)
    return draft


def _ensured_narrative(session: Session, stop: Stop, telling: Telling) -> Narrative:
    narrative = find_narrative(session, stop, lang=telling.lang, variant=telling.variant)
    if narrative is None:
        narrative = Narrative(stop_id=stop.id, lang=telling.lang, variant=telling.variant)
        session.add(narrative)
        # The narrative's id is what its revision refers to.
        session.flush()
    return narrative
