"""The sentences that are kept: as they were spoken, and as they were mastered."""

from collections.abc import Sequence
from dataclasses import astuple
from datetime import datetime

from sqlalchemy.orm import Session

from tourapp.db import insert_into
from tourapp.narration.engines.protocol import TimedWord
from tourapp.narration.models import MasteredSentence, Sentence


def find_sentence(session: Session, digest: str) -> Sentence | None:
    """Return a sentence that was spoken already."""
    return session.get(Sentence, digest)


def find_mastered(session: Session, media: str, *, mastering: int) -> MasteredSentence | None:
    """Return what a mastering made of a spoken sentence's sound."""
    return session.get(MasteredSentence, (media, mastering))


def keep_sentence(
    session: Session, digest: str, media: str, *, words: Sequence[TimedWord], now: datetime
) -> None:
    """Remember a spoken sentence, in the place of a sound of it that was lost."""
    kept = {"media": media, "words": [list(astuple(word)) for word in words], "spoken_at": now}
    insert = insert_into(session, Sentence).values(digest=digest, **kept)
    session.execute(insert.on_conflict_do_update(index_elements=["digest"], set_=kept))


def keep_mastered(
    session: Session,
    media: str,
    *,
    mastering: int,
    opus_media: str,
    mp3_media: str,
    samples: int,
) -> None:
    """Remember what a mastering made of a spoken sentence, in the place of what was lost."""
    kept = {"opus_media": opus_media, "mp3_media": mp3_media, "samples": samples}
    insert = insert_into(session, MasteredSentence)
    row = insert.values(media=media, mastering=mastering, **kept)
    session.execute(row.on_conflict_do_update(index_elements=["media", "mastering"], set_=kept))
