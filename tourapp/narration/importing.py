"""Bringing `stops/lexicon.toml` into the database and back: never over somebody's work."""

from collections import defaultdict
from collections.abc import Iterable
from operator import attrgetter

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourapp.accounts.services import Actor
from tourapp.narration.lexicon import Entry
from tourapp.narration.lexicon.file import LEXICON_FILE
from tourapp.narration.lexicon.store import (
    EntryQuery,
    entry_of,
    list_entries,
    lock_lexicon,
    set_entry,
)
from tourapp.narration.models import LexiconEntry
from tourapp.narration.voicing import Voicing
from tourapp.narration.wanting import want_again
from tourapp.stops.importing import REASONS, Finding, Outcome, compare

_NAMED = 5
"""So many entries are named in a finding, which is one line."""


def import_lexicon(
    session: Session,
    entries: Iterable[Entry],
    *,
    is_seed: bool,
    by: Actor,
    voicing: Voicing,
) -> list[Finding]:
    """Write what the file says and report on it: a finding for each outcome.

    What staff changed, removed or said otherwise since the last import is kept, and by files of the
    installation itself (`is_seed`) what an archive said since. An entry that the
    file has no more stays, as a stop does.
    """
    lock_lexicon(session)
    rows = {(row.lang, row.written): row for row in session.scalars(select(LexiconEntry))}
    claimed = _claimed_forms(rows.values())
    met: defaultdict[Outcome, list[Entry]] = defaultdict(list)
    for entry in entries:
        row = rows.get((entry.lang, entry.written))
        outcome = _outcome(row, entry, claimed, is_seed=is_seed)
        met[outcome].append(entry)
        if not outcome.is_kept:
            row = _write(session, row, entry, outcome=outcome, by=by)
        if is_seed and row is not None and outcome is not Outcome.CONFLICT:
            row.seeded_digest = entry.digest
    # What is spoken again is found by what the lexicon says.
    session.flush()
    for lang, forms in _forms_by_language(met).items():
        want_again(session, forms, lang=lang, voicing=voicing, now=by.at)
    return [_finding(outcome, met[outcome]) for outcome in Outcome if met[outcome]]


def export_lexicon(session: Session) -> list[Entry]:
    """Return every entry as the file would say it."""
    return [entry_of(row) for row in list_entries(session, EntryQuery())]


def _claimed_forms(rows: Iterable[LexiconEntry]) -> set[tuple[str, str]]:
    present = [row for row in rows if row.removed_at is None]
    return {(row.lang, form) for row in present for form in entry_of(row).forms}


def _outcome(
    row: LexiconEntry | None, entry: Entry, claimed: set[tuple[str, str]], *, is_seed: bool
) -> Outcome:
    if row is None:
        is_claimed = any((entry.lang, form) in claimed for form in entry.forms)
        return Outcome.CONFLICT if is_claimed else Outcome.CREATED
    present = "" if row.removed_at else entry_of(row).digest
    seeded = row.seeded_digest if is_seed else None
    return compare(entry.digest, present, row.imported_digest, seeded=seeded)


def _write(
    session: Session,
    row: LexiconEntry | None,
    entry: Entry,
    *,
    outcome: Outcome,
    by: Actor,
) -> LexiconEntry:
    if row is None:
        session.add(row := LexiconEntry(version=0))
    row.imported_digest = entry.digest
    if outcome.is_written:
        set_entry(row, entry)
        row.confirmed_by = LEXICON_FILE if entry.confirmed else None
        row.confirmed_at = by.at if entry.confirmed else None
        row.version += 1
        row.updated_at = by.at
    return row


def _forms_by_language(met: dict[Outcome, list[Entry]]) -> dict[str, set[str]]:
    forms: defaultdict[str, set[str]] = defaultdict(set)
    for outcome in filter(attrgetter("is_written"), met):
        for entry in met[outcome]:
            forms[entry.lang] |= entry.forms | entry.capitals
    return forms


def _finding(outcome: Outcome, entries: list[Entry]) -> Finding:
    named = ", ".join(entry.written for entry in entries[:_NAMED])
    more = ", …" if len(entries) > _NAMED else ""
    counted = f"{len(entries)} {'entry' if len(entries) == 1 else 'entries'}"
    reason = f": {REASONS[outcome]}" if outcome in REASONS else ""
    return Finding(LEXICON_FILE, outcome, f"{counted} ({named}{more}){reason}")
