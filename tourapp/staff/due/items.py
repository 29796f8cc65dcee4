"""A thing that is due, as the home tells it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing to do, where, and since or until when."""

    text: str
    url: str
    told: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """Things to do of one kind."""

    heading: str
    items: Sequence[Item]
