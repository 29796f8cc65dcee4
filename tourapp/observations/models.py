"""The table of what walkers noticed."""

import re
from datetime import date, datetime
from typing import Literal, get_args

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tourapp.db import Model, among
from tourapp.stops.content import LANGUAGES
from tourapp.stops.models import Stop

Kind = Literal["seen", "heard", "question", "idea"]
State = Literal["waiting", "published", "set_aside"]
Reason = Literal["off_topic", "personal", "hurtful", "advertising", "repeated"]
Outcome = Literal["studied", "planned", "done", "declined"]

KINDS: tuple[Kind, ...] = get_args(Kind)
STATES: tuple[State, ...] = get_args(State)
REASONS: tuple[Reason, ...] = get_args(Reason)
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)

MASK = "[…]"
"""What visitors read in the place of a passage that names somebody."""


class Observation(Model):
    """What somebody noticed at a stop; nothing of who it was, and their words as they are.

    `masked` holds the passages that nobody is shown, one a line. `key` is what a phone drew for
    this one observation, so that it is kept once however often it is sent.
    """

    __tablename__ = "observation"
    __table_args__ = (
        CheckConstraint("text <> ''", name="text_given"),
        CheckConstraint(among("lang", LANGUAGES), name="lang_known"),
        CheckConstraint(among("kind", KINDS), name="kind_known"),
        CheckConstraint(among("state", STATES), name="state_known"),
        CheckConstraint(among("reason", REASONS), name="reason_known"),
        CheckConstraint("(state = 'set_aside') = (reason IS NOT NULL)", name="reason_told"),
        CheckConstraint(
            "(state = 'waiting') = (decided_at IS NULL)"
            " AND (decided_by IS NULL) = (decided_at IS NULL)",
            name="decided_whole",
        ),
        CheckConstraint(among("outcome", OUTCOMES), name="outcome_known"),
        CheckConstraint(
            "(outcome IS NULL) = (answer IS NULL) AND (outcome IS NULL) = (answered_on IS NULL)",
            name="answered_whole",
        ),
        CheckConstraint("version > 0", name="version_positive"),
        Index("ix_observation_stop_id_state", "stop_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    stop_id: Mapped[int] = mapped_column(ForeignKey("stop.id"))
    lang: Mapped[str]
    kind: Mapped[Kind | None] = mapped_column(String)
    text: Mapped[str]
    noticed_on: Mapped[date]
    key: Mapped[str | None] = mapped_column(unique=True)
    masked: Mapped[str] = mapped_column(default="")
    state: Mapped[State] = mapped_column(String, default="waiting", index=True)
    reason: Mapped[Reason | None] = mapped_column(String)
    decided_by: Mapped[str | None]
    decided_at: Mapped[datetime | None]
    outcome: Mapped[Outcome | None] = mapped_column(String)
    answer: Mapped[str | None]
    answered_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    stop: Mapped[Stop] = relationship()

    @property
    def passages(self) -> list[str]:
        """The passages that nobody is shown."""
        return self.masked.splitlines()

    @property
    def shown(self) -> str:
        """The words as visitors read them."""
        # The longest first: one may stand within another.
        passages = map(re.escape, sorted(self.passages, key=len, reverse=True))
        return re.sub("|".join(passages), MASK, self.text) if self.masked else self.text
