"""Tables of itineraries: halts in order without a gap, and the paths between them."""

from datetime import datetime
from typing import Any, get_args

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tourapp.accounts.models import Person
from tourapp.db import Model, among
from tourapp.itineraries.content import Difficulty, Visibility
from tourapp.itineraries.route import Transport
from tourapp.stops.content import LANGUAGES, Variant
from tourapp.stops.models import Stop


class Itinerary(Model):
    """Stops in order, for a theme and a public; seeded by a file, or made by a guide."""

    __tablename__ = "itinerary"
    __table_args__ = (
        CheckConstraint("length(title) > 0", name="title_given"),
        CheckConstraint(among("lang", LANGUAGES), name="lang_known"),
        CheckConstraint(among("difficulty", get_args(Difficulty)), name="difficulty_known"),
        CheckConstraint(among("visibility", get_args(Visibility)), name="visibility_known"),
        CheckConstraint("version > 0", name="version_positive"),
        CheckConstraint("target_min > 0", name="target_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    # Whoever knows it may read an unlisted itinerary.
    secret: Mapped[str] = mapped_column(unique=True)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    title: Mapped[str]
    summary: Mapped[str]
    theme: Mapped[str]
    audience: Mapped[str]
    lang: Mapped[str]
    difficulty: Mapped[Difficulty] = mapped_column(String)
    accessibility: Mapped[str]
    meeting: Mapped[str]
    target_min: Mapped[int | None]
    visibility: Mapped[Visibility] = mapped_column(String, index=True)
    imported_digest: Mapped[str | None]
    version: Mapped[int]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    owner: Mapped[Person | None] = relationship()
    editors: Mapped[list["ItineraryEditor"]] = relationship(
        cascade="all, delete-orphan",
        order_by="ItineraryEditor.person_id",
    )
    halts: Mapped[list["Halt"]] = relationship(
        cascade="all, delete-orphan",
        order_by="Halt.position",
    )
    legs: Mapped[list["Leg"]] = relationship(cascade="all, delete-orphan", order_by="Leg.id")
    former: Mapped[list["FormerItinerary"]] = relationship(
        cascade="all, delete-orphan",
        order_by="FormerItinerary.version",
    )


class ItineraryEditor(Model):
    """Somebody beside the owner who may change an itinerary."""

    __tablename__ = "itinerary_editor"

    itinerary_id: Mapped[int] = mapped_column(ForeignKey("itinerary.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)

    person: Mapped[Person] = relationship()


class Halt(Model):
    """A place in an itinerary's order: a stop, or a spot that is none.

    The database itself refuses a gap: each halt but the first follows one that there is.
    """

    __tablename__ = "halt"
    __table_args__ = (
        UniqueConstraint("itinerary_id", "position"),
        ForeignKeyConstraint(
            ["itinerary_id", "follows"],
            ["halt.itinerary_id", "halt.position"],
            name="fk_halt_follows",
            deferrable=True,
            initially="DEFERRED",
        ),
        CheckConstraint(
            "(position = 1 AND follows IS NULL) OR (position > 1 AND follows = position - 1)",
            name="follows_the_one_before",
        ),
        CheckConstraint(
            "(stop_id IS NULL) = (spot_name IS NOT NULL AND latitude IS NOT NULL"
            " AND longitude IS NOT NULL)",
            name="stop_or_spot",
        ),
        CheckConstraint("stay_min >= 0", name="stay_not_negative"),
        CheckConstraint(among("transport", get_args(Transport)), name="transport_known"),
        CheckConstraint(among("variant", get_args(Variant)), name="variant_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    itinerary_id: Mapped[int] = mapped_column(ForeignKey("itinerary.id"))
    position: Mapped[int]
    follows: Mapped[int | None]
    stop_id: Mapped[int | None] = mapped_column(ForeignKey("stop.id"), index=True)
    spot_name: Mapped[str | None]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    stay_min: Mapped[int]
    variant: Mapped[Variant] = mapped_column(String)
    transport: Mapped[Transport] = mapped_column(String)
    note: Mapped[str]
    question: Mapped[str]

    stop: Mapped[Stop | None] = relationship()


class Leg(Model):
    """A path that was drawn or walked between two halts; it stays while they follow each other.

    `points` are [latitude, longitude, metres above the sea or null].
    """

    __tablename__ = "leg"
    __table_args__ = (UniqueConstraint("itinerary_id", "start", "end"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    itinerary_id: Mapped[int] = mapped_column(ForeignKey("itinerary.id"))
    start: Mapped[str]
    end: Mapped[str]
    source: Mapped[str]
    points: Mapped[list[list[Any]]] = mapped_column(JSON)


class FormerItinerary(Model):
    """What an itinerary said at a version, and the paths that the change after it dropped."""

    __tablename__ = "former_itinerary"

    itinerary_id: Mapped[int] = mapped_column(ForeignKey("itinerary.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    legs: Mapped[list[dict[str, Any]]] = mapped_column(JSON)


class RoutedWay(Model):
    """A way that a routing service found, as [latitude, longitude] pairs, or did not find yet."""

    __tablename__ = "routed_way"
    __table_args__ = (
        CheckConstraint(among("transport", get_args(Transport)), name="transport_known"),
        CheckConstraint("(retry_at IS NULL) = (points IS NOT NULL)", name="found_or_asked_again"),
    )

    start: Mapped[str] = mapped_column(primary_key=True)
    end: Mapped[str] = mapped_column(primary_key=True)
    transport: Mapped[Transport] = mapped_column(String, primary_key=True)
    service: Mapped[str] = mapped_column(index=True)
    points: Mapped[list[list[float]] | None] = mapped_column(JSON(none_as_null=True))
    retry_at: Mapped[datetime | None]
