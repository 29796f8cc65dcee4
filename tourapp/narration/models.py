"""Tables of narrations, the sentences they are mastered from, and the lexicon they follow."""

from datetime import datetime
from typing import Any, Literal, get_args

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tourapp.db import Model
from tourapp.stops.content import LANGUAGES

State = Literal["wanted", "rendering", "ready", "failed"]

_STATES = ", ".join(repr(state) for state in get_args(State))
_LANGUAGES = ", ".join(repr(lang) for lang in LANGUAGES)


RECORDED = "recorded"
"""What stands in the place of an engine where a person reads."""


class Recording(Model):
    """A revision as somebody read it: kept as it was heard, mastered as a narration of its own.

    One that is withdrawn names no sound any more, and has no narration.
    """

    __tablename__ = "recording"
    __table_args__ = (
        CheckConstraint("length(speaker) > 0", name="speaker_given"),
        CheckConstraint("duration_s > 0", name="duration_positive"),
        CheckConstraint(
            "(withdrawn_at IS NULL) = (sound_media IS NOT NULL)", name="withdrawn_silent"
        ),
        CheckConstraint(
            "(sound_media IS NULL) = (sound_bytes IS NULL)"
            " AND (withdrawn_at IS NULL) = (withdrawn_by IS NULL)",
            name="whole",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"), index=True)
    speaker: Mapped[str]
    credit: Mapped[str]
    format: Mapped[str]
    duration_s: Mapped[float]
    sound_media: Mapped[str | None]
    sound_bytes: Mapped[int | None]
    given_by: Mapped[str]
    given_at: Mapped[datetime]
    withdrawn_by: Mapped[str | None]
    withdrawn_at: Mapped[datetime | None]


class Narration(Model):
    """A revision spoken by one engine from one recipe, or read: wanted first, then rendered.

    `recipe` names what shaped the sound beside the text and the voice. Of a recording, `confidence`
    tells how well its sentences were found, `doubtful` which of them should be listened to.
    """

    __tablename__ = "narration"
    __table_args__ = (
        UniqueConstraint("revision_id", "engine", "recipe"),
        CheckConstraint(f"state IN ({_STATES})", name="state_known"),
        CheckConstraint(
            "(state = 'ready') = (opus_media IS NOT NULL AND opus_bytes IS NOT NULL"
            " AND mp3_media IS NOT NULL AND mp3_bytes IS NOT NULL AND vtt_media IS NOT NULL"
            " AND cues IS NOT NULL AND chapters IS NOT NULL AND duration_s IS NOT NULL"
            " AND voice IS NOT NULL AND rendered_at IS NOT NULL)",
            name="ready_is_whole",
        ),
        CheckConstraint("(state = 'rendering') = (lease_ends_at IS NOT NULL)", name="leased"),
        CheckConstraint("(state = 'failed') = (failure IS NOT NULL)", name="failure_told"),
        CheckConstraint(
            f"(engine = '{RECORDED}') = (recording_id IS NOT NULL)", name="recording_named"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"), index=True)
    recording_id: Mapped[int | None] = mapped_column(ForeignKey("recording.id"), index=True)
    engine: Mapped[str]
    recipe: Mapped[str]
    state: Mapped[State] = mapped_column(String, index=True)
    attempts: Mapped[int]
    next_attempt_at: Mapped[datetime]
    lease: Mapped[str | None]
    lease_ends_at: Mapped[datetime | None]
    failure: Mapped[str | None]
    voice: Mapped[str | None]
    duration_s: Mapped[float | None]
    opus_media: Mapped[str | None]
    opus_bytes: Mapped[int | None]
    mp3_media: Mapped[str | None]
    mp3_bytes: Mapped[int | None]
    vtt_media: Mapped[str | None]
    words_media: Mapped[str | None]
    chapters_media: Mapped[str | None]
    cues: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))
    chapters: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))
    confidence: Mapped[float | None]
    doubtful: Mapped[list[int] | None] = mapped_column(JSON(none_as_null=True))
    rendered_at: Mapped[datetime | None]

    # Whoever tells of a narration that a person reads tells who.
    recording: Mapped[Recording | None] = relationship(lazy="joined")


class Sentence(Model):
    """A spoken sentence, kept under the digest of all its inputs, so it is never spoken twice.

    `words` holds, for each timed word, its characters in the spoken text and its seconds.
    """

    __tablename__ = "sentence"

    digest: Mapped[str] = mapped_column(primary_key=True)
    media: Mapped[str]
    words: Mapped[list[list[float]]] = mapped_column(JSON)
    spoken_at: Mapped[datetime]


class MasteredSentence(Model):
    """The sound of a sentence, mastered and encoded, so that a clip only joins its sentences."""

    __tablename__ = "mastered_sentence"

    media: Mapped[str] = mapped_column(primary_key=True)
    mastering: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    opus_media: Mapped[str]
    mp3_media: Mapped[str]
    samples: Mapped[int]


class Preview(Model):
    """A text that is not saved, spoken for its writer; gone with its sound within the hour.

    Its media files are its own: their tags bear its id, so that no other row can name them.
    """

    __tablename__ = "preview"
    __table_args__ = (
        CheckConstraint(f"state IN ({_STATES})", name="state_known"),
        CheckConstraint(
            "(state = 'ready') = (opus_media IS NOT NULL AND opus_bytes IS NOT NULL"
            " AND mp3_media IS NOT NULL AND mp3_bytes IS NOT NULL AND duration_s IS NOT NULL"
            " AND engine IS NOT NULL AND voice IS NOT NULL AND cues IS NOT NULL)",
            name="ready_is_whole",
        ),
        CheckConstraint("(state = 'rendering') = (lease_ends_at IS NOT NULL)", name="leased"),
        CheckConstraint("(state = 'failed') = (failure IS NOT NULL)", name="failure_told"),
        CheckConstraint("ends_at > created_at", name="ends_later"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    lang: Mapped[str]
    text: Mapped[str]
    state: Mapped[State] = mapped_column(String)
    attempts: Mapped[int]
    lease: Mapped[str | None]
    lease_ends_at: Mapped[datetime | None]
    failure: Mapped[str | None]
    engine: Mapped[str | None]
    voice: Mapped[str | None]
    duration_s: Mapped[float | None]
    opus_media: Mapped[str | None]
    opus_bytes: Mapped[int | None]
    mp3_media: Mapped[str | None]
    mp3_bytes: Mapped[int | None]
    cues: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))
    created_at: Mapped[datetime]
    ends_at: Mapped[datetime]


class LexiconEntry(Model):
    """How a written form is said in one language.

    One that was removed keeps its row, so that a file which still has it does not bring it back.
    """

    __tablename__ = "lexicon_entry"
    __table_args__ = (
        UniqueConstraint("lang", "written"),
        CheckConstraint(f"lang IN ({_LANGUAGES})", name="lang_known"),
        CheckConstraint("length(written) > 0", name="written_given"),
        CheckConstraint("length(said) > 0", name="said_given"),
        CheckConstraint("length(espeak) > 0", name="espeak_given"),
        CheckConstraint("length(piper) > 0", name="piper_given"),
        CheckConstraint("(confirmed_by IS NULL) = (confirmed_at IS NULL)", name="confirmed_whole"),
        CheckConstraint("version > 0", name="version_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    lang: Mapped[str]
    written: Mapped[str]
    said: Mapped[str]
    espeak: Mapped[str | None]
    piper: Mapped[str | None]
    note: Mapped[str]
    folded: Mapped[str]
    confirmed_by: Mapped[str | None]
    confirmed_at: Mapped[datetime | None]
    imported_digest: Mapped[str | None]
    seeded_digest: Mapped[str | None]
    removed_at: Mapped[datetime | None]
    version: Mapped[int]
    updated_at: Mapped[datetime]


class Recipe(Model):
    """How a revision is to be spoken now, by one version of the pipeline.

    `sought` is its text as entries of the lexicon are looked for in it, `heard` the digest of the
    pipeline's version and of the entries found. With each change of `heard` the recipe gets a
    `name` that was never used, so that a revision's newest narration is the one of its recipe.
    """

    __tablename__ = "recipe"

    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    sought: Mapped[str]
    heard: Mapped[str]
    name: Mapped[str]
