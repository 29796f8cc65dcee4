"""Every text that somebody may write, wherever the database keeps one, made to run something."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import JSON, Column, RowMapping, String, Table, func, select, text, update
from sqlalchemy.orm import Session

from tourapp.db import Model, UtcDateTime

UNTOLD = {
    "answered_request",
    "attempts",
    "catalogue",
    "document",
    "former_slug",
    "lexicon_entry",  # looked at again wherever it is read: given what it takes elsewhere
    "link",
    "mastered_sentence",
    "person_role",
    "picture_form",
    "presence",
    "recipe",
    "recovery_code",
    "routed_way",
    "sentence",
    "topic",
    "visit_batch",
    "visit_count",
    "walk_feed",
    "walk_phone",
}
"""Tables in which nobody writes what they like."""

CHOSEN = {
    *("reason", "outcome", "masked", "link_seed", "hindrance"),
    *("slug", "code", "key", "lang", "variant", "form", "kind", "id", "secret"),
    *("digest", "imported_digest", "fingerprint", "basis", "lease", "password_hash"),
    *("totp_secret", "recipe", "engine", "state", "origin", "part", "verdict", "role", "scopes"),
    *("visibility", "difficulty", "pace", "transport", "start", "end", "email", "media", "file"),
    *("source_media", "drawing_file", "drawing_media", "opus_media", "mp3_media", "vtt_media"),
    *("words_media", "chapters_media", "sound_media", "file_media", "itinerary", "points"),
    *("doubtful", "printed_url", "printed_version", "request_id", "ordered", "legs", "action"),
}
"""Columns that hold what is chosen from a list, or made by a program: no free text."""

TOLD = {"title", "text", "reason", "alt", "caption", "note", "question", "name", "lede", "look"}
TOLD |= {"access", "safety", "drawing_alt", "summary", "theme", "audience", "accessibility"}
TOLD |= {"meeting", "fr", "en", "nl", "de", "detail"}
"""What in a document of JSON is free text."""


def columns() -> Iterator[Column[Any]]:
    """Yield every column in which somebody may write what they like."""
    for table in Model.metadata.sorted_tables:
        if table.name not in UNTOLD:
            yield from (each for each in table.columns if _is_free(each))


def taint(session: Session, texts: Sequence[str]) -> set[str]:
    """Write into every row of every such column; return those in which nothing stands."""
    for [trigger] in session.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")):
        session.execute(text(f"DROP TRIGGER {trigger}"))
    return {str(each) for each in columns() if not _taint(session, each, texts)}


def _is_free(column: Column[Any]) -> bool:
    if column.name in CHOSEN or isinstance(column.type, UtcDateTime):
        return False
    return isinstance(column.type, String | JSON)


def _taint(session: Session, column: Column[Any], texts: Sequence[str]) -> int:
    table = column.table
    assert isinstance(table, Table)
    if isinstance(column.type, JSON):
        rows = session.execute(select(table)).mappings().all()
        return sum(_taint_document(session, column, row, texts) for row in rows)
    words = _side_by_side(texts, column.name)
    session.execute(update(table).where(column.is_not(None)).values({column: words}))
    return session.scalar(select(func.count(column))) or 0


def _taint_document(
    session: Session, column: Column[Any], row: RowMapping, texts: Sequence[str]
) -> int:
    document = row[column]
    changed = _tainted(document, texts, column.name)
    if changed == document:
        return 0
    keys = [key == row[key] for key in column.table.primary_key]
    session.execute(update(column.table).where(*keys).values({column: changed}))
    return 1


def _tainted(document: object, texts: Sequence[str], key: str) -> object:
    if isinstance(document, dict):
        inner = {name: key if key == "detail" else name for name in document}
        return {name: _tainted(each, texts, inner[name]) for name, each in document.items()}
    if key == "findings" and document and isinstance(document[0], str):
        return [_side_by_side(texts, key), *document[1:]]
    if isinstance(document, list):
        return [_tainted(each, texts, key) for each in document]
    if not isinstance(document, str) or key not in TOLD:
        return document
    return _side_by_side(texts, key)


def _side_by_side(texts: Sequence[str], name: str) -> str:
    # Each a paragraph of its own where there are any: Markdown reads some of them as such only.
    return ("\n\n" if name == "text" else " ").join(texts)
