"""Bringing the files of itineraries into the database and back: files seed, the database rules."""

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourapp.accounts.services import Actor, record
from tourapp.itineraries.content import ItineraryContent
from tourapp.itineraries.followable import check_leads_somewhere
from tourapp.itineraries.former import keep_former
from tourapp.itineraries.models import Itinerary
from tourapp.itineraries.passing import Passage, mark_passages, passages_of
from tourapp.itineraries.queries import find_itinerary
from tourapp.itineraries.writing import begin, content_of, write
from tourapp.stops.editing import lock_every_stop
from tourapp.stops.importing import REASONS, Finding, Outcome, compare


def import_itineraries(
    session: Session,
    contents: Mapping[str, ItineraryContent],
    *,
    by: Actor,
) -> list[Finding]:
    """Write what the files say, and publish what is new; what staff changed since is kept.

    Raises InvalidError where a halt is at a stop that does not exist, and ConflictError where
    visitors would be led from one place to none.
    """
    lock_every_stop(session)
    before = _passages(session, contents)
    findings = [_import(session, slug, content, by=by) for slug, content in contents.items()]
    for finding in findings:
        if finding.outcome.is_written:
            record(session, by, "file.import", finding.file, outcome=finding.outcome)
    mark_passages(session, before, _passages(session, contents))
    return findings


def export_itineraries(session: Session) -> dict[str, ItineraryContent]:
    """Return every itinerary that a file seeded or that is published, by slug."""
    kept = (Itinerary.imported_digest.is_not(None)) | (Itinerary.visibility == "published")
    chosen = session.scalars(select(Itinerary).where(kept).order_by(Itinerary.slug))
    return {itinerary.slug: content_of(itinerary) for itinerary in chosen}


def _passages(session: Session, slugs: Iterable[str]) -> set[Passage]:
    found = filter(None, (find_itinerary(session, slug) for slug in slugs))
    return {passage for itinerary in found for passage in passages_of(itinerary)}


def _import(session: Session, slug: str, content: ItineraryContent, *, by: Actor) -> Finding:
    itinerary = find_itinerary(session, slug)
    if itinerary is None:
        itinerary = Itinerary(slug=slug, visibility="published")
        begin(session, itinerary, content, now=by.at)
        outcome = Outcome.CREATED
    else:
        present = content_of(itinerary)
        outcome = compare(content.digest, present.digest, itinerary.imported_digest)
        if outcome is Outcome.UPDATED:
            keep_former(itinerary, present, dropped=write(session, itinerary, content, now=by.at))
            itinerary.version += 1
    if itinerary.visibility != "private":
        check_leads_somewhere(itinerary)
    if not outcome.is_kept:
        itinerary.imported_digest = content.digest
    return Finding(f"itineraries/{slug}.toml", outcome, REASONS.get(outcome, ""))
