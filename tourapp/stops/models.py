"""Tables of stops, their narratives and the line of their revisions."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tourapp.db import Model, among
from tourapp.stops.content import LANGUAGES, VARIANTS, Variant


class Stop(Model):
    """A place on the ground; its number is the one that visitors key in."""

    __tablename__ = "stop"
    __table_args__ = (
        CheckConstraint("number > 0", name="number_positive"),
        CheckConstraint("latitude BETWEEN -90 AND 90", name="latitude_range"),
        CheckConstraint("longitude BETWEEN -180 AND 180", name="longitude_range"),
        CheckConstraint("accuracy_m > 0", name="accuracy_positive"),
        CheckConstraint("version > 0", name="version_positive"),
        CheckConstraint(
            "(altitude_m IS NULL) = (altitude_source IS NULL)",
            name="altitude_sourced",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    slug: Mapped[str] = mapped_column(unique=True)
    latitude: Mapped[float]
    longitude: Mapped[float]
    accuracy_m: Mapped[int]
    position_source: Mapped[str]
    altitude_m: Mapped[int | None]
    altitude_source: Mapped[str | None]
    drawing_file: Mapped[str]
    drawing_media: Mapped[str]
    drawing_credit: Mapped[str]
    sources: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    closures: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    # When what visitors are told of the closures changes by itself.
    closures_due_on: Mapped[date | None] = mapped_column(index=True)
    rescue_post: Mapped[str | None]
    imported_digest: Mapped[str]
    # What the installation's own folder said, whatever archives said since.
    seeded_digest: Mapped[str | None]
    # Since when it is left out of every list; nothing of it is published then.
    archived_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1, server_default="1")
    updated_at: Mapped[datetime]

    narratives: Mapped[list["Narrative"]] = relationship(
        back_populates="stop",
        order_by="Narrative.id",
    )
    pictures: Mapped[list["StopPicture"]] = relationship(
        cascade="all, delete-orphan",
        order_by="StopPicture.position",
    )


class StopPicture(Model):
    """A photograph of a stop at its place in their order: its pixels, and what is said of them."""

    __tablename__ = "stop_picture"
    __table_args__ = (
        CheckConstraint("position >= 0", name="position_counted"),
        CheckConstraint("width > 0 AND height > 0", name="has_size"),
        CheckConstraint(
            "focus_x BETWEEN 0 AND 100 AND focus_y BETWEEN 0 AND 100",
            name="focus_within",
        ),
    )

    stop_id: Mapped[int] = mapped_column(ForeignKey("stop.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    file: Mapped[str]
    media: Mapped[str] = mapped_column(index=True)
    bytes: Mapped[int]
    width: Mapped[int]
    height: Mapped[int]
    alt: Mapped[dict[str, str]] = mapped_column(JSON)
    caption: Mapped[dict[str, str]] = mapped_column(JSON)
    credit: Mapped[str]
    licence: Mapped[str]
    focus_x: Mapped[int]
    focus_y: Mapped[int]


class FormerSlug(Model):
    """A name that a stop had: its addresses lead to the stop still, and never to another."""

    __tablename__ = "former_slug"

    slug: Mapped[str] = mapped_column(primary_key=True)
    stop_id: Mapped[int] = mapped_column(ForeignKey("stop.id"), index=True)


class Narrative(Model):
    """What is told at a stop, in one language and variant; its text is a line of revisions."""

    __tablename__ = "narrative"
    __table_args__ = (
        UniqueConstraint("stop_id", "lang", "variant"),
        CheckConstraint(among("lang", LANGUAGES), name="lang_known"),
        CheckConstraint(among("variant", VARIANTS), name="variant_known"),
        # Both columns together: what is published is one of the narrative's own revisions.
        ForeignKeyConstraint(
            ["id", "published_revision_id"],
            ["revision.narrative_id", "revision.id"],
            name="fk_narrative_published_revision",
            use_alter=True,
        ),
        ForeignKeyConstraint(
            ["id", "scheduled_revision_id"],
            ["revision.narrative_id", "revision.id"],
            name="fk_narrative_scheduled_revision",
            use_alter=True,
        ),
        CheckConstraint(
            "(scheduled_revision_id IS NULL) = (scheduled_at IS NULL)",
            name="scheduled_whole",
        ),
        CheckConstraint(
            "ends_at IS NULL OR published_revision_id IS NOT NULL",
            name="end_published",
        ),
    )

    # Said aloud, since a key that is part of a foreign key is not counted up by itself.
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    stop_id: Mapped[int] = mapped_column(ForeignKey("stop.id"))
    lang: Mapped[str]
    variant: Mapped[Variant] = mapped_column(String)
    published_revision_id: Mapped[int | None]
    published_at: Mapped[datetime | None]
    scheduled_revision_id: Mapped[int | None]
    scheduled_at: Mapped[datetime | None] = mapped_column(index=True)
    # Until when visitors see it, whatever is corrected of it until then.
    ends_at: Mapped[datetime | None] = mapped_column(index=True)
    imported_digest: Mapped[str | None]
    seeded_digest: Mapped[str | None]

    stop: Mapped[Stop] = relationship(back_populates="narratives")
    revisions: Mapped[list["Revision"]] = relationship(
        back_populates="narrative",
        foreign_keys="Revision.narrative_id",
        order_by="Revision.number",
    )


class Revision(Model):
    """One state of a narrative, never changed once it is written."""

    __tablename__ = "revision"
    __table_args__ = (
        UniqueConstraint("narrative_id", "number"),
        UniqueConstraint("narrative_id", "id"),
        CheckConstraint("number > 0", name="number_positive"),
        CheckConstraint(among("origin", ("import", "staff")), name="origin_known"),
        CheckConstraint("length(title) > 0", name="title_given"),
        CheckConstraint("length(text) > 0", name="text_given"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    narrative_id: Mapped[int] = mapped_column(ForeignKey("narrative.id"))
    number: Mapped[int]
    origin: Mapped[str]
    title: Mapped[str]
    lede: Mapped[str]
    look: Mapped[str]
    question: Mapped[str]
    access: Mapped[str]
    safety: Mapped[str]
    drawing_alt: Mapped[str]
    text: Mapped[str]
    folded: Mapped[str]
    created_at: Mapped[datetime]

    narrative: Mapped[Narrative] = relationship(
        back_populates="revisions",
        foreign_keys=[narrative_id],
    )


class Draft(Model):
    """A narrative that one person is writing: changed in place until it is submitted."""

    __tablename__ = "draft"
    __table_args__ = (
        UniqueConstraint("stop_id", "lang", "variant", "person_id"),
        CheckConstraint(among("lang", LANGUAGES), name="lang_known"),
        CheckConstraint(among("variant", VARIANTS), name="variant_known"),
        CheckConstraint("version > 0", name="version_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    stop_id: Mapped[int] = mapped_column(ForeignKey("stop.id"))
    lang: Mapped[str]
    variant: Mapped[Variant] = mapped_column(String)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    content: Mapped[dict[str, str]] = mapped_column(JSON)
    version: Mapped[int]
    updated_at: Mapped[datetime]
