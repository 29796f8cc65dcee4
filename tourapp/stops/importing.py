"""Bringing a stop's folder into the database: idempotent, and never over somebody's work."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from tourapp.stops.content import NarrativeContent, Place, StopContent, Variant
from tourapp.stops.former import find_renamed_stop
from tourapp.stops.models import Narrative, Stop
from tourapp.stops.renaming import NumberTakenError
from tourapp.stops.services import (
    add_revision,
    content_of,
    find_narrative,
    find_stop,
    get_head,
    place_of,
    set_place,
)
from tourapp.stops.source import PLACE_FILE, narrative_name

NumberCheck = Callable[[Session, Stop, int], None]


class Outcome(StrEnum):
    """What an import did with one file."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    KEPT = "kept"
    CONFLICT = "conflict"

    @property
    def is_written(self) -> bool:
        """Whether the database says what the file says since this import."""
        return self in {Outcome.CREATED, Outcome.UPDATED}

    @property
    def is_kept(self) -> bool:
        """Whether the database goes on saying something else."""
        return self in {Outcome.KEPT, Outcome.CONFLICT}


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of one file, and why where that is not plain."""

    file: str
    outcome: Outcome
    reason: str = ""

    def __str__(self) -> str:
        return f"{self.outcome:<9} {self.file}" + (self.reason and f": {self.reason}")


def import_place(
    session: Session,
    content: StopContent,
    *,
    check_number: NumberCheck,
    is_seed: bool,
    now: datetime,
) -> Finding:
    """Create the stop, or write what its file says where nobody changed it in the database.

    `is_seed` tells that the file is of the installation's own folder, which is read again at each
    start. `check_number` raises NumberTakenError where the stop cannot get the number of its file.
    """
    file = f"{content.slug}/{PLACE_FILE}"
    stop = find_stop(session, content.slug)
    if stop is None and (renamed := find_renamed_stop(session, content.slug)) is not None:
        reason = f"is called {renamed.slug!r} in the database; export it and remove this folder"
        return Finding(file, Outcome.KEPT, reason)
    outcome = Outcome.CREATED if stop is None else _place_outcome(stop, content, is_seed=is_seed)
    stop = stop or Stop(slug=content.slug)
    reason = _said_anew(stop, content) if outcome is Outcome.UPDATED else REASONS.get(outcome, "")
    try:
        if outcome.is_written:
            check_number(session, stop, content.place.number)
            set_place(stop, content.place, now=now)
            if outcome is Outcome.UPDATED:
                # Whoever changes the place at the same time learns of it.
                stop.version += 1
            session.add(stop)
    except NumberTakenError as error:
        return Finding(file, Outcome.CONFLICT, str(error))
    if not outcome.is_kept:
        stop.imported_digest = content.place.digest
    if is_seed and outcome is not Outcome.CONFLICT:
        stop.seeded_digest = content.place.digest
    # The stop's id is what its narratives and signs refer to.
    session.flush()
    return Finding(file, outcome, reason)


def _place_outcome(stop: Stop, content: StopContent, *, is_seed: bool) -> Outcome:
    seeded = stop.seeded_digest if is_seed else None
    present = place_of(stop).digest
    return compare(content.place.digest, present, stop.imported_digest, seeded=seeded)


def _said_anew(stop: Stop, content: StopContent) -> str:
    before, after = place_of(stop), content.place
    parts = Place.__dataclass_fields__
    changed = (part for part in parts if getattr(before, part) != getattr(after, part))
    return f"says anew: {', '.join(changed)}"


def import_narrative(
    session: Session,
    stop: Stop,
    content: NarrativeContent,
    *,
    told_in: tuple[str, Variant],
    is_seed: bool,
    now: datetime,
) -> Finding:
    """Add the file's text as a revision, where nobody changed the narrative in the database."""
    lang, variant = told_in
    narrative = find_narrative(session, stop, lang=lang, variant=variant)
    if narrative is None:
        session.add(narrative := Narrative(stop_id=stop.id, lang=lang, variant=variant))
        # The narrative's id is what its revisions refer to.
        session.flush()
        outcome = Outcome.CREATED
    else:
        present = content_of(get_head(session, narrative))
        imported, seeded = narrative.imported_digest, narrative.seeded_digest
        outcome = compare(
            content.digest, present.digest, imported, seeded=seeded if is_seed else None
        )
    if outcome.is_written:
        add_revision(session, narrative, content, origin="import", now=now)
        stop.version += 1
    if not outcome.is_kept:
        narrative.imported_digest = content.digest
    if is_seed and outcome is not Outcome.CONFLICT:
        narrative.seeded_digest = content.digest
    file = f"{stop.slug}/{narrative_name(lang, variant)}"
    return Finding(file, outcome, REASONS.get(outcome, ""))


REASONS = {
    Outcome.KEPT: "changed in the database since it was imported; the file is older",
    Outcome.CONFLICT: "changed in the database and in the file; export and import, then change it",
}


def compare(
    file: str, database: str, imported: str | None, *, seeded: str | None = None
) -> Outcome:
    """Compare the digests of the file, of the database, and of what both said last.

    `seeded` is what the same file said before: one that goes on saying it is older than whatever
    came since, by staff or by an archive.
    """
    if file == database:
        return Outcome.UNCHANGED
    if file in {imported, seeded}:
        return Outcome.KEPT
    return Outcome.UPDATED if database == imported else Outcome.CONFLICT
