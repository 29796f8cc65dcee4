"""Bringing the files of itineraries into the database and back: files seed, the database rules."""

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourapp.accounts.services import Actor, record
from tourapp.itineraries.drawn import DrawnItinerary, drawn_itinerary
from tourapp.itineraries.followable import check_leads_somewhere
from tourapp.itineraries.former import keep_former
from tourapp.itineraries.models import Itinerary
from tourapp.itineraries.passing import Passage, mark_passages, passages_of
from tourapp.itineraries.queries import find_itinerary
from tourapp.itineraries.ways import redraw
from tourapp.itineraries.writing import begin, write
from tourapp.stops.editing import lock_every_stop
from tourapp.stops.importing import REASONS, Finding, Outcome, compare


def import_itineraries(
    session: Session,
    contents: Mapping[str, DrawnItinerary],
    *,
    by: Actor,
) -> list[Finding]:
    """Write what the files say, and publish what is new; what staff changed since is kept.

    Raises InvalidError where a halt is at a stop that does not exist, and ConflictError where
    visitors would be led from one place to none.
    """
    lock_every_stop(session)
    before = _passages(session, contents)
    findings = [_import(session, slug, drawn, by=by) for slug, drawn in contents.items()]
    for finding in findings:
        if finding.outcome.is_written:
            record(session, by, "file.import", finding.file, outcome=finding.outcome)
    mark_passages(session, before, _passages(session, contents))
    return findings


def export_itineraries(session: Session) -> dict[str, DrawnItinerary]:
    """Return every itinerary that a file seeded or that is published, by slug."""
    kept = (Itinerary.imported_digest.is_not(None)) | (Itinerary.visibility == "published")
    chosen = session.scalars(select(Itinerary).where(kept).order_by(Itinerary.slug))
    return {itinerary.slug: drawn_itinerary(itinerary) for itinerary in chosen}


def _passages(session: Session, slugs: Iterable[str]) -> set[Passage]:
    found = filter(None, (find_itinerary(session, slug) for slug in slugs))
    return {passage for itinerary in found for passage in passages_of(itinerary)}


def _import(session: Session, slug: str, drawn: DrawnItinerary, *, by: Actor) -> Finding:
    itinerary = find_itinerary(session, slug)
    if itinerary is None:
        itinerary = Itinerary(slug=slug, visibility="published")
        begin(session, itinerary, drawn.content, now=by.at)
        redraw(session, itinerary, drawn.paths)
        outcome = Outcome.CREATED
    else:
        present = drawn_itinerary(itinerary)
        outcome = compare(drawn.digest, present.digest, itinerary.imported_digest)
        if outcome is Outcome.UPDATED:
            dropped = write(session, itinerary, drawn.content, now=by.at)
            dropped += redraw(session, itinerary, drawn.paths)
            keep_former(itinerary, present.content, dropped=dropped)
            itinerary.version += 1
    if itinerary.visibility != "private":
        check_leads_somewhere(itinerary)
    if not outcome.is_kept:
        itinerary.imported_digest = drawn.digest
    return Finding(f"itineraries/{slug}.toml", outcome, REASONS.get(outcome, ""))
