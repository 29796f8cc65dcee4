"""The tables of signs, the register of what hangs outside, their photographs and reports."""

from datetime import date, datetime
from typing import Literal, get_args

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from tourapp.db import Model
from tourapp.stops.models import Stop

State = Literal["planned", "printed", "installed", "damaged", "removed"]

STATES: tuple[State, ...] = get_args(State)

CARRYING: tuple[State, ...] = ("printed", "installed", "damaged")
"""The states of a plate that somebody may read, and key its number in."""

_STATES = ", ".join(repr(state) for state in STATES)


class SignReport(Model):
    """Somebody told on a day that a sign is damaged; once for all who said the same on that day."""

    __tablename__ = "sign_report"
    __table_args__ = (
        UniqueConstraint("sign_id", "reported_on", "note"),
        CheckConstraint("(closed_by IS NULL) = (closed_at IS NULL)", name="closed_whole"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sign_id: Mapped[int] = mapped_column(ForeignKey("sign.id"))
    reported_on: Mapped[date]
    note: Mapped[str]
    closed_by: Mapped[str | None]
    closed_at: Mapped[datetime | None]

    sign: Mapped["Sign"] = relationship()


class SignPhoto(Model):
    """What somebody of the office saw before a sign."""

    __tablename__ = "sign_photo"
    __table_args__ = (UniqueConstraint("sign_id", "media"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sign_id: Mapped[int] = mapped_column(ForeignKey("sign.id"))
    media: Mapped[str]
    bytes: Mapped[int]
    width: Mapped[int]
    height: Mapped[int]
    added_by: Mapped[str]
    added_at: Mapped[datetime]


class Sign(Model):
    """A physical plate: its code is for ever, the stop that it leads to may change.

    `printed_…` is what the plate says, whatever was changed since. A retired sign leads nowhere any
    more, whether it still hangs or not. The database refuses to delete a sign or to change a code.
    """

    __tablename__ = "sign"
    __table_args__ = (
        CheckConstraint("length(code) = 6", name="code_length"),
        CheckConstraint(f"state IN ({_STATES})", name="state_known"),
        CheckConstraint("latitude BETWEEN -90 AND 90", name="latitude_range"),
        CheckConstraint("longitude BETWEEN -180 AND 180", name="longitude_range"),
        CheckConstraint("accuracy_m > 0", name="accuracy_positive"),
        CheckConstraint(
            "(latitude IS NULL) = (longitude IS NULL)"
            " AND (latitude IS NULL) = (accuracy_m IS NULL)",
            name="position_whole",
        ),
        CheckConstraint(
            "(printed_url IS NULL) = (printed_version IS NULL)"
            " AND (printed_url IS NULL) = (printed_number IS NULL)"
            " AND (printed_url IS NULL) = (printed_at IS NULL)",
            name="printed_whole",
        ),
        CheckConstraint("(checked_by IS NULL) = (checked_at IS NULL)", name="checked_whole"),
        CheckConstraint("version > 0", name="version_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    stop_id: Mapped[int] = mapped_column(ForeignKey("stop.id"), index=True)
    place: Mapped[str] = mapped_column(default="")
    support: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    accuracy_m: Mapped[int | None]
    state: Mapped[State] = mapped_column(String, default="planned", index=True)
    printed_url: Mapped[str | None]
    printed_version: Mapped[str | None]
    printed_number: Mapped[int | None]
    printed_at: Mapped[datetime | None]
    checked_by: Mapped[str | None]
    checked_at: Mapped[datetime | None]
    moved_at: Mapped[datetime | None]
    retired_at: Mapped[datetime | None] = mapped_column(index=True)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]

    stop: Mapped[Stop] = relationship()
    photos: Mapped[list[SignPhoto]] = relationship(order_by=SignPhoto.id)

    open_reports: Mapped[int] = column_property(
        select(func.count(SignReport.id))
        .where(SignReport.sign_id == id, SignReport.closed_at.is_(None))  # noqa: A003 -- above
        .correlate_except(SignReport)
        .scalar_subquery(),
        deferred=True,
    )

    @property
    def point(self) -> tuple[float, float]:
        """Where it hangs, in degrees: its own position, or that of its stop."""
        if self.latitude is None or self.longitude is None:
            return self.stop.latitude, self.stop.longitude
        return self.latitude, self.longitude
