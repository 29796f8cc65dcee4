"""Tables of led walks: the running order as it was copied, the phones that joined, the feeds."""

from datetime import datetime, timedelta
from typing import Literal, get_args

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tourapp.accounts.models import Person
from tourapp.db import Model, among
from tourapp.itineraries.route import Measure, PaceName, Transport
from tourapp.stops.content import LANGUAGES, Variant
from tourapp.stops.models import Stop

WalkState = Literal["planned", "at", "between", "over"]


class WalkHalt(Model):
    """A halt of a walk, as the itinerary had it when the walk was made; seconds from the start.

    `distance_m`, `ascent_m` and `descent_m` are those of the way there, none of which the first
    halt has. `reached_at` and `left_at` are what came true.
    """

    __tablename__ = "walk_halt"
    __table_args__ = (
        CheckConstraint("position > 0", name="position_positive"),
        CheckConstraint("left_at IS NULL OR reached_at IS NOT NULL", name="reached_before_left"),
        CheckConstraint(among("transport", get_args(Transport)), name="transport_known"),
        CheckConstraint(among("variant", get_args(Variant)), name="variant_known"),
    )

    walk_id: Mapped[int] = mapped_column(ForeignKey("walk.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    stop_id: Mapped[int | None] = mapped_column(ForeignKey("stop.id"), index=True)
    title: Mapped[str]
    variant: Mapped[Variant] = mapped_column(String)
    transport: Mapped[Transport] = mapped_column(String)
    distance_m: Mapped[int]
    ascent_m: Mapped[int | None]
    descent_m: Mapped[int | None]
    way_s: Mapped[int]
    is_estimate: Mapped[bool]
    arrives_s: Mapped[int]
    leaves_s: Mapped[int]
    note: Mapped[str]
    question: Mapped[str]
    reached_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]

    stop: Mapped[Stop | None] = relationship()

    @property
    def way(self) -> Measure:
        """How long and how high the way there is."""
        return Measure(distance_m=self.distance_m, ascent_m=self.ascent_m, descent_m=self.descent_m)


class Walk(Model):
    """A group that walks an itinerary on a day; its code is nobody's once the walk is over."""

    __tablename__ = "walk"
    __table_args__ = (
        CheckConstraint("length(title) > 0", name="title_given"),
        CheckConstraint("participants > 0", name="participants_positive"),
        CheckConstraint("joined >= 0", name="joined_not_negative"),
        CheckConstraint("version > 0", name="version_positive"),
        CheckConstraint(among("lang", LANGUAGES), name="lang_known"),
        CheckConstraint(among("pace", get_args(PaceName)), name="pace_known"),
        CheckConstraint("(code IS NULL) = (ended_at IS NOT NULL)", name="code_until_the_end"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    guide_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    # What was walked, by name: the itinerary itself may change, or be gone.
    itinerary: Mapped[str]
    title: Mapped[str]
    code: Mapped[str | None] = mapped_column(unique=True)
    group_name: Mapped[str]
    participants: Mapped[int]
    lang: Mapped[str]
    meeting: Mapped[str]
    pace: Mapped[PaceName] = mapped_column(String)
    starts_at: Mapped[datetime] = mapped_column(index=True)
    # How many phones had joined when it ended; those themselves are forgotten then.
    joined: Mapped[int]
    ended_at: Mapped[datetime | None]
    version: Mapped[int]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    guide: Mapped[Person] = relationship()
    halts: Mapped[list[WalkHalt]] = relationship(
        cascade="all, delete-orphan",
        order_by=WalkHalt.position,
    )
    phones: Mapped[list["WalkPhone"]] = relationship(cascade="all, delete-orphan")

    @property
    def current(self) -> WalkHalt | None:
        """The halt that was reached last."""
        reached = [halt for halt in self.halts if halt.reached_at is not None]
        return max(reached, key=lambda halt: (halt.reached_at, halt.position), default=None)

    @property
    def following(self) -> WalkHalt | None:
        """The halt that comes next, unless the walk is over."""
        done = self.current.position if self.current else 0
        is_over = self.ended_at is not None
        return None if is_over or done == len(self.halts) else self.halts[done]

    @property
    def state(self) -> WalkState:
        """Whether it is planned, at a halt, between two, or over."""
        if self.ended_at is not None:
            return "over"
        if self.current is None:
            return "planned"
        return "at" if self.current.left_at is None else "between"

    @property
    def started_at(self) -> datetime | None:
        """When the first halt was reached."""
        return min((halt.reached_at for halt in self.halts if halt.reached_at), default=None)

    @property
    def planned_end_at(self) -> datetime:
        """When it should be over."""
        return self.starts_at + timedelta(seconds=self.halts[-1].leaves_s)


class WalkPhone(Model):
    """A phone that joined, by the digest of a number that it drew itself, until the walk ends."""

    __tablename__ = "walk_phone"

    walk_id: Mapped[int] = mapped_column(ForeignKey("walk.id"), primary_key=True)
    phone: Mapped[str] = mapped_column(primary_key=True)


class WalkFeed(Model):
    """The secret link to a guide's calendar, by its digest."""

    __tablename__ = "walk_feed"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    digest: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[datetime]
