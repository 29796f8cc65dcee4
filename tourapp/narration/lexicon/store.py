"""The lexicon as the database keeps it: read whole, found, listed, and held while it changes."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from tourapp.errors import NotFoundError
from tourapp.narration.lexicon.entries import Entry, Lexicon
from tourapp.narration.models import LexiconEntry
from tourapp.stops.search import fold

LEXICON_LOCK = 1121  # any number, as long as every process takes the same


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryQuery:
    """Which entries are asked for: of one language or all, with these words."""

    lang: str | None = None
    words: str = ""


def hold_lexicon(session: Session) -> None:
    """Let nobody change the lexicon until this transaction ends."""
    _lock(session, "pg_advisory_xact_lock_shared")


def lock_lexicon(session: Session) -> None:
    """Change the lexicon alone until this transaction ends, while nobody speaks by it."""
    _lock(session, "pg_advisory_xact_lock")


def read_lexicon(session: Session) -> Lexicon:
    """Return how local names are said now."""
    return Lexicon(entry_of(row) for row in session.scalars(_present().order_by(LexiconEntry.id)))


def entry_of(row: LexiconEntry) -> Entry:
    """Return what a row says."""
    return Entry(
        written=row.written,
        lang=row.lang,
        said=row.said,
        espeak=row.espeak,
        piper=row.piper,
        note=row.note,
        confirmed=row.confirmed_at is not None,
    )


def set_entry(row: LexiconEntry, entry: Entry) -> None:
    """Write all that an entry says, but for who confirmed it."""
    row.lang = entry.lang
    row.written = entry.written
    row.said = entry.said
    row.espeak = entry.espeak
    row.piper = entry.piper
    row.note = entry.note
    row.folded = fold(f"{entry.written} {entry.said} {entry.note}")


def get_entry(session: Session, entry_id: int) -> LexiconEntry:
    """Return an entry by its number, or raise NotFoundError."""
    row = session.scalar(_present().where(LexiconEntry.id == entry_id))
    if row is None:
        message = f"no entry {entry_id} in the lexicon"
        raise NotFoundError(message)
    return row


def find_entry(session: Session, written: str, *, lang: str) -> LexiconEntry | None:
    """Return the entry of a written form, exactly as it was typed."""
    return session.scalar(
        _present().where(LexiconEntry.lang == lang, LexiconEntry.written == written),
    )


def get_entry_of(session: Session, written: str, *, lang: str) -> LexiconEntry:
    """Return the entry of a written form, or raise NotFoundError."""
    row = find_entry(session, written, lang=lang)
    if row is None:
        message = f"no entry {written!r} in {lang!r} in the lexicon"
        raise NotFoundError(message)
    return row


def find_claimant(session: Session, entry: Entry) -> LexiconEntry | None:
    """Return the entry of the language that says one of these forms already."""
    rivals = session.scalars(_present().where(LexiconEntry.lang == entry.lang))
    return next((row for row in rivals if entry_of(row).forms & entry.forms), None)


def list_entries(
    session: Session,
    query: EntryQuery,
    *,
    offset: int = 0,
    limit: int | None = None,
) -> Sequence[LexiconEntry]:
    """Return the entries that match, by language and written form."""
    chosen = _matching(query).order_by(LexiconEntry.lang, LexiconEntry.folded, LexiconEntry.id)
    return session.scalars(chosen.offset(offset).limit(limit)).all()


def count_entries(session: Session, query: EntryQuery) -> int:
    """Return how many entries match."""
    return session.scalar(_matching(query).with_only_columns(func.count(LexiconEntry.id))) or 0


def _present() -> Select[LexiconEntry]:
    # What was read before the lexicon was locked may have changed meanwhile.
    newest = select(LexiconEntry).execution_options(populate_existing=True)
    return newest.where(LexiconEntry.removed_at.is_(None))


def _matching(query: EntryQuery) -> Select[LexiconEntry]:
    words = fold(query.words).split()
    chosen = _present().where(
        *(LexiconEntry.folded.contains(word, autoescape=True) for word in words),
    )
    return chosen if query.lang is None else chosen.where(LexiconEntry.lang == query.lang)


def _lock(session: Session, function: str) -> None:
    # SQLite has one writer at a time anyway.
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(getattr(func, function)(LEXICON_LOCK)))
