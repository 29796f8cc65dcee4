"""Which media files the database names, and what becomes of rows whose files are lost."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Integer, String, column, inspect, null, select, table, update
from sqlalchemy.orm import Session

from tourapp.catalogue.services import mark_stale
from tourapp.db import Model
from tourapp.narration.models import MasteredSentence, Narration, Preview, Sentence
from tourapp.pictures.models import PictureForm
from tourapp.signage.plates.models import SignBatch
from tourapp.stops.models import Narrative, Revision
from tourapp.stops.topics import EVERYTHING, topic_of

_UNSPOKEN = {
    "state": "failed",
    "failure": "its sound was lost from the media store",
    "attempts": 0,
    "voice": None,
    "duration_s": None,
    "opus_media": None,
    "opus_bytes": None,
    "mp3_media": None,
    "mp3_bytes": None,
    "vtt_media": None,
    "words_media": None,
    "chapters_media": None,
    "cues": None,
    "chapters": None,
    "confidence": None,
    "doubtful": None,
    "rendered_at": None,
}

_MADE_AGAIN: dict[type[Model], tuple[str, ...]] = {
    Sentence: ("media",),
    MasteredSentence: ("media", "opus_media", "mp3_media"),
    Preview: ("opus_media", "mp3_media"),
    SignBatch: ("file_media",),
}


@dataclass(frozen=True, slots=True)
class NamedFile:
    """A media file that rows name, the column they do it in, and its size where they tell it."""

    name: str
    column: str
    size: int | None


def list_named(session: Session) -> Iterator[NamedFile]:
    """Yield what any row names, in every column called `media` or `…_media`.

    The database itself is asked for its columns: a table that this process knows nothing of has
    files too. `…_bytes` beside `…_media` tells their size.
    """
    inspector = inspect(session.connection())
    for table_name in sorted(inspector.get_table_names()):
        columns = {str(found["name"]) for found in inspector.get_columns(table_name)}
        for name in sorted(columns):
            if name == "media" or name.endswith("_media"):
                yield from _named_in(session, table_name, name, columns)


def want_again(session: Session, lost: Collection[str], *, now: datetime) -> int:
    """Have everything made again whose files are lost, and return how many narrations that is.

    A sentence is spoken or mastered again when a clip needs it, a picture's forms are made again at
    once; a preview is gone, and so is a batch of signs.
    """
    for rows_of, files in _MADE_AGAIN.items():
        _forget(session, rows_of, files, lost)
    if _forget(session, PictureForm, ("media", "source_media"), lost):
        # A worker looks for what lacks when something changed.
        mark_stale(session, EVERYTHING)
    return _speak_again(session, lost, now=now)


def _forget(
    session: Session, rows_of: type[Model], files: Sequence[str], lost: Collection[str]
) -> bool:
    """Delete the rows that name a lost file in one of these columns; tell whether there was one."""
    rows = session.scalars(select(rows_of))
    gone = [row for row in rows if any(getattr(row, file) in lost for file in files)]
    for row in gone:
        session.delete(row)
    return bool(gone)


def _speak_again(session: Session, lost: Collection[str], *, now: datetime) -> int:
    stop_ids = _silenced(session, lost)
    for narration_id in stop_ids:
        again = update(Narration).where(Narration.id == narration_id)
        session.execute(again.values(**_UNSPOKEN, next_attempt_at=now))
    if stop_ids:
        mark_stale(session, {*map(topic_of, stop_ids.values()), *EVERYTHING})
    return len(stop_ids)


def _silenced(session: Session, lost: Collection[str]) -> dict[int, int]:
    """Return the narrations that lost one of their files, with the stops that they tell of."""
    files = (
        Narration.opus_media,
        Narration.mp3_media,
        Narration.vtt_media,
        Narration.words_media,
        Narration.chapters_media,
    )
    ready = session.execute(
        select(Narration.id, Narrative.stop_id, *files)
        .join(Revision, Revision.id == Narration.revision_id)
        .join(Narrative, Narrative.id == Revision.narrative_id)
        .where(Narration.state == "ready"),
    )
    return {row.id: row.stop_id for row in ready if not set(row[2:]).isdisjoint(lost)}


def _named_in(
    session: Session,
    table_name: str,
    name: str,
    columns: Collection[str],
) -> Iterator[NamedFile]:
    size_name = f"{name.removesuffix('media')}bytes"
    file = column(name, String)
    size = column(size_name, Integer) if size_name in columns else null()
    rows = select(file, size).select_from(table(table_name)).where(file.is_not(None)).distinct()
    for found, bytes_ in session.execute(rows):
        yield NamedFile(found, f"{table_name}.{name}", bytes_)
