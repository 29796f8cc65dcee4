"""Changing the lexicon: an entry at a time, on a state that is named, and what it has spoken again.

A change holds for all texts at once. An entry's version grows with every change to it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourapp.accounts.services import Actor, record
from tourapp.errors import ConflictError, InvalidError
from tourapp.narration.lexicon import Entry
from tourapp.narration.lexicon.store import (
    entry_of,
    find_claimant,
    find_entry,
    get_entry,
    lock_lexicon,
    set_entry,
)
from tourapp.narration.models import LexiconEntry
from tourapp.narration.voicing import Voicing
from tourapp.narration.wanting import want_again
from tourapp.stops.editing import check_tag
from tourapp.web.characters import KEPT_TEXT

LONGEST_NAME = 120
"""The most characters of the name of whoever agrees."""

KEPT_NAME = rf"(?=.*\w){KEPT_TEXT}"
"""What such a name is made of: text that can be kept, and not of blanks alone."""


@dataclass(frozen=True, slots=True)
class Changed:
    """An entry after its change, and how many narrations are wanted again for it."""

    row: LexiconEntry
    narrations_wanted: int


def create_entry(session: Session, entry: Entry, *, by: Actor, voicing: Voicing) -> Changed:
    """Add an entry that nobody has confirmed yet.

    Raises InvalidError for one that cannot be said, ConflictError where another says the form.
    """
    entry.check()
    lock_lexicon(session)
    claimant = find_claimant(session, entry)
    if claimant is not None:
        message = f"entry {claimant.id} says {claimant.written!r} in {claimant.lang!r} already"
        raise ConflictError(message)
    row = _row_for(session, entry)
    set_entry(row, replace(entry, confirmed=False))
    row.removed_at = None
    return _changed(session, row, "lexicon.create", by=by, voicing=voicing)


def change_entry(
    session: Session,
    entry_id: int,
    changes: Mapping[str, Any],
    *,
    tag: str,
    by: Actor,
    voicing: Voicing,
) -> Changed:
    """Change how an entry is said, or its note; whoever confirmed another sound did not this one.

    Raises NotFoundError, InvalidError, or StaleError where the entry changed meanwhile.
    """
    row = _get_at(session, entry_id, tag=tag)
    before = entry_of(row)
    entry = replace(before, **changes)
    entry.check()
    if replace(entry, note=before.note) != before:
        row.confirmed_by = row.confirmed_at = None
    set_entry(row, entry)
    return _changed(session, row, "lexicon.change", by=by, voicing=voicing)


def put_entry(
    session: Session,
    written: str,
    parts: Mapping[str, Any],
    *,
    lang: str,
    by: Actor,
    voicing: Voicing,
) -> Changed:
    """Change the entry of a written form as it is now, or add it.

    Raises InvalidError, or ConflictError where another entry says the form.
    """
    lock_lexicon(session)
    row = find_entry(session, written, lang=lang)
    if row is None:
        entry = Entry(written, lang, **{"said": "", **parts})
        return create_entry(session, entry, by=by, voicing=voicing)
    tag = str(row.version)
    return change_entry(session, row.id, parts, tag=tag, by=by, voicing=voicing)


def remove_entry(
    session: Session,
    entry_id: int,
    *,
    tag: str,
    by: Actor,
    voicing: Voicing,
) -> Changed:
    """Let the rules alone say a form again; a file that has it does not bring it back.

    Raises NotFoundError, or StaleError where the entry changed meanwhile.
    """
    row = _get_at(session, entry_id, tag=tag)
    row.removed_at = by.at
    row.confirmed_by = row.confirmed_at = None
    return _changed(session, row, "lexicon.remove", by=by, voicing=voicing)


def confirm_entry(
    session: Session,
    entry_id: int,
    *,
    tag: str,
    confirmed_by: str,
    by: Actor,
) -> LexiconEntry:
    """Note who has agreed to how an entry is said; nothing is spoken again.

    Raises NotFoundError, InvalidError, or StaleError where the entry changed meanwhile.
    """
    row = _get_at(session, entry_id, tag=tag)
    if len(confirmed_by) > LONGEST_NAME or not re.fullmatch(KEPT_NAME, confirmed_by):
        message = f"expected whoever agrees in at most {LONGEST_NAME} characters"
        raise InvalidError(message)
    row.confirmed_by = confirmed_by
    row.confirmed_at = by.at
    _touch(session, row, by=by)
    record(session, by, "lexicon.confirm", subject_of(row), confirmed_by=confirmed_by)
    return row


def subject_of(row: LexiconEntry) -> str:
    """Return what the log calls an entry."""
    return f"{row.lang}/{row.written}"


def _get_at(session: Session, entry_id: int, *, tag: str) -> LexiconEntry:
    lock_lexicon(session)
    row = get_entry(session, entry_id)
    check_tag(str(row.version), tag)
    return row


def _row_for(session: Session, entry: Entry) -> LexiconEntry:
    """Return the row of an entry that was removed, which keeps its number, or a new one."""
    same = select(LexiconEntry).where(
        LexiconEntry.lang == entry.lang,
        LexiconEntry.written == entry.written,
    )
    row = session.scalar(same)
    if row is None:
        session.add(row := LexiconEntry(version=0))
    return row


def _changed(
    session: Session,
    row: LexiconEntry,
    action: str,
    *,
    by: Actor,
    voicing: Voicing,
) -> Changed:
    _touch(session, row, by=by)
    entry = entry_of(row)
    wanted = want_again(
        session,
        entry.forms | entry.capitals,
        lang=entry.lang,
        voicing=voicing,
        now=by.at,
    )
    detail = {"said": entry.said, "espeak": entry.espeak, "piper": entry.piper}
    record(session, by, action, subject_of(row), narrations_wanted=wanted, **detail)
    return Changed(row, wanted)


def _touch(session: Session, row: LexiconEntry, *, by: Actor) -> None:
    row.version += 1
    row.updated_at = by.at
    # What is spoken again is found by what the lexicon says.
    session.flush()
